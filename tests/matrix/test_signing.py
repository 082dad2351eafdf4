"""Cross-signing keys: on disk before anybody else sees their public halves."""

import pytest

from adapters.matrix.server import Declined, Trouble, Unreached
from adapters.matrix.session import Account
from adapters.matrix.signing import cross_sign
from tests.matrix.script import BOT, Asked, Stage

ACCOUNT = Account("http://localhost:1", BOT, "password")


async def test_new_keys_are_saved_before_they_are_uploaded() -> None:
    stage, seen = Stage(), []

    async def save() -> None:
        seen.append(("saved", set(stage.state.signing)))

    def upload(_: Asked) -> dict[str, str]:
        seen.append(("uploaded", set(stage.state.signing)))
        return {}

    stage.server.answers["/device_signing/upload"] = upload
    await cross_sign(stage.server, ACCOUNT, stage.state, save)
    whole = {"master", "self_signing", "user_signing"}
    assert seen == [("saved", whole), ("uploaded", whole)]
    await cross_sign(stage.server, ACCOUNT, stage.state, save)
    assert [what for what, _ in seen] == ["saved", "uploaded", "uploaded"], "the same keys are not saved again"


async def test_keys_that_cannot_be_saved_are_not_uploaded() -> None:
    stage = Stage()

    async def full() -> None:
        raise OSError("full")

    with pytest.raises(OSError, match="full"):
        await cross_sign(stage.server, ACCOUNT, stage.state, full)
    assert stage.server.of("/device_signing/upload") == []


@pytest.mark.parametrize("trouble", [Unreached(), Declined(429, "M_LIMIT_EXCEEDED", 7.0)])
async def test_keys_of_which_it_is_not_known_whether_they_arrived_are_used_again(trouble: Trouble) -> None:
    stage, tried = Stage(), []

    async def save() -> None:
        return

    def upload(asked: Asked) -> Trouble:
        assert asked.body is not None
        tried.append(asked.body["master_key"]["keys"])
        return trouble

    stage.server.answers["/device_signing/upload"] = upload
    for _ in range(2):
        try:
            await cross_sign(stage.server, ACCOUNT, stage.state, save)
        except Trouble:
            continue
    assert len(tried) == 2
    assert tried[0] == tried[1]

"""What the adapter says that it keeps is what it keeps: each part of its state, for as long as it stays."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from adapters.matrix import Account, MatrixAdapter, crypto, shown
from adapters.matrix.keeping import ABOUT_NOBODY, SAID, about, at_all
from adapters.matrix.session import State
from bot.chance import SecretChance
from bot.contract.facts import Keeps, Unanswered, WhatIsKept
from bot.contract.place import Member
from bot.contract.text import Plain, Text, Voice
from bot.i18n import Fluent
from tests.adapters.local.fakes import StillClock, buttons
from tests.matrix.script import NOW

SPEAKER = Fluent()


def page(lines: tuple[Text, ...], locale: str) -> str:
    return "\n".join(SPEAKER.say(line, Voice(locale), NOW, Plain()) for line in lines)


@pytest.mark.parametrize("locale", SPEAKER.locales)
def test_each_part_of_the_state_is_told_or_is_about_nobody(locale: str) -> None:
    """A part that is new stands in neither list: then say what it is, or that it is about nobody."""
    assert set(State.__slots__) == set(SAID) | ABOUT_NOBODY
    assert not set(SAID) & ABOUT_NOBODY
    told = at_all(in_rooms=False)
    assert {line.id for line in SAID.values()} <= {line.id for line in told}
    assert "keeps-" not in page(told, locale), "every sentence is written"


def test_lifetimes_are_those_by_which_things_are_deleted() -> None:
    said = page(at_all(in_rooms=False), "en")
    assert (crypto.OLM_LIFE.days, shown.KEPT_FOR.days) == (90, 30)
    assert "whose they are: 90 days after" in said
    assert "which choices: 30 days" in said
    assert SAID["olm"].facts["stays"] is crypto.OLM_LIFE
    assert SAID["megolm"].facts["stays"] is crypto.LIFE
    assert SAID["early"].facts["stays"] is crypto.WAITS
    assert SAID["shown"].facts["stays"] is shown.KEPT_FOR


@pytest.mark.parametrize("locale", SPEAKER.locales)
def test_whether_commands_are_read_in_rooms_is_said(locale: str) -> None:
    off, on = at_all(in_rooms=False), at_all(in_rooms=True)
    assert off[1:] == on[1:]
    assert page(off[:1], locale) != page(on[:1], locale)
    assert (off[0].id, on[0].id) == ("keeps-matrix-ears", "keeps-matrix-ears-rooms")


async def test_what_is_kept_at_all_is_known_without_a_homeserver(tmp_path: Path) -> None:
    account = Account("http://localhost:1", "@bot:localhost", "password")
    adapter = MatrixAdapter(
        account, tmp_path, b"m" * 32, SPEAKER, buttons(), StillClock(), SecretChance(), commands_in_rooms=True
    )
    assert await adapter.tell(WhatIsKept("matrix")) == Keeps(at_all(in_rooms=True))
    assert await adapter.tell(WhatIsKept("matrix", Member("matrix", "@birch:localhost"))) == Unanswered()


def test_about_somebody_is_told_what_there_is() -> None:
    def told(**parts: Any) -> set[str]:
        engine: Any = SimpleNamespace(state=State(**parts), ears=None)
        return {line.id.removeprefix("keeps-matrix-your-") for line in about(engine, "@birch:localhost")}

    assert told() == told(direct={"!a": "@rowan:localhost"}, pending={"!b": "@rowan:localhost"}) == set()
    assert told(pending={"!b": "@birch:localhost"}) == {"invite"}
    assert told(waiting={"!b": ["@birch:localhost", "room"]}) == {"invite"}
    waits: Any = SimpleNamespace(early=lambda user: user == "@birch:localhost", knows=lambda _: False)
    engine: Any = SimpleNamespace(state=State(), ears=waits)
    assert [line.id for line in about(engine, "@birch:localhost")] == ["keeps-matrix-your-early"]
    assert about(engine, "@rowan:localhost") == ()
    assert told(direct={"!a": "@birch:localhost"}) == {"room", "numbers", "devices", "keys", "keeps-matrix-memory"}

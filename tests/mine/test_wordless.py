"""Nothing that somebody typed, nor what they are called, stands in a log or on disk afterwards."""

import logging

import pytest

from bot.chance import SecretChance
from tests.drivers import Evening, every_platform
from tests.drivers.traces import traces

THEIRS = {"nio", "peewee"}
"""Loggers of the clients of made-up members on Matrix, which run in the same process."""


@every_platform("M9")
async def test_what_is_typed_reaches_no_log_and_no_file(
    evening: Evening, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    """Talk, a note that is passed on, one that is not confirmed, and what cannot be read; with a restart on the way."""
    caplog.set_level(logging.DEBUG)
    chance = SecretChance()
    kinds = ("talk", "talk in the room", "note", "draft", "link")
    words = {kind: f"canary{chance.new_id()}" for kind in kinds}
    birch, alder, linden = (evening.person(name) for name in ("birch", "alder", "linden"))
    await linden.asks("setup room", {"room_for": "moderators"}, in_room=True)
    await birch.writes(words["talk"])
    await birch.writes(words["talk in the room"], in_room=True)
    await birch.asks("tell-moderators")
    await birch.presses("tell.write", {"note": words["note"], "named": "named"})
    assert "It was passed on" in await birch.presses("draft.use")
    assert any(words["note"] in one for one in evening.in_the_room()), "it went its way"
    await alder.asks("tell-moderators")
    assert words["draft"] in await alder.presses("tell.write", {"note": words["draft"], "named": "named"})
    assert "a web link only" in await alder.asks("plan remind", {"link": words["link"], "when": "in 3 days"})
    await evening.restart()
    await birch.writes(words["talk"])
    own = evening.folder.parent / "bot.log"  # of a bot in a process of its own
    printed = "".join(capfd.readouterr()) + (own.read_text(encoding="utf-8") if own.exists() else "")
    assert not traces(words, evening.bytes_at_rest() + (caplog.text + printed).encode())
    called = {f"the name of {one.name}": one.name for one in (birch, alder, linden)}
    logged = "\n".join(one.getMessage() for one in caplog.records if one.name.partition(".")[0] not in THEIRS)
    assert not traces(called, (logged + printed).encode())

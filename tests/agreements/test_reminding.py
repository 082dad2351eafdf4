"""Agreements come back to mind on every platform: reminders on a rhythm, recalls that nobody can trace."""

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

import pytest
from sqlalchemy import select

from bot.contract.codec import dumps
from bot.contract.place import Room
from bot.store.schema import metadata
from bot.store.tx import SqlTx
from tests.checkins.scene import at_rest
from tests.drivers import Evening, every_platform
from tests.drivers.local import SimulatedEvening

TITLE: Final = "Quiet evenings"
LINES: Final = ("We ask before giving advice.", "After ten we are quiet.")
RECALL: Final = "asked me to bring this back"
REMINDER: Final = "A reminder that this group chose."


async def brought_in(evening: Evening) -> None:
    """Let an agreement stand in the room that all share."""
    linden = evening.person("linden")
    text = {"title": TITLE, "statements": "\n".join(LINES), "review_day": "90"}
    await linden.asks("agreement bring-in", text, in_room=True)
    await linden.presses("draft.use")
    await evening.settle()


async def recalls(evening: Evening, name: str, by: str = "unnamed") -> str:
    """Let somebody ask for the first line; return the answer that only they see."""
    person = evening.person(name)
    shown = await person.asks("agreement recall", {"statement": LINES[0], "asked_by": by}, in_room=True)
    if LINES[0] not in shown:
        return shown
    return await person.presses("draft.use")


def said(evening: Evening, words: str) -> list[str]:
    """Return what stands in the room that all share and has some words in it."""
    return [one for one in evening.in_the_room() if words in one]


@every_platform("A7")
async def test_a_room_is_reminded_on_its_rhythm_and_where_something_opens_until_somebody_stops_it(
    evening: Evening,
) -> None:
    birch, alder = evening.person("birch"), evening.person("alder")
    await brought_in(evening)
    at = (evening.now + timedelta(hours=2)).replace(second=0, microsecond=0)
    rhythm = {"often": "weekly", "brings": "turn", "wall": f"{at:%H:%M}", "openings": "yes"}
    assert "anyone may stop it" in await birch.asks("agreement remind", rhythm, in_room=True)
    await birch.presses("draft.use")
    await evening.settle()
    (told,) = said(evening, "From now on I remind you of this here")
    assert birch.name not in told
    await evening.wind(seconds=(at - evening.now).total_seconds())
    (first,) = said(evening, REMINDER)
    assert LINES[0] in first
    assert LINES[1] not in first
    assert said(evening, "From now on") == [], "it takes the place of the one before"
    await evening.restart()
    await evening.wind(days=7)
    (second,) = said(evening, REMINDER)
    assert LINES[1] in second
    await birch.asks("checkin open", {"minutes": "20", "kind": "open"}, in_room=True)
    await evening.settle()
    joined = await alder.presses_in_room("checkin.join")
    await evening.settle()
    (room,) = alder.rooms()
    assert any("What we agreed on" in one and LINES[0] in one for one in (*alder.sees_in(room), joined))
    assert "I told the room" in await alder.presses_in_room("agreement.no-reminders")
    await evening.settle()
    assert said(evening, REMINDER) == []
    assert alder.name not in said(evening, "Someone stopped these reminders")[0]
    await evening.wind(days=8)
    assert said(evening, REMINDER) == []
    assert evening.rows()["reminder"] == evening.rows()["member"] == 0


@every_platform("A7", but=("matrix",))
async def test_a_reminder_waits_until_nobody_has_written_for_ten_minutes(evening: Evening) -> None:
    """On Matrix a homeserver says when something was written, by its own clock, which no test can wind.

    That it is asked there, and of encrypted rooms alone: `tests.matrix.test_client`.
    """
    birch, alder = evening.person("birch"), evening.person("alder")
    await brought_in(evening)
    at = (evening.now + timedelta(hours=2)).replace(second=0, microsecond=0)
    rhythm = {"often": "weekly", "brings": "whole", "wall": f"{at:%H:%M}"}
    await birch.asks("agreement remind", rhythm, in_room=True)
    await birch.presses("draft.use")
    await evening.wind(seconds=(at - evening.now).total_seconds() - 120)
    await alder.writes("How was your day?", in_room=True)
    await evening.wind(minutes=7)
    assert said(evening, REMINDER) == [], "somebody wrote a moment ago"
    await evening.wind(minutes=5)
    (reminder,) = said(evening, REMINDER)
    assert all(line in reminder for line in LINES)


@every_platform("A8")
async def test_a_line_is_brought_back_named_or_not_and_nothing_says_who_asked(evening: Evening) -> None:
    await brought_in(evening)
    before, asker = at_rest(evening), evening.person("birch")
    unnamed = await recalls(evening, "birch")
    assert "I bring it back" in unnamed
    assert said(evening, RECALL) == [], "not at the moment when it was asked for"
    assert at_rest(evening) == before
    assert "You asked for a line today already" in await recalls(evening, "birch")
    assert "at most every 30 minutes" in await recalls(evening, "alder")
    await evening.wind(minutes=7)
    (recall,) = said(evening, RECALL)
    assert recall.startswith(f"A member {RECALL}") or f"A member {RECALL}" in recall
    assert LINES[0] in recall
    assert asker.name not in recall
    assert at_rest(evening) == before
    await evening.wind(minutes=31)
    assert await recalls(evening, "alder", "named") == unnamed
    await evening.wind(minutes=7)
    assert evening.person("alder").name in said(evening, RECALL)[-1]
    assert "Nobody is told that you asked" in await evening.person("rowan").presses_in_room("agreement.quiet")
    await evening.wind(minutes=31)
    assert "be quiet here until" in await recalls(evening, "hazel")
    await evening.wind(minutes=7)
    assert len(said(evening, RECALL)) == 2
    assert evening.rows()["member"] == 0, "nobody was enrolled"


# Two worlds that differ in who asked


KEYED: Final = {"recall_mark": ("hash",), "seen": ("hash",)}
"""Columns that hold a keyed hash."""


def plain(value: object) -> object:
    """Return a value as it is stored, with what its ``repr`` keeps out."""
    return dumps(value) if isinstance(value, tuple | Room) else value


def stored(tx: Any) -> dict[str, list[str]]:
    """Return every row of every table, without the keyed hashes."""
    assert isinstance(tx, SqlTx)
    found = {}
    for table in metadata.sorted_tables:
        columns = [column for column in table.c if column.name not in KEYED.get(table.name, ())]
        rows = tx.ground.db.rows(select(*columns))
        found[table.name] = sorted(repr(tuple(map(plain, row))) for row in rows)
    return found


async def world(asker: str, minutes: float) -> tuple[str, list[dict[str, list[str]]]]:
    """Return what all but birch and alder are shown, as one text, and what is stored at three moments."""
    evening = await SimulatedEvening().start()
    await evening.again()
    shown: list[Mapping[str, Any]] = []

    def note(event: Mapping[str, Any]) -> None:
        if event["kind"] in {"say", "edit", "delete"} and str(event.get("place")) not in {"@birch", "@alder"}:
            shown.append({**event, "at": str(event["at"])})

    await brought_in(evening)
    await evening.wind(minutes=minutes)
    evening.world.watch(note)
    assert "I bring it back" in await recalls(evening, asker)
    states = [await evening.store.read(stored)]
    await evening.wind(minutes=7)
    states.append(await evening.store.read(stored))
    await evening.wind(days=2)
    states.append(await evening.store.read(stored))
    await evening.stop()
    return json.dumps(shown, default=str), states


@pytest.mark.promise("A8", platform="local")
@pytest.mark.parametrize("minutes", [0, 2.5, 3.99, 4, 4.01, 17])
async def test_two_worlds_that_differ_in_who_asked_are_the_same_but_for_keyed_marks(minutes: float) -> None:
    shown, states = await world("birch", minutes)
    other_shown, other_states = await world("alder", minutes)
    assert RECALL in shown
    assert shown == other_shown
    for one, other in zip(states, other_states, strict=True):
        assert one == other

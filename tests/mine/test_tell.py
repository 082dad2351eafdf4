"""A note to moderators, on every platform: who reads it is said first, and the bot keeps nothing of it."""

import pytest

from tests.drivers import Evening, every_platform

NOTE = "The porch is too loud for me at night"


def held(evening: Evening) -> dict[str, int]:
    """How many rows each table has, but for the keyed marks of events."""
    return {table: rows for table, rows in evening.rows().items() if table != "seen"}


@every_platform("M13")
async def test_where_nobody_reads_it_says_so_and_where_else_to_turn(evening: Evening) -> None:
    birch, before = evening.person("birch"), held(evening)
    assert "I can pass nothing on" in await birch.asks("tell-moderators")
    assert "elsewhere" in birch.choices()
    assert held(evening) == before


@every_platform("M13")
@pytest.mark.parametrize("named", ["named", "unnamed"])
async def test_a_note_is_relayed_to_the_room_as_its_writer_chose_and_kept_nowhere(evening: Evening, named: str) -> None:
    birch, linden = evening.person("birch"), evening.person("linden")
    await linden.asks("setup room", {"room_for": "moderators"}, in_room=True)
    before = held(evening)
    reads = (await birch.asks("who-can-see", in_room=True)).splitlines()[1]
    assert reads in await birch.asks("tell-moderators"), "from the room's permissions at this moment"
    shown = await birch.presses("tell.write", {"note": NOTE, "named": named})
    assert NOTE in shown
    assert ("They see no name" in shown) is (named == "unnamed")
    assert not any(NOTE in words for words in evening.in_the_room())
    assert "It was passed on" in await birch.presses("draft.use")
    note = next(words for words in evening.in_the_room() if NOTE in words)
    assert ("No reply can reach them" in note) is (named == "unnamed")
    assert ("A member in" in note) is (named == "unnamed")
    assert NOTE.encode() not in evening.bytes_at_rest()
    assert held(evening) == before


@every_platform("M13")
async def test_a_note_is_relayed_to_the_one_moderator_who_is_willing(evening: Evening) -> None:
    birch, linden = evening.person("birch"), evening.person("linden")
    await linden.asks("setup willing", in_room=True)
    assert "Members may write to you now" in await linden.presses("tell.willing")
    before, room = held(evening), evening.in_the_room()
    assert linden.name in await birch.asks("tell-moderators")
    await birch.presses("tell.write", {"note": NOTE, "named": "unnamed"})
    assert "It was passed on" in await birch.presses("draft.use")
    assert NOTE in linden.sees()[-1]
    assert birch.name not in linden.sees()[-1]
    assert evening.in_the_room() == room
    assert NOTE.encode() not in evening.bytes_at_rest()
    assert held(evening) == before
    assert "Members no longer see you" in await linden.presses("tell.unwilling")
    assert "I can pass nothing on" in await birch.asks("tell-moderators")

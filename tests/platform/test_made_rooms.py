"""Rooms that the bot makes, as people see them on every platform."""

from tests.drivers import Evening, every_platform


async def introduced(evening: Evening) -> None:
    """Let birch and alder say yes to each other, with a room for it."""
    birch, alder = evening.person("birch"), evening.person("alder")
    await alder.asks("peer light on", {"hours": "4"})
    await birch.asks("peer ask")
    await birch.presses("peer.open")
    await alder.presses("peer.yes")


@every_platform("P9")
async def test_nobody_is_let_into_a_room_that_more_can_read_than_it_was_made_for(evening: Evening) -> None:
    evening.widens_room()
    await introduced(evening)
    for name in ("birch", "alder"):
        person = evening.person(name)
        assert "peer.enter" not in person.choices()
        assert person.rooms() == ()
        assert person.sees()[-1] != ""
    assert evening.rows()["outbox"] == 0


@every_platform()
async def test_who_is_in_a_room_sees_what_is_written_there_and_goes_when_they_like(evening: Evening) -> None:
    birch, alder, rowan = (evening.person(name) for name in ("birch", "alder", "rowan"))
    await introduced(evening)
    await birch.presses("peer.enter")
    (room,) = birch.rooms()
    assert (evening.people_in(room), evening.is_over(room), evening.bot_is_in(room)) == (("birch",), False, True)
    assert not evening.is_visible(room)
    await birch.writes_in(room, "good evening")
    assert birch.sees_in(room)[-1] == "good evening"
    assert rowan.sees_in(room) == ()
    assert rowan.choices_in(room) == ()
    await alder.presses("peer.enter")
    assert evening.people_in(room) == ("alder", "birch")
    await birch.leaves(room)
    assert evening.people_in(room) == ("alder",)
    evening.deletes_room(room)
    assert (evening.people_in(room), evening.is_over(room), evening.is_locked(room)) == ((), True, True)

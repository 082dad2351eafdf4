"""P19: rounds ask each time anew, and whoever stays alone is told the same hour."""

from datetime import datetime, timedelta

from tests.drivers import Evening, Person, every_platform

FOUND_NOBODY = "This round found nobody for you"
INTRODUCED = "you all joined this round"


async def planned(evening: Evening) -> datetime:
    """Let there be a round every week, the first tomorrow at 19:00; return when."""
    linden = evening.person("linden")
    await linden.asks("setup room", {"room_for": "peers"}, in_room=True)
    at = (evening.now + timedelta(days=1)).replace(hour=19, minute=0, second=0, microsecond=0)
    answer = await linden.asks("round plan", {"rhythm": "weekly", "first_day": "1", "wall": "19:00"}, in_room=True)
    assert "Saved" in answer
    return at


async def until(evening: Evening, at: datetime) -> None:
    await evening.wind(seconds=(at - evening.now).total_seconds())


def told(person: Person, words: str) -> list[datetime]:
    return [at for at, said in person.was_sent() if words in said]


@every_platform("P19")
async def test_a_round_brings_together_and_tells_who_stays_alone_the_same_hour(evening: Evening) -> None:
    at = await planned(evening)
    assert any("Would you like to meet another member?" in post for post in evening.in_the_room())
    people = [evening.person(name) for name in ("birch", "alder", "rowan")]
    for person in people:
        assert "Join like this?" in await person.presses_in_room("round join")
        assert evening.rows()["round_yes"] == people.index(person), "nothing is stored before a yes"
        assert "You joined" in await person.presses("round.yes")
    await until(evening, at + timedelta(minutes=31))
    assert not any("Would you like to meet another member?" in post for post in evening.in_the_room())
    (alone,) = [person for person in people if told(person, FOUND_NOBODY)]
    assert at <= told(alone, FOUND_NOBODY)[0] <= at + timedelta(hours=1)
    one, other = [person for person in people if person is not alone]
    (mine,), (theirs,) = ([said for _, said in each.was_sent() if INTRODUCED in said] for each in (one, other))
    assert mine == theirs
    assert not told(alone, INTRODUCED)
    rows = evening.rows()
    assert rows["round_yes"] == 0, "nobody is carried over"
    assert rows["left_out"] == 1
    assert rows["round"] == 1


@every_platform("P19")
async def test_three_are_brought_together_only_if_all_three_are_fine_with_it(evening: Evening) -> None:
    at = await planned(evening)
    people = [evening.person(name) for name in ("birch", "alder", "rowan")]
    for person in people:
        assert "You joined" in await person.asks("round wishes", {"trio": "yes"}, in_room=True)
    await until(evening, at + timedelta(minutes=31))
    for person in people:
        assert len(told(person, INTRODUCED)) == 1
        assert not told(person, FOUND_NOBODY)


@every_platform("P19", "P10")
async def test_a_round_never_brings_together_who_keeps_apart_and_says_the_same_to_both(evening: Evening) -> None:
    at = await planned(evening)
    birch, alder = evening.person("birch"), evening.person("alder")
    for person in (birch, alder):
        assert "You joined" in await person.asks("round wishes", {"way": "text"}, in_room=True)
    await birch.asks("peer apart", {"member": alder.member}, in_room=True)
    await until(evening, at + timedelta(minutes=31))
    for person in (birch, alder):
        assert not told(person, INTRODUCED)
        assert len(told(person, FOUND_NOBODY)) == 1
    assert told(birch, FOUND_NOBODY) == told(alder, FOUND_NOBODY)

"""P16: either ends a talk with one tap, or is told beforehand how leaving works; nothing is counted."""

import pytest

from tests.discord.standin.state import Channel
from tests.drivers import Evening, every_platform
from tests.drivers.discord import DiscordEvening, DiscordPerson, read
from tests.drivers.local import LocalEvening
from tests.drivers.matrix import MatrixEvening, MatrixPerson

ENDED = "This talk has ended"
LEFT = "You have left this talk"
OVER = "This talk is over"


async def introduced(evening: Evening, place: str = "either") -> tuple[str, str]:
    """Introduce birch and alder; return what both read."""
    await evening.person("alder").asks("peer light on", {"hours": "6"})
    await evening.person("birch").asks("peer request", {"span": "1d", "place": place})
    await evening.person("alder").presses("peer.yes")
    return evening.person("birch").sees()[-1], evening.person("alder").sees()[-1]


def rows(evening: Evening) -> dict[str, int]:
    """Return how many rows there are, keyed hashes of events aside: they say nothing, and go by themselves."""
    return {table: rows for table, rows in evening.rows().items() if table not in {"seen", "delivered"}}


def thread(evening: DiscordEvening) -> Channel:
    (made,) = evening.there.threads
    return made


def lines(evening: DiscordEvening) -> list[str]:
    """Return what the bot wrote into the thread."""
    return [
        read(evening.there, one)
        for one in thread(evening).messages
        if one.author is evening.there.world.bot and one.text
    ]


async def taps(evening: DiscordEvening, person: DiscordPerson, action: str) -> str:
    """Press a choice in the thread, on the card that stands there from the beginning."""
    card = next(one for one in thread(evening).messages if one.buttons)
    (written,) = [written for _, written in card.buttons if f".{action}." in written]
    answer = await person.at.click(card, written)
    await evening.settle()
    assert answer.error is None
    return "\n".join(read(evening.there, one) for one in (answer.message, *answer.followups) if one is not None)


def archived(evening: DiscordEvening) -> bool:
    about = thread(evening).thread
    return about is not None and about.archived


@every_platform("P16", "X2", but=("local", "matrix"))
@pytest.mark.parametrize("who", ["birch", "alder"])
async def test_either_ends_it_with_one_tap_and_the_other_reads_one_line(evening: Evening, who: str) -> None:
    assert isinstance(evening, DiscordEvening)
    for words in await introduced(evening):
        assert "leave it with one tap" in words
    birch, alder = evening.person("birch"), evening.person("alder")
    await birch.presses("peer.enter")
    await alder.presses("peer.enter")
    one, other = (birch, alder) if who == "birch" else (alder, birch)
    before, stood = rows(evening), len(lines(evening))
    sent = len(birch.was_sent()), len(alder.was_sent())
    await evening.restart()
    assert "Some ways to begin" in await taps(evening, one, "talk.openers")
    assert LEFT in await taps(evening, one, "talk.leave")
    assert (one.rooms(), len(other.rooms())) == ((), 1)
    (line,) = lines(evening)[stood:]
    assert ENDED in line
    assert not any(person.name in line for person in (one, other))
    assert archived(evening)
    assert OVER in await taps(evening, other, "talk.leave"), "an old press says that it is over"
    await evening.wind(hours=25)
    assert len(lines(evening)) == stood + 1
    assert (len(birch.was_sent()), len(alder.was_sent())) == sent
    assert rows(evening) == before


@every_platform("P16", "P6", but=("local", "matrix"))
async def test_one_may_leave_before_the_other_has_come(evening: Evening) -> None:
    assert isinstance(evening, DiscordEvening)
    await introduced(evening)
    birch, alder = evening.person("birch"), evening.person("alder")
    await birch.presses("peer.enter")
    assert LEFT in await taps(evening, birch, "talk.leave")
    before = len(alder.was_sent())
    await alder.presses("peer.enter")
    assert [ENDED in words for _, words in alder.was_sent()[before:]] == [True]
    assert alder.rooms() == birch.rooms() == ()
    assert archived(evening)


@every_platform("P16", "P8", but=("discord",))
async def test_where_the_bot_goes_it_says_before_that_leaving_the_room_is_the_way(evening: Evening) -> None:
    for words in await introduced(evening):
        assert "leave the room like any other" in words
    birch, alder = evening.person("birch"), evening.person("alder")
    await birch.presses("peer.enter")
    await alder.presses("peer.enter")
    await evening.wind(minutes=10)
    (room,) = birch.rooms()
    assert not evening.bot_is_in(room)
    before, sent = rows(evening), (len(birch.was_sent()), len(alder.was_sent()))
    if isinstance(evening, LocalEvening):
        assert evening.world.go("birch", room, evening.now) == room
    else:
        assert isinstance(evening, MatrixEvening)
        assert isinstance(birch, MatrixPerson)
        evening.town.do(birch.at.leaves(room))
    await evening.wind(hours=1)
    assert "Some ways to begin" in await alder.presses("talk.openers"), "what is offered works when the bot has gone"
    assert (len(birch.was_sent()), len(alder.was_sent())) == sent
    assert rows(evening) == before


@every_platform("P16", "P8")
async def test_two_who_write_to_each_other_are_told_that_answering_is_theirs_and_may_see_ways_to_begin(
    evening: Evening,
) -> None:
    mine, theirs = await introduced(evening, "direct")
    assert mine == theirs
    assert "Not to answer, or to block, never needs a reason" in mine
    people = evening.person("birch"), evening.person("alder")
    before, sent = rows(evening), [len(person.was_sent()) for person in people]
    ways = [await person.presses("talk.openers") for person in people]
    assert ways[0] == ways[1]
    for part in ("How long", "How do we pause", "What stays here"):
        assert part in ways[0]
    await evening.wind(days=2)
    assert rows(evening) == before
    assert [len(person.was_sent()) for person in people] == sent

"""P18: a card without a name, pressed by anybody, seen pressed by nobody; and P3: it goes with the request."""

from datetime import datetime, timedelta

import pytest

from tests.drivers import Evening, Person, every_platform

CARD = "A member would like to talk with a peer: English, text, until"
OVER = "The time for this question is over"
MET = "both said yes"
GRID = timedelta(minutes=20)


async def a_card(evening: Evening, **details: str) -> None:
    """Let there be a room for cards, and birch ask with one."""
    await evening.person("linden").asks("setup room", {"room_for": "peers"}, in_room=True)
    birch = evening.person("birch")
    if details:
        await birch.asks("peer request", {"card": "yes", **details})
        await birch.presses("draft.use")
    else:
        await birch.asks("peer ask")
        await birch.presses("peer.card")
        await birch.presses("peer.open-card")


def cards(evening: Evening) -> list[str]:
    return [post for post in evening.in_the_room() if CARD in post]


def told(person: Person, words: str) -> list[datetime]:
    return [at for at, said in person.was_sent() if words in said]


@every_platform("P18")
async def test_a_card_shows_no_name_and_is_looked_at_before_it_is_posted(evening: Evening) -> None:
    await evening.person("linden").asks("setup room", {"room_for": "peers"}, in_room=True)
    birch = evening.person("birch")
    assert "peer.card" not in birch.choices()
    await birch.asks("peer ask")
    look = await birch.presses("peer.card")
    assert CARD in look
    assert "Birch" not in look
    assert not cards(evening)
    assert evening.rows()["member"] == evening.rows()["opening"] == 0
    await birch.presses("peer.open-card")
    (card,) = cards(evening)
    assert "Birch" not in card
    assert "12:" not in card, "it does not say when somebody asked"
    assert "card without your name stands in" in await birch.asks("peer status")


@every_platform("P18", "P5")
async def test_whoever_presses_reads_the_same_and_the_best_is_introduced_when_the_slot_ends(evening: Evening) -> None:
    start = evening.now
    await a_card(evening)
    people = [evening.person(name) for name in ("alder", "rowan", "birch", "hazel")]
    hazel = people[-1]
    await hazel.asks("peer apart", {"member": "birch"})
    posts = evening.in_the_room()
    answers = []
    for person in people:
        answers.append(await person.presses_in_room("peer.glad"))
        await evening.wind(minutes=1)
    assert "If it comes about, I introduce you by" in answers[0]
    assert len(set(answers)) == 1, "the owner, somebody who keeps apart: all read the same"
    assert evening.in_the_room() == posts, "nobody there sees who pressed"
    assert not any(told(person, MET) for person in people)
    await evening.wind(minutes=16)
    assert [len(told(person, MET)) for person in people] == [1, 0, 1, 0]
    assert not cards(evening)
    await evening.wind(minutes=20)
    assert told(people[1], OVER) == told(hazel, OVER) != []
    assert start + 2 * GRID <= told(hazel, OVER)[0] <= start + 2 * GRID + timedelta(minutes=1)
    assert not told(people[0], OVER)


@every_platform("P18")
async def test_an_owner_who_wants_to_be_asked_first_is_asked_without_a_name(evening: Evening) -> None:
    await a_card(evening, ask_first="yes")
    alder, birch = evening.person("alder"), evening.person("birch")
    await alder.presses_in_room("peer.glad")
    await evening.wind(minutes=20)
    assert "Would you like to be introduced?" in birch.sees()[-1]
    assert "Alder" not in " ".join(birch.sees())
    await birch.presses("peer.yes")
    assert told(alder, MET)
    assert told(birch, MET)


@every_platform("P3", "P18")
@pytest.mark.parametrize("end", ["withdrawn", "over", "introduced", "forgotten"])
async def test_the_card_goes_with_the_request_to_the_last_byte(evening: Evening, end: str) -> None:
    await a_card(evening, span="2h", place="direct")
    alder, birch = evening.person("alder"), evening.person("birch")
    opening = birch.choice_subject("peer withdraw").encode()
    if end == "introduced":
        await alder.presses_in_room("peer.glad")
    assert cards(evening)
    assert opening in evening.bytes_at_rest(), "the control: the id is on disk while the card stands"
    match end:
        case "withdrawn":
            await birch.presses("peer withdraw")
        case "over":
            await evening.wind(hours=2)
        case "introduced":
            await evening.wind(minutes=10)
            assert told(birch, MET)
        case _:
            await birch.asks("mine forget")
            await birch.presses("mine.forget-yes")
    assert not cards(evening)
    rows = evening.rows()
    assert not any(rows[table] for table in ("opening", "opening_word", "question", "agenda", "outbox", "post"))
    assert opening not in evening.bytes_at_rest()


@every_platform("P18", but=("matrix",))  # who presses there does so where they can be answered
async def test_who_presses_can_be_written_to_or_is_told_how(evening: Evening) -> None:
    await a_card(evening)
    alder = evening.person("alder")
    alder.becomes(open=False)
    before = dict(evening.rows())
    assert "Please allow private messages" in await alder.presses_in_room("peer.glad")
    after = evening.rows()
    assert after["question"] == 0
    assert after["member"] == before["member"]

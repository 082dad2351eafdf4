"""A yes is a yes only while it stands: taken back, out of date, or not meant for this, it introduces nobody."""

import pytest

from adapters.local.client import LocalAdapter
from bot.contract.effect import Effect, MakeRoom, NotSent, Result, Say
from bot.contract.facts import Answer, Question, Unanswered, WhoIs
from bot.contract.text import Voice
from tests.drivers import Evening, every_platform
from tests.drivers.local import LocalEvening

MET = "both said yes"
QUESTION = "Would you like to be introduced?"
OVER = "The time for this question is over"
OLD = "no longer does anything"


async def asked(evening: Evening, **details: str) -> None:
    """Let alder's light be on, and birch ask."""
    await evening.person("alder").asks("peer light on", {"hours": "6"})
    await evening.person("birch").asks("peer request", details or {"span": "1d"})


def met(evening: Evening, *names: str) -> list[bool]:
    return [any(MET in words for _, words in evening.person(name).was_sent()) for name in names or ("birch", "alder")]


@every_platform("P5")
@pytest.mark.parametrize("regret", ["peer.no", "peer withdraw", "peer light off", "mine stop", "peer pause"])
async def test_a_yes_that_was_taken_back_introduces_nobody(evening: Evening, regret: str) -> None:
    await asked(evening, ask_first="yes")
    alder = evening.person("alder")
    await alder.presses("peer.yes")
    told = await (
        alder.presses(regret) if "." in regret else alder.asks(regret, {"day": "2"} if regret == "peer pause" else None)
    )
    assert told
    await evening.wind(hours=2)
    assert met(evening) == [False, False]
    assert not any(QUESTION in words for _, words in evening.person("birch").was_sent())


@every_platform("P5")
async def test_the_owners_second_yes_can_be_taken_back_too(evening: Evening) -> None:
    await asked(evening, ask_first="yes")
    alder, birch = evening.person("alder"), evening.person("birch")
    await alder.presses("peer.yes")
    await evening.wind(minutes=20)
    assert QUESTION in birch.sees()[-1]
    await alder.presses("peer.no")
    assert "Thank you" in await birch.presses("peer.yes"), "the same words, whatever the other did"
    await evening.wind(minutes=30)
    assert met(evening) == [False, False]
    assert any(OVER in words for _, words in birch.was_sent())


@every_platform("P5", "X2")
@pytest.mark.parametrize("left", ["mine stop", "peer light off", "peer pause"])
async def test_an_old_yes_does_nothing_after_one_has_turned_away(evening: Evening, left: str) -> None:
    await asked(evening)
    alder = evening.person("alder")
    old = alder.button("peer.yes")
    await alder.asks(left, {"day": "1"} if left == "peer pause" else None)
    if left == "peer pause":
        await alder.asks("peer resume")
    answer = await alder.presses_button(old)
    assert OVER in answer or OLD in answer, "a platform may know that the card was changed"
    await evening.wind(hours=1)
    assert met(evening) == [False, False]


@every_platform("P6", "P10")
async def test_an_asker_who_keeps_apart_learns_nothing_of_a_yes(evening: Evening) -> None:
    await asked(evening)
    birch, alder = evening.person("birch"), evening.person("alder")
    await birch.asks("peer apart", {"member": "alder"})
    await alder.presses("peer.yes")
    before = len(birch.was_sent())
    await evening.wind(hours=3)
    assert len(birch.was_sent()) == before
    assert met(evening) == [False, False]


@every_platform("P5")
async def test_one_peer_is_brought_to_the_owner_once(evening: Evening) -> None:
    await asked(evening, ask_first="yes", span="1d")
    await evening.person("birch").asks("mine limits", {"budget": "20"})
    yes = evening.person("alder").button("peer.yes")
    for _ in range(5):
        await evening.person("alder").presses_button(yes)
        await evening.wind(minutes=20)
    asks = [words for _, words in evening.person("birch").was_sent() if QUESTION in words]
    assert len(asks) == 1


@every_platform("P11")
async def test_groups_are_looked_at_again_before_anybody_is_asked_or_named(evening: Evening) -> None:
    await asked(evening, ask_first="yes")
    await evening.person("alder").presses("peer.yes")
    await evening.person("linden").asks("setup groups", {"groups": ("moderators",)}, in_room=True)
    await evening.wind(hours=1)
    assert not any(QUESTION in words for _, words in evening.person("birch").was_sent())
    assert met(evening) == [False, False]


@every_platform("P5")
async def test_a_marked_word_is_asked_about_also_when_the_light_has_gone_out_by_then(evening: Evening) -> None:
    birch, alder = evening.person("birch"), evening.person("alder")
    await birch.asks("peer words", {"word": "a loss", "mark": "ask"})
    await alder.asks("peer light on", {"hours": "1", "words": ("a loss",)})
    await evening.wind(minutes=50)
    await birch.asks("peer request", {"span": "1d"})
    await evening.wind(minutes=15)
    await alder.presses("peer.yes")
    assert met(evening) == [False, False]
    await evening.wind(minutes=10)
    assert QUESTION in birch.sees()[-1]


@every_platform("P7")
async def test_nobody_is_named_to_somebody_while_the_other_cannot_be_reached(evening: Evening) -> None:
    await asked(evening)
    evening.person("birch").becomes(open=False)
    answer = await evening.person("alder").presses("peer.yes")
    assert "Thank you" in answer
    await evening.wind(hours=1)
    assert met(evening) == [False, False]
    assert any(OVER in words for _, words in evening.person("alder").was_sent())


@pytest.mark.parametrize("evening", ["local"], indirect=True)
@pytest.mark.parametrize("blocked", [MakeRoom, Say], ids=["before the room", "before the words"])
@pytest.mark.parametrize(
    ("who", "turn"),
    [
        ("birch", "mine stop"),
        ("alder", "mine stop"),
        ("birch", "peer withdraw"),
        ("alder", "peer light off"),
        ("birch", "peer pause"),
        ("alder", "peer apart"),
        ("alder", "peer.no"),
    ],
)
async def test_until_it_has_arrived_an_introduction_can_be_called_off(
    evening: LocalEvening, who: str, turn: str, blocked: type[Effect], monkeypatch: pytest.MonkeyPatch
) -> None:
    perform = LocalAdapter.perform
    away = False
    rooms: list[str] = []

    async def blocking(self: LocalAdapter, key: str, mark: str, effect: Effect, voice: Voice) -> Result:
        return NotSent(60) if away and isinstance(effect, blocked) else await perform(self, key, mark, effect, voice)

    monkeypatch.setattr(LocalAdapter, "perform", blocking)
    evening.world.watch(lambda event: rooms.append(str(event["kind"])))
    await asked(evening)
    away = True
    await evening.person("alder").presses("peer.yes")
    assert met(evening) == [False, False]
    person = evening.person(who)
    args = {"peer pause": {"day": "1"}, "peer apart": {"member": "birch"}}.get(turn)
    await (person.presses(turn) if "." in turn else person.asks(turn, args))
    away = False
    await evening.wind(hours=2)
    assert met(evening) == [False, False]
    assert evening.person("birch").rooms() == evening.person("alder").rooms() == ()
    assert rooms.count("room") == rooms.count("leave"), "a room that was made for them is left"


@every_platform("P5", but=("matrix",))  # it is of the core alone, and fifty accounts take a minute
async def test_many_who_are_gone_do_not_keep_the_rest_waiting(evening: Evening) -> None:
    for number in range(50):
        newcomer = evening.newcomer(f"m{number}", days=9)
        await newcomer.asks("peer light on", {"hours": "6"})
        newcomer.becomes(timed_out=True)
    await evening.wind(minutes=2)
    await asked(evening)
    assert QUESTION in evening.person("alder").sees()[-1]


@every_platform("P10", "M14")
async def test_the_list_shows_nobodys_presence_to_somebody_who_is_not_there(evening: Evening) -> None:
    birch = evening.person("birch")
    await birch.asks("peer apart", {"member": "alder"})
    assert ("Alder" in await birch.asks("peer apart-list")) is evening.lists_members
    birch.becomes(present=False)
    await evening.wind(minutes=2)
    assert "Alder" not in await birch.asks("peer apart-list")


@pytest.mark.parametrize("evening", ["local"], indirect=True)
async def test_somebody_of_whom_the_platform_says_nothing_is_as_if_absent(
    evening: LocalEvening, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell = LocalAdapter.tell

    async def blind(self: LocalAdapter, question: Question) -> Answer:
        hidden = isinstance(question, WhoIs) and question.member.id == "alder"
        return Unanswered() if hidden else await tell(self, question)

    await evening.person("alder").asks("peer light on")
    await evening.person("rowan").asks("peer light on")
    await evening.wind(minutes=2)
    monkeypatch.setattr(LocalAdapter, "tell", blind)
    await evening.person("birch").asks("peer request", {"span": "1d"})
    assert QUESTION in evening.person("rowan").sees()[-1]
    assert not any(QUESTION in words for _, words in evening.person("alder").was_sent())


@every_platform("P5", "P7")
async def test_whoever_said_yes_first_is_reached_first_and_otherwise_nobody_is_named(evening: Evening) -> None:
    await asked(evening, ask_first="yes")
    await evening.person("alder").presses("peer.yes")
    await evening.wind(minutes=20)
    evening.person("alder").becomes(open=False)
    await evening.person("birch").presses("peer.yes")
    await evening.wind(hours=1)
    assert met(evening) == [False, False]
    assert any(OVER in words for _, words in evening.person("birch").was_sent())


@every_platform("P6", "M1")
async def test_an_asker_cannot_tell_a_yes_that_was_taken_back_from_silence(evening: Evening) -> None:
    await asked(evening)
    birch, alder = evening.person("birch"), evening.person("alder")
    await birch.asks("peer apart", {"member": "alder"})
    await birch.asks("mine data")  # the first makes the adapter look up names, of which the next one tells
    held = await birch.asks("mine data")
    await alder.presses("peer.yes")
    await alder.presses("peer.no")
    assert await birch.asks("mine data") == held
    assert evening.rows()["question"] == 1

"""What a community says in its check-in rooms: its prompts, and what they open and close with."""

from datetime import timedelta

import pytest

from bot.contract.checkins import Checkin, Words
from bot.contract.params import Raw
from bot.contract.place import Space
from bot.contract.tables import Community, Entry
from bot.contract.text import Said, Starter, Text, text
from bot.domain.checkin import CHECKOUT, ROUND
from commands.checkin_words import LONGEST_PROMPT, LONGEST_WORDS, MOST_PROMPTS, closing_words, opening_words, prompt_for
from tests.commands.desk import HALL, MODERATOR, PLATFORM, START, Desk

OWN = ("What is on the stove?", "Which bird did you hear?", "What do you mend?")


async def words_of(world: Desk) -> Words:
    community = await world.community()
    return await world.read(lambda tx: tx.checkins.words(community))


async def own(world: Desk) -> tuple[str, ...]:
    return tuple(entry.words for entry in (await words_of(world)).prompts)


async def prompts(world: Desk, count: int, **more: object) -> list[Text | None]:
    """Return the first prompts of a room, as they come one after another."""
    community = await world.community()
    room = {"id": "room", "stage": ROUND, **more}
    checkins = [
        Checkin(
            community=community,
            card=HALL,
            guided=True,
            size=12,
            opens_at=START,
            closes_at=START + timedelta(hours=1),
            prompted=number,
            **room,  # type: ignore[arg-type]
        )
        for number in range(count)
    ]
    return [await world.read(lambda tx, one=one: prompt_for(tx, one)) for one in checkins]  # type: ignore[misc]


def starters(shown: list[Text | None]) -> list[Starter]:
    """Return the starters among prompts."""
    facts = [one.facts["prompt"] for one in shown if one is not None]
    return [fact for fact in facts if isinstance(fact, Starter)]


async def test_prompts_are_shown_back_first_and_then_as_they_are(world: Desk) -> None:
    before = world.rows()
    typed = world.intent(MODERATOR, "checkin prompts", {"prompts": "\n".join(OWN[:2]), "starters": "no"}, here=True)
    shown = await world.send(typed)
    assert "draft-shown" in shown
    assert OWN[0] in shown.words
    assert world.rows() == before
    saved = await world.press(MODERATOR, shown, "draft.use", here=True)
    assert f"• {OWN[1]}" in saved.words
    assert "Only yours are used" in saved.words
    assert await own(world) == OWN[:2]


async def test_a_prompt_that_stays_keeps_its_id_and_what_is_not_given_stays(world: Desk) -> None:
    await world.ask(MODERATOR, "checkin prompts", here=True, prompts="\n".join(OWN[:2]), starters="no")
    first, second = (await words_of(world)).prompts
    await world.ask(MODERATOR, "checkin prompts", here=True, prompts="\n".join((OWN[1], OWN[2])))
    again, third = (await words_of(world)).prompts
    assert again == second
    assert third.id not in {first.id, second.id}
    assert not (await words_of(world)).starters
    shown = await world.ask(MODERATOR, "checkin prompts", here=True, starters="yes")
    assert "take turns" in shown.words
    assert await own(world) == OWN[1:]
    assert (await words_of(world)).starters


async def test_without_own_prompts_it_says_what_comes_instead(world: Desk) -> None:
    shown = await world.ask(MODERATOR, "checkin prompts", here=True, starters="no")
    assert "checkin-prompts-no-own" in shown
    assert "no prompts in your rooms" in shown.words
    assert await prompts(world, 3) == [None, None, None]
    shown = await world.ask(MODERATOR, "checkin prompts", here=True, starters="yes")
    assert "those that I bring along" in shown.words


async def test_the_forms_show_what_there_is(world: Desk) -> None:
    form = await world.form(MODERATOR, "checkin prompts", here=True)
    assert [field.value for field in form.fields] == ["", "yes"]
    form = await world.form(MODERATOR, "checkin words", here=True)
    assert [field.value for field in form.fields] == ["", "", "no", "no"]
    await world.ask(MODERATOR, "checkin prompts", here=True, prompts="\n".join(OWN), starters="no")
    await world.ask(MODERATOR, "checkin words", here=True, opening="Sit down", closing="Go gently", visible="yes")
    form = await world.form(MODERATOR, "checkin prompts", here=True)
    assert [field.value for field in form.fields] == ["\n".join(OWN), "no"]
    form = await world.form(MODERATOR, "checkin words", here=True)
    assert [field.value for field in form.fields] == ["Sit down", "Go gently", "yes", "no"]


async def test_a_room_opens_and_closes_with_the_words_of_its_community(world: Desk) -> None:
    community = await world.community()
    assert await world.read(lambda tx: opening_words(tx, community)) == (text("checkin-opening-words"),)
    assert await world.read(lambda tx: closing_words(tx, community)) == (text("checkin-closing-words"),)
    shown = await world.ask(MODERATOR, "checkin words", here=True, opening="Sit down @everyone", closing="Go gently")
    assert "A room opens with this: Sit down @everyone" in shown.words
    assert "It closes with this: Go gently" in shown.words
    said = text("checkin-own-words", words=Said("Sit down @everyone"))
    assert await world.read(lambda tx: opening_words(tx, community)) == (said,)
    said = text("checkin-own-words", words=Said("Go gently"))
    assert await world.read(lambda tx: closing_words(tx, community)) == (said,)


async def test_who_can_look_in_is_the_communitys_choice(world: Desk) -> None:
    assert not (await words_of(world)).visible
    shown = await world.ask(MODERATOR, "checkin words", here=True, visible="yes")
    assert "Everybody in this community can look" in shown.words
    await world.ask(MODERATOR, "checkin words", here=True, closing="Go gently")
    await world.ask(MODERATOR, "checkin words", here=True, opening="Sit down")
    assert (await words_of(world)).visible, "it was not given, so it stays"
    shown = await world.ask(MODERATOR, "checkin words", here=True, visible="no")
    assert "Only those who come in" in shown.words
    assert not (await words_of(world)).visible
    assert await words_of(world) == Words("Sit down", "Go gently")


async def test_what_becomes_of_a_closed_room_is_the_communitys_choice(world: Desk) -> None:
    shown = await world.ask(MODERATOR, "checkin words", here=True, closing="Go gently")
    assert "Rooms that are over stay" in shown.words
    assert not (await words_of(world)).erased
    shown = await world.ask(MODERATOR, "checkin words", here=True, delete_rooms="yes")
    assert "I delete each" in shown.words
    await world.ask(MODERATOR, "checkin words", here=True, opening="Sit down")
    assert await words_of(world) == Words("Sit down", "Go gently", erased=True), "what is not given stays"
    await world.ask(MODERATOR, "checkin words", here=True, delete_rooms="no")
    assert await words_of(world) == Words("Sit down", "Go gently")


async def test_what_was_written_is_emptied_one_by_one(world: Desk) -> None:
    await world.ask(MODERATOR, "checkin prompts", here=True, prompts="\n".join(OWN), starters="no")
    await world.ask(MODERATOR, "checkin words", here=True, opening="Sit down", closing="Go gently", visible="yes")
    shown = await world.ask(MODERATOR, "setup clear", here=True, which="opening")
    assert "checkin-opening-words" in shown
    assert "Go gently" in shown.words
    shown = await world.ask(MODERATOR, "setup clear", here=True, which="closing")
    assert "checkin-closing-words" in shown
    assert await own(world) == OWN
    shown = await world.ask(MODERATOR, "setup clear", here=True, which="prompts")
    assert "checkin-prompts-no-own" in shown
    assert await words_of(world) == Words(starters=False, visible=True)


@pytest.mark.parametrize("stage", ["round", "talk"])
async def test_own_prompts_and_starters_take_turns_in_an_order_of_the_room(world: Desk, stage: str) -> None:
    await world.ask(MODERATOR, "checkin prompts", here=True, prompts="\n".join(OWN))
    shown = await prompts(world, 8, stage=stage)
    assert starters(shown) == [Starter("in", "room", number) for number in range(5)]
    said = [one.facts["prompt"] for one in shown if one is not None]
    assert [said.index(Said(one)) % 2 for one in OWN] == [0, 0, 0]
    assert await prompts(world, 8, stage=stage) == shown, "the same after a restart"


async def test_the_round_before_the_closing_has_starters_of_its_own(world: Desk) -> None:
    await world.ask(MODERATOR, "checkin prompts", here=True, prompts="\n".join(OWN))
    shown = await prompts(world, 4, stage=CHECKOUT)
    assert starters(shown) == [Starter("out", "room", number) for number in range(4)]
    await world.ask(MODERATOR, "checkin prompts", here=True, starters="no")
    assert await prompts(world, 4, stage=CHECKOUT) == [None] * 4


async def test_where_prompts_are_switched_off_none_comes(world: Desk) -> None:
    await world.ask(MODERATOR, "checkin prompts", here=True, prompts="\n".join(OWN))
    assert await prompts(world, 4, prompts=False) == [None] * 4


@pytest.mark.parametrize(
    ("command", "args", "refusal"),
    [
        (
            "checkin prompts",
            {"prompts": "\n".join(f"What is {n}?" for n in range(MOST_PROMPTS + 1))},
            "refusal-lines-many",
        ),
        ("checkin prompts", {"prompts": "x" * (LONGEST_PROMPT + 1)}, "refusal-words-long"),
        ("checkin prompts", {"prompts": " \n"}, "refusal-words-empty"),
        ("checkin prompts", {"starters": "perhaps"}, "refusal-option-unknown"),
        ("checkin words", {"opening": "x" * (LONGEST_WORDS + 1)}, "refusal-words-long"),
        ("checkin words", {"closing": "\u200b"}, "refusal-words-empty"),
        ("checkin words", {"visible": "all"}, "refusal-option-unknown"),
    ],
)
async def test_what_does_not_fit_is_refused_and_changes_nothing(
    world: Desk, command: str, args: dict[str, Raw], refusal: str
) -> None:
    before = world.rows()
    assert refusal in await world.ask(MODERATOR, command, args, here=True)
    assert world.rows() == before


async def test_as_many_prompts_as_there_may_be_fit(world: Desk) -> None:
    longest = tuple(f"{n:02}" + "x" * (LONGEST_PROMPT - 2) for n in range(MOST_PROMPTS))
    await world.ask(MODERATOR, "checkin prompts", here=True, prompts="\n".join(longest))
    assert await own(world) == longest
    assert len("\n".join(longest)) <= 4000, "what Discord takes in one field"


async def test_the_words_of_one_community_are_not_those_of_another(world: Desk) -> None:
    await world.ask(MODERATOR, "checkin prompts", here=True, prompts="\n".join(OWN))
    await world.write(lambda tx: tx.communities.add(Community("another", START), Space(PLATFORM, "meadow")))
    await world.write(lambda tx: tx.checkins.set_prompts("another", (Entry("one", "What is elsewhere?"),)))
    assert await own(world) == OWN
    await world.ask(MODERATOR, "setup clear", here=True, which="prompts")
    there = await world.read(lambda tx: tx.checkins.words("another"))
    assert [entry.words for entry in there.prompts] == ["What is elsewhere?"]


async def test_what_is_switched_off_is_not_among_the_settings(world: Desk) -> None:
    ways = {"checkin prompts", "checkin words"}
    shown = await world.ask(MODERATOR, "setup", here=True)
    assert ways <= set(shown.actions)
    await world.ask(MODERATOR, "setup features", here=True, switch_off="checkins")
    shown = await world.ask(MODERATOR, "setup", here=True)
    assert ways.isdisjoint(shown.actions)
    for command in ways:
        before = world.rows()
        given = {"starters": "no"} if command == "checkin prompts" else {"visible": "yes"}
        assert "refusal-switched-off" in await world.ask(MODERATOR, command, given, here=True)
        assert world.rows() == before

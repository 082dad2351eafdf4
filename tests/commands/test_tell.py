"""Notes to moderators, at the desk: who reads is said first, and nothing is kept."""

import pytest

from bot.contract.effect import Effect, Result, Say
from bot.contract.facts import Right, Standing
from bot.contract.place import Room
from bot.contract.text import Voice
from tests.commands.desk import MODERATOR, PLATFORM, Desk, Shown, member

OFFICE = Room(PLATFORM, "office")
NOTE = "The hall is too loud for me"


async def a_room(world: Desk) -> None:
    community = await world.community()
    await world.write(lambda tx: tx.communities.set_room(community, "moderators", OFFICE))


async def willing(world: Desk, name: str = MODERATOR) -> None:
    world.becomes(name, right=Right.MODERATOR)
    assert "tell-now-willing" in await world.press(name, await world.ask(name, "setup willing"), "tell.willing")


def nothing_of_it(world: Desk) -> bool:
    return not any(NOTE.encode() in file.read_bytes() for file in world.path.parent.iterdir() if file.is_file())


def told(world: Desk, place: object) -> list[Shown]:
    return [shown for _, to, shown in world.platform.said if to == place and "tell-note-words" in shown]


async def test_where_nobody_reads_it_says_so_and_where_else_to_turn(world: Desk) -> None:
    before = world.rows()
    shown = await world.ask("birch", "tell-moderators")
    assert "tell-nobody" in shown
    assert shown.actions == ("elsewhere",)
    assert world.rows() == before


async def test_who_reads_is_said_first(world: Desk) -> None:
    await a_room(world)
    await willing(world)
    await willing(world, "hazel")
    shown = await world.ask("birch", "tell-moderators")
    assert [name for name in shown.ids if name.startswith("tell-")] == ["tell-what", "tell-room", *["tell-willing"] * 2]
    assert shown.actions == ("tell.write",) * 3
    assert "linden" in shown.words
    own = await world.ask("hazel", "tell-moderators")
    assert own.actions == ("tell.write",) * 2, "nobody writes to themselves"


@pytest.mark.parametrize("named", ["named", "unnamed"])
async def test_a_note_goes_to_the_room_as_it_was_shown_back_and_nothing_of_it_is_kept(world: Desk, named: str) -> None:
    await a_room(world)
    before = world.rows()
    first = await world.ask("birch", "tell-moderators")
    form = await world.form("birch", "tell.write", subject=first.choice("tell.write").subject)
    assert [one.name for one in form.fields] == ["note", "named"]
    given = {"note": NOTE, "named": named}
    shown = await world.send(world.intent("birch", "tell.write", given, subject=form.subject))
    assert {"draft-shown", "tell-room", "tell-seen"} <= set(shown.ids)
    assert ("birch" in shown.words) is (named == "named")
    assert not world.platform.said
    assert "tell-sent" in await world.press("birch", shown, "draft.use")
    (note,) = told(world, OFFICE)
    assert NOTE in note.words
    assert ("birch" in note.words) is (named == "named")
    assert ("No reply can reach them" in note.words) is (named == "unnamed")
    assert world.rows() == before
    assert nothing_of_it(world)
    assert "draft-lost" in await world.press("birch", shown, "draft.use")
    assert len(told(world, OFFICE)) == 1


async def test_a_note_goes_to_one_willing_moderator_alone(world: Desk) -> None:
    await willing(world)
    await willing(world, "hazel")
    choices = (await world.ask("birch", "tell-moderators")).card.choices  # type: ignore[union-attr]
    linden = next(one for one in choices if one.label.facts.get("member") == member(MODERATOR))
    given = {"note": NOTE, "named": "unnamed"}
    assert "tell-sent" in await world.ask("birch", "tell.write", given, subject=linden.subject)
    (note,) = told(world, member(MODERATOR))
    assert "tell-note-stop" in note
    assert told(world, member("hazel")) == []
    assert nothing_of_it(world)


async def test_what_does_not_arrive_is_said_so(world: Desk) -> None:
    await willing(world)
    choice = (await world.ask("birch", "tell-moderators")).choice("tell.write")
    world.platform.closed.add(MODERATOR)
    given = {"note": NOTE, "named": "named"}
    assert "tell-not-sent" in await world.ask("birch", "tell.write", given, subject=choice.subject)
    assert told(world, member(MODERATOR)) == []
    assert nothing_of_it(world)


async def test_it_is_said_to_be_passed_on_only_when_it_is(world: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    await a_room(world)
    seen: list[bytes] = []
    plain = world.platform.perform

    async def looked_at(key: str, mark: str, effect: Effect, voice: Voice) -> Result:
        assert isinstance(effect, Say)
        assert effect.keep == ""
        seen.extend(file.read_bytes() for file in world.path.parent.iterdir() if file.is_file())
        return await plain(key, mark, effect, voice)

    monkeypatch.setattr(world.platform, "perform", looked_at)
    given = {"note": NOTE, "named": "named"}
    assert "tell-sent" in await world.ask("birch", "tell.write", given, subject=await world.community())
    assert seen
    assert not any(NOTE.encode() in content for content in seen), "not even while it is on its way"
    await world.wind(minutes=5)
    world.platform.away = True
    refused = await world.ask("birch", "tell.write", given, subject=await world.community())
    assert "refusal-platform-away" in refused
    assert nothing_of_it(world)


async def test_who_moderates_by_a_role_of_the_community_can_be_willing(world: Desk) -> None:
    world.becomes("hazel", roles=frozenset({"keepers"}))
    await world.ask(MODERATOR, "setup moderators", here=True, moderator_roles=("keepers",))
    await world.press("hazel", await world.ask("hazel", "setup willing"), "tell.willing")
    shown = await world.ask("birch", "tell-moderators")
    assert "tell-willing" in shown
    given = {"note": NOTE, "named": "unnamed"}
    assert "tell-sent" in await world.ask("birch", "tell.write", given, subject=shown.card.choices[0].subject)  # type: ignore[union-attr]
    assert len(told(world, member("hazel"))) == 1


async def test_who_no_longer_reads_is_not_written_to(world: Desk) -> None:
    await a_room(world)
    await willing(world, "hazel")
    room, hazel = (one.subject for one in (await world.ask("birch", "tell-moderators")).card.choices)  # type: ignore[union-attr]
    community = await world.community()
    await world.write(lambda tx: tx.communities.clear_room(community, "moderators", PLATFORM))
    world.becomes("hazel", right=Right.MEMBER)
    for subject in (room, hazel, "nobody"):
        given = {"note": NOTE, "named": "named"}
        assert "refusal-tell-gone" in await world.ask("birch", "tell.write", given, subject=subject)
    assert "tell-nobody" in await world.ask("birch", "tell-moderators")
    assert told(world, member("hazel")) == []


async def test_who_is_no_member_writes_nothing(world: Desk) -> None:
    await a_room(world)
    community = await world.community()
    given = {"note": NOTE, "named": "named"}
    assert "refusal-right-member" in await world.ask("stranger", "tell.write", given, subject=community)
    assert told(world, OFFICE) == []


async def test_a_moderator_says_so_and_takes_it_back(world: Desk) -> None:
    shown = await world.ask(MODERATOR, "setup willing")
    assert "cannot write to you" in shown.lines[0]
    assert world.rows()["willing"] == ()
    await willing(world)
    await willing(world)
    assert len(world.rows()["willing"]) == 1
    assert "Members may write to you." in (await world.ask(MODERATOR, "setup willing")).lines[0]
    assert "table-willing" in await world.ask(MODERATOR, "mine data")
    world.platform.standings[MODERATOR] = Standing(Right.MEMBER)
    assert "tell-now-not" in await world.press(MODERATOR, shown, "tell.unwilling")
    assert world.rows()["willing"] == ()
    assert "tell-now-not" in await world.press(MODERATOR, shown, "tell.unwilling")
    assert "tell-now-not" in await world.ask("rowan", "tell.unwilling", subject="nowhere")


async def test_taking_it_back_in_one_community_leaves_the_others(world: Desk) -> None:
    await willing(world)
    await world.ask(MODERATOR, "tell.unwilling", subject="elsewhere")
    assert len(world.rows()["willing"]) == 1


async def test_who_cannot_be_written_to_cannot_be_willing(world: Desk) -> None:
    world.platform.closed.add(MODERATOR)
    shown = await world.press(MODERATOR, await world.ask(MODERATOR, "setup willing"), "tell.willing")
    assert "tell-closed" in shown
    assert world.rows()["willing"] == ()


@pytest.mark.parametrize("command", ["mine stop", "mine.forget-yes"])
async def test_stopping_and_forgetting_end_it(world: Desk, command: str) -> None:
    await willing(world)
    answer = await world.ask(MODERATOR, command)
    assert "mine-stop-nothing" not in answer
    assert world.rows()["willing"] == ()
    assert "tell-nobody" in await world.ask("birch", "tell-moderators")

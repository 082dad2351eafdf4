"""What becomes of what is open when moderators switch a part off, and where it is offered no more."""

from datetime import timedelta

import pytest

from bot.contract.ports import Capability
from commands.help import PARTS
from commands.setup_features import OFF
from commands.setup_shared import FEATURES
from tests.commands.desk import HALL, MODERATOR, START, Desk, Shown

MEETS = START + timedelta(hours=31)
OVER = MEETS + timedelta(minutes=30)
LINK = "https://example.org/plans/ours"


async def off(world: Desk, *features: str) -> Shown:
    return await world.ask(MODERATOR, "setup features", {"switch_off": features}, here=True)


async def on(world: Desk, *features: str) -> Shown:
    return await world.ask(MODERATOR, "setup features", {"switch_on": features}, here=True)


async def rounds(world: Desk, day: str = "1") -> None:
    args = {"rhythm": "weekly", "first_day": day, "wall": "19:00"}
    assert "round-planned" in await world.ask(MODERATOR, "round plan", args)


def standing(world: Desk, line: str) -> list[Shown]:
    return [shown for place, shown in world.platform.posts.values() if place == HALL and line in shown]


def test_of_every_feature_is_said_what_becomes_of_what_is_open() -> None:
    assert set(OFF) == set(FEATURES)


@pytest.mark.parametrize("feature", FEATURES)
async def test_what_is_switched_off_is_said_when_it_is_done_and_in_the_preview(world: Desk, feature: str) -> None:
    assert f"off-{feature}" not in await world.ask(MODERATOR, "setup preview", here=True)
    assert f"off-{feature}" in await off(world, feature)
    assert f"off-{feature}" in await world.ask(MODERATOR, "setup preview", here=True)
    assert f"off-{feature}" not in await off(world, feature), "nothing changed"
    assert f"off-{feature}" not in await on(world, feature)


async def test_a_round_that_is_open_takes_place_for_those_who_joined_and_none_follows(world: Desk) -> None:
    await world.ask(MODERATOR, "setup room", here=True, room_for="peers")
    await rounds(world)
    (card,) = standing(world, "round-card")
    for name in ("birch", "alder", "rowan"):
        assert "round-joined" in await world.ask(name, "round wishes")
    look = await world.press("hazel", card, "round join", here=True)
    await off(world, "rounds")
    assert standing(world, "round-card") == []
    for answer in (
        await world.press("hazel", card, "round join", here=True),
        await world.press("hazel", look, "round.yes"),
        await world.ask("hazel", "round wishes"),
        await world.ask(MODERATOR, "round plan", {"rhythm": "once", "first_day": "9", "wall": "19:00"}),
    ):
        assert "refusal-switched-off" in answer
    await world.wind_to(OVER)
    heard = [[one for one in world.sent_to(name) if {"round-introduced", "round-alone"} & set(one.ids)] for name in
             ("birch", "alder", "rowan", "hazel")]  # fmt: skip
    assert list(map(len, heard)) == [1, 1, 1, 0]
    await world.wind(days=8)
    assert world.rows()["round"] == ()


async def test_who_joined_can_leave_though_rounds_are_off(world: Desk) -> None:
    await rounds(world)
    await world.ask("birch", "round wishes")
    await off(world, "rounds")
    assert "round-left" in await world.ask("birch", "round leave")


async def test_a_round_that_is_planned_alone_does_not_come(world: Desk) -> None:
    await rounds(world, day="10")
    await off(world, "rounds")
    assert world.rows()["round"] == world.rows()["agenda"] == ()
    await on(world, "rounds")
    assert "refusal-round-none" in await world.ask("birch", "round join")
    await off(world, "rounds")


async def test_a_round_that_opens_as_it_is_switched_off_is_offered_to_nobody(world: Desk) -> None:
    await world.ask(MODERATOR, "setup room", here=True, room_for="peers")
    await world.send(
        world.intent(MODERATOR, "round plan", {"rhythm": "weekly", "first_day": "1", "wall": "19:00"}), settle=False
    )
    await off(world, "rounds")
    assert standing(world, "round-card") == []


async def test_a_step_back_that_switches_rounds_off_ends_them_too(world: Desk) -> None:
    await off(world, "rounds")
    await on(world, "rounds")
    await rounds(world, day="10")
    asked = await world.ask(MODERATOR, "setup undo", here=True)
    assert "off-rounds" in asked
    await world.press(MODERATOR, asked, "setup.undo-yes")
    assert world.rows()["round"] == ()
    assert "refusal-switched-off" in await world.ask("birch", "round join")


async def test_reminders_that_were_asked_for_come_and_can_be_taken_back(world: Desk) -> None:
    for name, hours in (("birch", 2), ("alder", 3)):
        await world.ask(name, "plan remind", {"link": LINK, "when": f"in {hours} hours"}, here=True)
    offer, _ = standing(world, "plan-offer")
    await off(world, "plans")
    before = world.rows()
    assert "refusal-switched-off" in await world.ask("rowan", "plan remind", {"link": LINK, "when": "in 4 hours"})
    assert "refusal-switched-off" in await world.press("rowan", offer, "plan.too", here=True)
    assert world.rows() == before
    assert "plan-list" in await world.ask("alder", "plan list")
    assert "plan-cancelled" in await world.ask("alder", "plan cancel")
    await world.wind(hours=4)
    assert [any("plan-reminder" in one for one in world.sent_to(name)) for name in ("birch", "alder")] == [True, False]


async def test_notes_that_are_off_reach_nobody(world: Desk) -> None:
    await world.ask(MODERATOR, "setup room", here=True, room_for="moderators")
    first = await world.ask("birch", "tell-moderators")
    await off(world, "notes")
    before = world.rows()
    assert "refusal-switched-off" in await world.ask("birch", "tell-moderators")
    given = {"note": "It is loud", "named": "unnamed"}
    late = world.intent("birch", "tell.write", given, subject=first.choice("tell.write").subject)
    assert "refusal-switched-off" in await world.send(late)
    assert world.rows() == before
    assert standing(world, "tell-note-words") == []


async def test_help_leaves_out_what_is_off(world: Desk) -> None:
    await off(world, "plans", "lights", "notes")
    for here in (True, False):
        first = await world.ask("birch", "help", here=here)
        assert {"help-about-plan", "choice-help-plan"}.isdisjoint(first.ids)
        assert len(first.actions) == len(PARTS) - 1
        peer = await world.ask("birch", "help", here=here, feature="peer")
        assert "command-peer-ask" in peer
        assert "command-peer-light-on" not in peer
        assert "command-peer-light-off" in peer, "what is lit can be put out"
        assert "command-plan-cancel" in await world.ask("birch", "help", here=here, feature="plan")
        assert "command-tell-moderators" not in await world.ask("birch", "help", here=here, feature="about")


async def test_the_door_offers_no_request_while_there_are_none(world: Desk) -> None:
    await world.ask(MODERATOR, "setup door", here=True)
    (door,) = standing(world, "door-what")
    assert "peer ask" in door.actions
    edits = len(world.platform.effects)
    await off(world, "requests")
    (door,) = standing(world, "door-others-rooms")
    assert door.actions == ("checkin list", "who-can-see", "elsewhere")
    await off(world, "checkins")
    (door,) = standing(world, "door-others")
    assert door.actions == ("who-can-see", "elsewhere")
    assert "Knock here" in (await world.ask(MODERATOR, "setup preview", here=True)).words
    assert len(world.platform.effects) == edits + 2
    await on(world, "requests")
    (door,) = standing(world, "door-what")
    assert "peer ask" in door.actions
    assert standing(world, "door-others") == []


async def test_a_door_on_its_way_says_in_the_end_what_can_be_had(world: Desk) -> None:
    await world.send(world.intent(MODERATOR, "setup door", {}, here=True), settle=False)
    await world.send(world.intent(MODERATOR, "setup features", {"switch_off": ("requests",)}, here=True), settle=False)
    await world.settle()
    assert len(standing(world, "door-others-rooms")) == 1
    await world.ask(MODERATOR, "setup door", here=True)
    assert len(standing(world, "door-others-rooms")) == 1
    assert standing(world, "door-what") == []


async def test_no_room_is_missed_for_what_is_off(world: Desk) -> None:
    def missed(shown: Shown) -> list[str]:
        return [str(line.facts["does"].id) for line in shown.texts if line.id == "check-no-room"]  # type: ignore[union-attr]

    everything = [f"option-room_for-{does}" for does in ("peers", "moderators", "door")]
    assert missed(await world.ask(MODERATOR, "setup check", here=True)) == everything
    await off(world, "cards", "notes")
    assert missed(await world.ask(MODERATOR, "setup check", here=True)) == [everything[0], everything[2]]
    await off(world, "rounds")
    assert missed(await world.ask(MODERATOR, "setup check", here=True)) == [everything[2]]
    await on(world, "cards")
    assert missed(await world.ask(MODERATOR, "setup check", here=True)) == [everything[0], everything[2]]
    await off(world, "requests")
    assert missed(await world.ask(MODERATOR, "setup check", here=True)) == [everything[2]]


async def test_what_a_platform_cannot_do_is_not_switched_on(world: Desk) -> None:
    await off(world, "rounds", "plans")
    world.platform.capabilities -= {Capability.EDITS}
    before = world.rows()
    assert "refusal-platform-cannot" in await on(world, "rounds")
    assert world.rows() == before
    assert "setup-saved" in await on(world, "plans")

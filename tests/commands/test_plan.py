"""Reminders of a plan, at the desk: what is kept, what comes, and every way to be rid of it."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest

from adapters.local.inbound import line
from bot.contract.facts import Right
from bot.contract.params import When
from bot.domain.errors import Refusal
from commands import CATALOGUE
from commands.plan import MOST
from tests.commands.desk import HALL, Desk, Shown, member

LINK = "https://example.org/plans/ours"
WHEN = "2027-03-09 19:30"
AT = datetime(2027, 3, 9, 19, 30, tzinfo=UTC)


async def reminded(world: Desk, name: str, when: str = WHEN, link: str = LINK, *, here: bool = False) -> Shown:
    return await world.ask(name, "plan remind", {"link": link, "when": when}, here=here)


def nothing_kept(world: Desk) -> bool:
    rows = world.rows()
    return not any(rows[table] for table in ("plan", "agenda", "outbox", "post"))


def offered(world: Desk) -> Shown:
    (card,) = (shown for place, shown in world.platform.posts.values() if place == HALL)
    return card


async def test_a_reminder_is_shown_back_with_zone_and_distance_before_anything_is_kept(world: Desk) -> None:
    await world.ask("birch", "mine language", zone="Europe/Berlin")
    before = world.rows()
    shown = await world.send(world.intent("birch", "plan remind", {"link": LINK, "when": "tue 19:30"}))
    assert shown.lines[0] == f"I would remind you in 5 days: 19:30 on Tuesday, Europe/Berlin, of {LINK}"
    assert "plan-shift" not in shown
    assert "plan-asks-here" not in shown
    assert world.rows() == before
    kept = await world.press("birch", shown, "draft.use")
    assert "plan-kept" in kept
    await world.wind_to(AT - timedelta(hours=1, seconds=1))
    assert len(world.sent_to("birch")) == 1, "the hello alone"
    await world.wind(seconds=1)
    told = world.sent_to("birch")[-1]
    assert LINK in told.words
    assert "plan-reminder-stop" in told
    assert nothing_kept(world)


async def test_what_was_shown_is_what_is_kept_however_late_it_is_confirmed(world: Desk) -> None:
    await world.wind_to(datetime(2027, 3, 4, 23, 55, tzinfo=UTC))
    shown = await world.send(world.intent("birch", "plan remind", {"link": LINK, "when": "tomorrow 19:30"}))
    await world.wind(minutes=10)
    await world.press("birch", shown, "draft.use")
    (mine,) = await world.read(lambda tx: tx.agenda.of_member(tx.members.find(member("birch")).id))  # type: ignore[union-attr]
    assert mine.due_at == datetime(2027, 3, 5, 19, 30, tzinfo=UTC)


async def test_a_time_that_is_over_before_it_is_confirmed_is_not_kept(world: Desk) -> None:
    shown = await world.send(world.intent("birch", "plan remind", {"link": LINK, "when": "+5min"}))
    await world.wind(minutes=6)
    assert "refusal-when-past" in await world.press("birch", shown, "draft.use")
    assert nothing_kept(world)


@pytest.mark.parametrize(("when", "shift"), [("2027-03-28 02:30", "skip"), ("2027-10-31 02:30", "twice")])
async def test_what_clocks_do_to_it_is_said(world: Desk, when: str, shift: str) -> None:
    await world.ask("birch", "mine language", zone="Europe/Berlin")
    shown = await world.send(world.intent("birch", "plan remind", {"link": LINK, "when": when}))
    assert shift in shown.lines[1]


async def test_it_comes_in_quiet_hours_as_was_said_and_counts_for_the_day(world: Desk) -> None:
    await world.ask("birch", "mine quiet", quiet_from="19:00", quiet_to="20:00")
    shown = await world.send(world.intent("birch", "plan remind", {"link": LINK, "when": WHEN}))
    assert "plan-quiet" in shown
    await world.press("birch", shown, "draft.use")
    await world.wind_to(AT)
    assert "plan-reminder" in world.sent_to("birch")[-1]
    profile = await world.profile("birch")
    assert profile is not None
    assert (profile.sent_on, profile.sent) == ("2027-03-09", 1)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"link": "https://me:secret@example.org/", "when": WHEN}, "link-unknown"),
        ({"link": "javascript:alert(1)", "when": WHEN}, "link-unknown"),
        ({"link": LINK, "when": "tomorrow 7"}, "clock-either"),
        ({"link": LINK, "when": "2020-03-09 19:30"}, "when-past"),
        ({"link": LINK, "when": "2040-03-09 19:30"}, "when-far"),
    ],
)
async def test_what_cannot_be_kept_is_refused_kindly_and_changes_nothing(
    world: Desk, given: dict[str, str], code: str
) -> None:
    before = world.rows()
    shown = await world.ask("birch", "plan remind", given)
    assert f"refusal-{code}" in shown
    assert given["link"] not in shown.words
    assert world.rows() == before


async def test_nothing_is_planned_for_who_cannot_be_written_to(world: Desk) -> None:
    world.platform.closed.add("birch")
    assert "plan-closed" in await reminded(world, "birch", here=True)
    assert nothing_kept(world)
    world.platform.closed.clear()
    await reminded(world, "birch", here=True)
    world.platform.closed.add("alder")
    assert "plan-closed" in await world.press("alder", offered(world), "plan.too", here=True)
    assert len(world.rows()["plan"]) == 1


async def test_others_in_the_room_ask_for_themselves_and_nobody_is_told(world: Desk) -> None:
    shown = await world.send(world.intent("birch", "plan remind", {"link": LINK, "when": WHEN}, here=True))
    assert "plan-asks-here" in shown
    assert not world.platform.posts
    await world.press("birch", shown, "draft.use")
    card = offered(world)
    assert LINK in card.words
    assert "birch" not in card.words
    assert "plan-kept" in await world.press("alder", card, "plan.too", here=True)
    assert "plan-kept" in await world.press("alder", card, "plan.too", here=True), "twice is as once"
    assert "plan-kept" in await world.press("birch", card, "plan.too", here=True)
    assert len(world.rows()["plan"]) == 2
    assert offered(world).words == card.words
    await world.wind_to(AT)
    for name, comes in (("birch", True), ("alder", True), ("rowan", False)):
        assert any("plan-reminder" in one for one in world.sent_to(name)) is comes
    assert nothing_kept(world)
    assert not [place for place, _ in world.platform.posts.values() if place == HALL]
    assert "plan-over" in await world.press("rowan", card, "plan.too", here=True)
    assert nothing_kept(world)


async def test_an_offer_that_goes_while_one_says_yes_to_it_plans_nothing(world: Desk) -> None:
    assert "plan-over" in await world.ask("alder", "plan.too", subject="gone", here=True)
    await reminded(world, "birch", here=True)
    offer = offered(world).choice("plan.too")
    plain = world.platform.perform

    async def gone(*given: Any) -> Any:
        await world.write(lambda tx: tx.plans.remove(offer.subject))
        return await plain(*given)

    world.platform.perform = gone  # type: ignore[assignment, method-assign]
    assert "plan-over" in await world.ask("alder", "plan.too", subject=offer.subject, here=True)
    assert world.rows()["plan"] == ()


async def test_the_list_changes_and_cancels(world: Desk) -> None:
    assert "plan-none" in await world.ask("birch", "plan list")
    assert "plan-none" in await world.ask("birch", "plan cancel")
    assert "plan-none" in await world.ask("birch", "plan change", when=WHEN)
    await reminded(world, "birch", here=True)
    await reminded(world, "birch", "2027-03-08 19:30", "https://example.org/other")
    listed = await world.ask("birch", "plan list")
    assert [LINK in words for words in listed.lines] == [False, False, True]
    assert "coming-plan-remind" in await world.ask("birch", "mine next")
    assert LINK in (await world.ask("birch", "mine data")).words
    assert "plan-list" in await world.ask("birch", "plan cancel"), "which one is not said"
    assert "plan-list" in await world.ask("birch", "plan cancel", number="9")
    assert "plan-list" in await world.ask("birch", "plan change", number="1"), "when is not said"
    second = listed.choice("plan change", [one.subject for one in listed.card.choices][2])  # type: ignore[union-attr]
    form = await world.form("birch", "plan change", subject=second.subject)
    assert {one.name: one.value for one in form.fields} == {"number": "2", "when": ""}
    assert (await world.form("birch", "plan change")).fields[0].value == ""
    moved = await world.ask("birch", "plan change", {"number": "2", "when": "2027-03-10 19:30"}, subject=second.subject)
    assert "19:30 on Wednesday" in moved.words
    assert not [place for place, _ in world.platform.posts.values() if place == HALL], "the old time is not offered"
    assert "plan-cancelled" in await world.ask("birch", "plan cancel", number="1")
    assert "plan-cancelled" in await world.press("birch", moved, "plan cancel")
    assert nothing_kept(world)


async def test_a_reminder_is_moved_to_what_is_still_to_come(world: Desk) -> None:
    await reminded(world, "birch")
    shown = await world.send(world.intent("birch", "plan change", {"when": "+5min"}))
    await world.wind(minutes=6)
    assert "refusal-when-past" in await world.press("birch", shown, "draft.use")
    assert len(world.rows()["plan"]) == 1


async def test_one_member_has_ten_at_most(world: Desk) -> None:
    for day in range(1, MOST + 1):
        assert "plan-kept" in await reminded(world, "birch", f"in {day} days")
    before = world.rows()
    assert "refusal-plan-many" in await reminded(world, "birch", "in 20 days")
    assert world.rows() == before
    assert len((await world.ask("birch", "plan list")).actions) == 2 * MOST


async def test_nobody_cancels_what_is_not_theirs(world: Desk) -> None:
    kept = await reminded(world, "birch")
    assert "plan-none" in await world.ask("alder", "plan cancel", subject=kept.choice("plan cancel").subject)
    assert len(world.rows()["plan"]) == 1


async def test_who_left_gets_nothing(world: Desk) -> None:
    await reminded(world, "birch")
    world.becomes("birch", right=Right.NONE)
    await world.wind_to(AT)
    assert not any("plan-reminder" in one for one in world.sent_to("birch"))
    assert world.rows()["plan"] == ()


async def test_what_is_a_day_late_is_of_no_use(world: Desk) -> None:
    await reminded(world, "birch")
    world.platform.away = True
    await world.wind_to(AT + timedelta(hours=24))
    world.platform.away = False
    await world.wind(hours=24)
    assert not any("plan-reminder" in one for one in world.sent_to("birch"))
    assert nothing_kept(world)


async def test_what_is_planned_of_a_reminder_that_is_gone_does_nothing(world: Desk) -> None:
    kept = await reminded(world, "birch")
    await world.write(lambda tx: tx.plans.remove(kept.choice("plan cancel").subject))
    await world.wind_to(AT)
    assert not any("plan-reminder" in one for one in world.sent_to("birch"))


@pytest.mark.parametrize("command", ["mine stop", "mine.forget-yes"])
async def test_stopping_and_forgetting_take_reminders_and_their_card_along(world: Desk, command: str) -> None:
    await reminded(world, "birch", here=True)
    await world.ask("birch", command)
    assert nothing_kept(world)
    assert not [place for place, _ in world.platform.posts.values() if place == HALL]
    await world.wind_to(AT)
    assert not any("plan-reminder" in one for one in world.sent_to("birch"))


@pytest.mark.parametrize("ends", ["plan cancel", "mine.forget-yes", ""])
async def test_an_offer_that_stood_for_long_goes_with_its_reminder(world: Desk, ends: str) -> None:
    await reminded(world, "birch", "2027-04-20 19:30", here=True)
    await world.wind(days=40)
    assert LINK in offered(world).words
    if ends:
        await world.ask("birch", ends)
    else:
        await world.wind(days=10)
    assert not [shown for place, shown in world.platform.posts.values() if place == HALL]
    assert nothing_kept(world)


def test_a_typed_line_ends_with_the_time() -> None:
    read = line(f"/plan remind {LINK} on Fri at 19:30", CATALOGUE, lambda _: None)
    assert dict(read.args) == {"link": LINK, "when": "on Fri at 19:30"}
    assert When().parse("19:30").clock == time(19, 30)
    with pytest.raises(Refusal):
        When().parse(member("birch"))

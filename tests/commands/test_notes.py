"""Messages that the bot sends on its own."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Any

import pytest

from bot.chance import SeededChance
from bot.contract.card import Choice
from bot.contract.command import NoArgs, Turn
from bot.contract.facts import Live
from bot.contract.tables import Profile, Tx
from bot.contract.text import Text, text
from commands.notes import count, may_be_asked, note, zone_of
from tests.commands.desk import Desk, member

HELLO = text("peer-pause-over")
OTHER = text("mine-kept")


def _turn(world: Desk) -> Turn[Any]:
    return Turn(world.now, NoArgs(), Live(world.now, {}), SeededChance(str(world.now)), None, {})  # type: ignore[arg-type]


async def _with(world: Desk, work: Callable[[Turn[Any], Tx, Profile], Any], name: str = "birch") -> Any:
    def run(tx: Tx) -> Any:
        profile = tx.members.find(member(name))
        assert profile is not None
        return work(_turn(world), tx, profile)

    made = await world.write(run)
    await world.settle()
    return made


def _note(turn: Turn[Any], tx: Tx, who: Profile, line: Text = HELLO) -> None:
    note(turn, tx, who, line)


@pytest.fixture
async def birch(world: Desk) -> Desk:
    """A desk where birch has a budget of two and is quiet from 22:00 to 7:00, London time."""
    await world.ask("birch", "mine limits", budget="2")
    await world.ask("birch", "mine quiet", quiet_from="22:00", quiet_to="7:00")
    await world.ask("birch", "mine language", zone="Europe/London")
    return world


async def test_a_note_goes_out_at_once_and_ends_with_the_way_to_stop(birch: Desk) -> None:
    await _with(birch, lambda turn, tx, who: note(turn, tx, who, HELLO, choices=(Choice("mine next", OTHER),)))
    (shown,) = birch.sent_to("birch")
    assert shown.ids == ("peer-pause-over", "note-stop")
    assert "/mine stop" in shown.words
    assert "/mine settings" in shown.words
    assert shown.actions == ("mine next",)
    profile = await birch.profile("birch")
    assert profile is not None
    assert (profile.sent_on, profile.sent) == ("2027-03-04", 1)


async def test_over_the_budget_notes_become_one_in_the_morning(birch: Desk) -> None:
    for line in (HELLO, HELLO, HELLO, OTHER):
        await _with(birch, partial(_note, line=line))
        await birch.wind(minutes=1)
    assert len(birch.sent_to("birch")) == 2
    listed = await birch.ask("birch", "mine next")
    assert listed.ids.count("coming-mine-note") == 2
    await birch.wind(hours=20, minutes=55)
    assert len(birch.sent_to("birch")) == 2
    await birch.wind(minutes=10)
    *_, digest = birch.sent_to("birch")
    assert len(birch.sent_to("birch")) == 3
    assert digest.ids == ("peer-pause-over", "mine-kept", "note-stop")
    assert digest.at == datetime(2027, 3, 5, 9, tzinfo=UTC)
    profile = await birch.profile("birch")
    assert profile is not None
    assert (profile.sent_on, profile.sent) == ("2027-03-05", 1)
    await birch.wind(days=3)
    assert len(birch.sent_to("birch")) == 3


async def test_in_quiet_hours_a_note_waits_for_their_end(birch: Desk) -> None:
    await birch.wind(hours=11)
    await _with(birch, _note)
    assert birch.sent_to("birch") == ()
    await birch.wind(hours=10)
    (shown,) = birch.sent_to("birch")
    assert shown.at == datetime(2027, 3, 5, 7, tzinfo=UTC)


async def test_quiet_hours_that_changed_meanwhile_count(birch: Desk) -> None:
    await birch.wind(hours=11)
    await _with(birch, _note)
    await birch.ask("birch", "mine quiet", quiet_to="10:00")
    await birch.wind(hours=20)
    (shown,) = birch.sent_to("birch")
    assert shown.at == datetime(2027, 3, 5, 10, tzinfo=UTC)


async def test_a_budget_of_none_still_gives_a_digest_a_day(birch: Desk) -> None:
    await birch.ask("birch", "mine limits", budget="0")
    for line in (HELLO, OTHER):
        await _with(birch, partial(_note, line=line))
    assert birch.sent_to("birch") == ()
    await birch.wind(days=2)
    assert len(birch.sent_to("birch")) == 1


async def test_a_note_about_something_goes_with_it(birch: Desk) -> None:
    await birch.wind(hours=11)
    await _with(birch, lambda turn, tx, who: note(turn, tx, who, HELLO, subject="something"))
    await _with(birch, lambda _, tx, __: tx.agenda.cancel("something"))
    await birch.wind(days=2)
    assert birch.sent_to("birch") == ()


async def test_whoever_forgot_themselves_is_not_told(birch: Desk) -> None:
    await birch.wind(hours=11)
    await _with(birch, _note)
    await birch.ask("birch", "mine.forget-yes")
    await birch.wind(days=2)
    assert birch.sent_to("birch") == ()


async def test_asked_are_those_who_are_awake_have_budget_and_did_not_pause(birch: Desk) -> None:
    def asked(turn: Turn[Any], tx: Tx, who: Profile) -> bool:
        return may_be_asked(turn, tx, who, "")

    assert await _with(birch, asked)
    await _with(birch, count)
    assert await _with(birch, asked)
    await _with(birch, count)
    assert not await _with(birch, asked)
    await birch.wind(hours=20)
    assert await _with(birch, asked)
    await birch.wind(hours=15)
    assert not await _with(birch, asked)
    await birch.wind(hours=10)
    assert await _with(birch, asked)
    await birch.ask("birch", "peer pause", day="3")
    assert not await _with(birch, asked)
    await birch.wind(days=4)
    assert await _with(birch, asked)


async def test_days_are_counted_by_ones_own_clock_else_the_communitys(world: Desk) -> None:
    community = await world.community()
    await world.ask("linden", "setup language", here=True, zone="Pacific/Auckland")
    await world.ask("birch", "mine limits", budget="2")
    assert await _with(world, lambda _, tx, who: zone_of(tx, who)) == "Pacific/Auckland", "there is only one to mean"
    assert await _with(world, lambda _, tx, who: zone_of(tx, who, community)) == "Pacific/Auckland"
    counted = await _with(world, lambda turn, tx, who: count(turn, tx, who, community))
    assert (counted.sent_on, counted.sent) == ("2027-03-05", 1)
    await world.ask("birch", "mine community")
    assert await _with(world, lambda _, tx, who: zone_of(tx, who)) == "Pacific/Auckland"
    await world.ask("birch", "mine language", zone="Europe/London")
    assert await _with(world, lambda _, tx, who: zone_of(tx, who, community)) == "Europe/London"

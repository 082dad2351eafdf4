"""Notes before a circle: only for whoever asked, naming nothing, never doubled, never too late; and before clocks."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.contract.effect import Effect, NotSent, Result
from bot.contract.facts import Right
from bot.contract.text import Voice
from tests.commands.circle_scene import held, plan, posts, says, told
from tests.commands.desk import START, Desk, desk

AT = START + timedelta(days=7, hours=7)
WEEK = timedelta(days=7)
HOUR = timedelta(hours=1)


@pytest.fixture
async def there(tmp_path: Path) -> AsyncIterator[Desk]:
    async with desk(tmp_path) as opened:
        yield opened


def notes(there: Desk, name: str) -> list[object]:
    return [one.at for one in told(there, name, "circle-note")]


async def test_saying_yes_alone_brings_no_note_and_asking_brings_one_before_each(there: Desk) -> None:
    await plan(there)
    await says(there, "alder", "every")
    answer = await says(there, "rowan", "come")
    assert "1 hour before each meeting" in (await there.press("rowan", answer, "circle.remind")).words
    assert "coming-circle-note" in await there.ask("rowan", "mine next")
    await there.wind_to(AT + WEEK + HOUR)
    assert notes(there, "rowan") == [AT - HOUR, AT + WEEK - HOUR]
    assert notes(there, "alder") == notes(there, "birch") == []
    note = told(there, "rowan", "circle-note")[-1]
    assert "Quiet" not in note.words
    assert "circle-no-notes" in await there.press("rowan", note, "circle.no-notes")
    await there.wind_to(AT + 2 * WEEK + HOUR)
    assert len(notes(there, "rowan")) == 2
    assert there.rows()["circle_wish"] == ()


async def test_how_long_before_is_ones_own(there: Desk) -> None:
    await plan(there)
    noted = await says(there, "rowan", "remind")
    assert "30 minutes" in (await there.press("rowan", noted, "circle.lead", lead="30")).words
    assert "circle-no-notes" in await there.ask("alder", "circle.lead", lead="30", subject=(await held(there))[1].id)
    await there.wind_to(AT)
    assert notes(there, "rowan") == [AT - timedelta(minutes=30)]
    await there.ask("alder", "mine language", language="en")
    await there.wind(hours=3)
    assert "circle-no-notes" in await there.ask("alder", "circle.lead", lead="30", subject=(await held(there))[1].id)
    assert len(there.rows()["circle_wish"]) == 1


async def test_what_is_not_said_is_as_in_ones_own_settings(there: Desk) -> None:
    await plan(there)
    await there.ask("rowan", "mine limits", lead="45")
    noted = await says(there, "rowan", "remind")
    assert "45 minutes before each meeting" in noted.words
    await there.wind_to(AT)
    assert notes(there, "rowan") == [AT - timedelta(minutes=45)]
    # What is said for one circle stays so there; what is asked for later goes by the settings of then.
    await there.ask("rowan", "mine limits", lead="120")
    await there.wind_to(AT + WEEK)
    assert notes(there, "rowan")[1:] == [AT + WEEK - timedelta(minutes=45)]
    await there.wind(hours=2)
    await says(there, "rowan", "no-notes")
    assert "2 hours before each meeting" in (await says(there, "rowan", "remind")).words


async def test_who_cannot_be_written_to_hears_so_privately_and_nothing_is_kept(there: Desk) -> None:
    await plan(there)
    there.platform.closed.add("alder")
    before = there.rows()
    answer = await says(there, "alder", "remind")
    assert "circle-not-noted" in answer
    assert "/circle calendar" in answer.words, "it is offered instead"
    assert there.rows() == before
    assert "circle-no-notes" in await there.ask("alder", "circle.no-notes", subject=(await held(there))[0].id)


async def test_a_note_says_when_by_a_clock_that_is_named(there: Desk) -> None:
    await plan(there, zone="America/Los_Angeles")
    for name in ("alder", "rowan"):
        await says(there, name, "remind")
    await there.ask("rowan", "mine language", zone="Europe/Berlin", language="en")
    await there.wind_to(START + timedelta(days=8))
    assert "Thursday, 11 March, 19:00, America/Los_Angeles" in told(there, "alder", "circle-note")[0].words
    assert "Friday, 12 March, 04:00, Europe/Berlin" in told(there, "rowan", "circle-note")[0].words


async def test_what_is_too_near_for_a_note_has_none(there: Desk) -> None:
    await plan(there)
    await there.wind_to(AT - timedelta(minutes=30))
    await says(there, "alder", "remind")
    await there.wind_to(AT + HOUR)
    assert notes(there, "alder") == []


async def test_who_skips_one_has_no_note_before_it_and_has_one_again_when_they_come(there: Desk) -> None:
    await plan(there)
    await says(there, "alder", "remind")
    await says(there, "alder", "skip")
    assert not [row for row in there.rows()["agenda"] if "circle.note" in row]
    await says(there, "alder", "come")
    await there.wind_to(AT)
    assert notes(there, "alder") == [AT - HOUR]


@pytest.mark.parametrize("how", ["stop", "forget", "left", "waits"])
async def test_no_note_comes_any_more(there: Desk, how: str) -> None:
    await plan(there, seats="2")
    await says(there, "alder", "remind")
    match how:
        case "stop":
            assert "mine-stopped" in await there.ask("alder", "mine stop")
            assert there.rows()["circle_wish"] == ()
        case "forget":
            await there.press("alder", await there.ask("alder", "mine forget"), "mine.forget-yes")
        case "left":
            there.becomes("alder", right=Right.NONE)
        case _:
            for name in ("rowan", "hazel", "alder"):
                await says(there, name, "come")
    await there.wind_to(AT)
    assert notes(there, "alder") == []


async def test_in_quiet_hours_a_note_is_held_and_not_told_when_it_is_over(there: Desk) -> None:
    await plan(there)
    await there.ask("alder", "mine quiet", quiet_from="17:00", quiet_to="23:00")
    await says(there, "alder", "remind")
    await there.wind_to(AT + timedelta(hours=6))
    assert notes(there, "alder") == []


async def test_what_is_late_says_so_and_comes_as_one_message(there: Desk) -> None:
    await plan(there)
    await plan(there, title="Books", meets="2027-03-11 20:00", length="240")
    for one in posts(there):
        more = await there.press("alder", one, "circle.more", here=True)
        await there.press("alder", more, "circle.remind")
    before = len(there.sent_to("alder"))
    there.clock.set(AT - timedelta(minutes=10))
    await there.settle()
    (late,) = there.sent_to("alder")[before:]
    assert late.ids.count("circle-note-late") == 1
    assert "late because I was not running: Thursday, 11 March, 19:00, UTC" in late.words
    there.clock.set(AT + timedelta(minutes=80))
    await there.settle()
    (late,) = there.sent_to("alder")[before + 1 :]
    assert "it began" in late.words
    there.clock.set(AT + WEEK + timedelta(days=3))
    await there.settle()
    assert len(there.sent_to("alder")) == before + 2, "it is over"


async def test_a_note_that_could_not_leave_does_not_come_once_it_is_over(
    there: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(key: str, mark: str, effect: Effect, voice: Voice) -> Result:
        return NotSent(60)

    await plan(there)
    await says(there, "alder", "remind")
    await says(there, "rowan", "remind")
    with monkeypatch.context() as broken:
        broken.setattr(there.platform, "perform", away)
        await there.wind_to(AT - timedelta(minutes=30))
    await there.wind_to(AT - timedelta(minutes=20))
    assert len(notes(there, "alder")) == len(notes(there, "rowan")) == 1, "late, and before it is over"
    with monkeypatch.context() as broken:
        broken.setattr(there.platform, "perform", away)
        await there.wind_to(AT + WEEK + timedelta(hours=3))
    await there.wind(hours=1)
    assert len(notes(there, "alder")) == len(notes(there, "rowan")) == 1
    assert not await there.read(lambda tx: tx.leaving.due("local", there.now, 9))


async def test_two_that_are_late_are_one_message(there: Desk) -> None:
    await plan(there)
    await plan(there, title="Books", meets="2027-03-11 19:30", length="240")
    for one in posts(there):
        more = await there.press("alder", one, "circle.more", here=True)
        await there.press("alder", more, "circle.remind")
    before = len(there.sent_to("alder"))
    there.clock.set(AT + timedelta(minutes=45))
    await there.settle()
    (late,) = there.sent_to("alder")[before:]
    assert late.ids.count("circle-note-late") == 2


async def test_a_note_about_what_is_gone_is_none(there: Desk) -> None:
    await plan(there)
    await says(there, "alder", "remind")
    circle, meeting = await held(there)
    await there.write(lambda tx: tx.circles.remove(circle.id))
    await there.wind_to(AT + HOUR)
    assert notes(there, "alder") == []
    assert "refusal-circle-over" in await there.ask("alder", "circle.remind", subject=meeting.id)


# Clocks


async def test_two_weeks_before_clocks_are_set_who_comes_hears_what_changes_for_them(there: Desk) -> None:
    await plan(there, zone="Europe/Berlin", meets="every thursday 19:00", rhythm="")
    for name, zone in (("alder", "America/New_York"), ("rowan", "Europe/Berlin"), ("hazel", "America/New_York")):
        await there.ask(name, "mine language", zone=zone, language="en")
    await says(there, "alder", "every")
    await says(there, "rowan", "every")
    assert "coming-circle-clocks" in await there.ask("alder", "mine next")
    await there.wind_to(START + timedelta(days=12))
    (told_,) = told(there, "alder", "circle-clocks-you")
    # New York sets its clocks on 14 March, less than two weeks ahead; Berlin on 28 March.
    assert told_.at.day == 14
    assert "at 14:00 by your own clock (America/New_York) is at 13:00 from Thursday, 1 April on" in told_.words
    assert "Quiet" not in told_.words
    assert told(there, "rowan", "circle-clocks-you") == told(there, "hazel", "circle-clocks-you") == []
    assert "coming-circle-clocks" in await there.ask("alder", "mine next"), "the next change, in autumn"


@pytest.mark.parametrize("how", ["takes it back", "left", "stop", "ended"])
async def test_no_word_of_clocks_to_whom_they_concern_no_more(there: Desk, how: str) -> None:
    await plan(there, zone="Europe/Berlin", meets="every thursday 19:00", rhythm="")
    await there.ask("alder", "mine language", zone="America/New_York", language="en")
    await says(there, "alder", "every")
    match how:
        case "takes it back":
            await says(there, "alder", "not-every")
            await says(there, "alder", "skip")
        case "left":
            there.becomes("alder", right=Right.NONE)
        case "stop":
            await there.ask("alder", "mine stop")
        case _:
            circle, _ = await held(there)
            await there.write(lambda tx: tx.circles.remove(circle.id))
    await there.wind_to(START + timedelta(days=12))
    assert told(there, "alder", "circle-clocks-you") == []


async def test_who_comes_once_to_what_is_after_a_change_hears_of_it_too(there: Desk) -> None:
    await plan(there, zone="Europe/Berlin", meets="2027-03-04 19:00", rhythm="monthly")
    await there.ask("alder", "mine language", zone="Asia/Kathmandu", language="en")
    await there.wind(hours=10)
    await says(there, "alder", "come")
    await there.wind_to(START + timedelta(days=12))
    (told_,) = told(there, "alder", "circle-clocks-you")
    assert "23:45" in told_.words
    assert "22:45" in told_.words


async def test_a_late_word_of_clocks_is_none_and_a_single_meeting_has_none(there: Desk) -> None:
    await plan(there, zone="Europe/Berlin", meets="every thursday 19:00", rhythm="")
    await there.ask("alder", "mine language", zone="America/New_York", language="en")
    await says(there, "alder", "every")
    there.clock.set(START + timedelta(days=25))
    await there.settle()
    assert told(there, "alder", "circle-clocks-you") == []
    await plan(there, title="Once", zone="Europe/Berlin", meets="2027-04-20 19:00", rhythm="once")
    planned = there.rows()["agenda"]
    await says(there, "alder", "come")
    assert [row for row in there.rows()["agenda"] if row not in planned] == []


# How near, how late, how many


async def spends(there: Desk) -> None:
    """Let rowan's three messages of the first day be spent, by changes that they are told."""
    await there.ask("rowan", "mine limits", budget="3")
    await plan(there, meets="2027-03-04 19:00")
    for name in ("alder", "rowan"):
        await says(there, name, "come")
    for wall in ("20:00", "20:30", "20:15"):
        await says(there, "alder", "move-one", when=f"2027-03-04 {wall}")
    assert len(told(there, "rowan", "circle-told-moved")) == 3


async def test_a_note_that_was_asked_for_comes_at_its_time_though_the_budget_is_spent(there: Desk) -> None:
    await spends(there)
    await says(there, "rowan", "remind")
    await there.wind(days=1)
    assert notes(there, "rowan") == [START + timedelta(hours=7, minutes=15)]
    assert "mine-next-nothing" not in await there.ask("rowan", "mine next"), "the next one"


async def test_what_the_budget_holds_and_still_comes_before_it_is_held_for_the_digest(there: Desk) -> None:
    await there.ask("alder", "mine limits", budget="0")
    for title in ("Quiet", "Books"):
        await plan(there, title=title, meets="2027-03-05 12:30", rhythm="once")
        remind = await says(there, "alder", "remind")
        await there.press("alder", remind, "circle.lead", lead="1440")
    before = len(there.sent_to("alder"))
    await there.wind(hours=20)
    assert len(there.sent_to("alder")) == before
    await there.wind(hours=3)
    (digest,) = there.sent_to("alder")[before:]
    assert digest.at == START + timedelta(hours=21)
    assert "circle-note" in digest


async def test_a_note_that_quiet_hours_held_past_the_start_says_that_it_began(there: Desk) -> None:
    await plan(there)
    await there.ask("alder", "mine quiet", quiet_from="17:00", quiet_to="19:30")
    await says(there, "alder", "remind")
    await there.wind_to(AT + timedelta(hours=6))
    (kept,) = told(there, "alder", "circle-note-begun")
    assert kept.at == AT + timedelta(minutes=30)
    assert "it began" in kept.words
    assert notes(there, "alder") == []


async def test_what_is_moved_after_its_note_has_another_but_for_who_skips_it(there: Desk) -> None:
    await plan(there)
    for name in ("alder", "rowan", "hazel"):
        await says(there, name, "come")
        await says(there, name, "remind")
    await there.wind_to(AT - timedelta(minutes=30))
    await says(there, "hazel", "skip")
    assert notes(there, "alder") == notes(there, "rowan") == notes(there, "hazel") == [AT - HOUR]
    await says(there, "alder", "move-one", when="2027-03-12 19:00")
    await there.wind_to(AT + timedelta(days=1, hours=3))
    again = [AT - HOUR, AT + timedelta(days=1) - HOUR]
    assert notes(there, "alder") == notes(there, "rowan") == again
    assert notes(there, "hazel") == again[:1]


async def test_a_note_longer_before_it_than_it_is_posted_comes_when_it_is_posted(there: Desk) -> None:
    await plan(there, meets="every day 19:00", rhythm="", length="60")
    noted = await says(there, "alder", "remind")
    assert "posted" not in noted.words
    assert (
        "or when it is posted if that is later" in (await there.press("alder", noted, "circle.lead", lead="2880")).words
    )
    await there.wind(days=4)
    assert notes(there, "alder") == [START + timedelta(days=day, hours=8) for day in range(4)]


# Clocks that are set soon


async def test_who_says_yes_less_than_two_weeks_before_clocks_are_set_reads_it_at_once(there: Desk) -> None:
    await plan(there, zone="UTC", meets="every thursday 19:00", rhythm="")
    assert "circle-clocks-you" not in await says(there, "alder", "every")
    await there.ask("alder", "mine language", zone="America/New_York", language="en")
    answer = await says(there, "alder", "every")
    assert "circle-clocks-you" in answer
    assert "from Thursday, 18 March on" in answer.words
    await there.wind(days=30)
    assert told(there, "alder", "circle-clocks-you") == []


@pytest.mark.parametrize("back", [False, True])
async def test_who_names_their_zone_after_saying_yes_hears_of_clocks_by_it(there: Desk, back: bool) -> None:
    await plan(there, zone="Europe/Berlin", meets="every thursday 19:00", rhythm="")
    await says(there, "alder", "every")
    await says(there, "rowan", "maybe")
    for name in ("alder", "rowan"):
        saved = await there.ask(name, "mine language", zone="Africa/Accra", language="en")
        assert "circle-clocks-you" not in saved, "it is more than two weeks ahead"
    assert "coming-circle-clocks" in await there.ask("alder", "mine next")
    assert "coming-circle-clocks" not in await there.ask("rowan", "mine next"), "who may come is told when they come"
    if back:
        await there.ask("alder", "mine language", zone="Europe/Berlin")
        assert "coming-circle-clocks" not in await there.ask("alder", "mine next")
        assert "circle-clocks-you" not in await there.ask("alder", "mine reset", what="zone"), "of the community"
        assert "coming-circle-clocks" in await there.ask("alder", "mine next")
    await there.wind(days=30)
    assert len(told(there, "alder", "circle-clocks-you")) == 1


async def test_who_names_their_zone_shortly_before_clocks_are_set_reads_what_changes(there: Desk) -> None:
    for title in ("Quiet", "Books"):
        await plan(there, title=title, zone="UTC", meets="every thursday 19:00", rhythm="")
        await says(there, "alder", "every")
    assert (await there.ask("alder", "mine language", zone="America/New_York")).ids.count("circle-clocks-you") == 1
    reset = await there.ask("alder", "mine reset", what="zone")
    assert "circle-clocks-you" not in reset


@pytest.mark.parametrize("rule", ["FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=10 19:00", "FREQ=MONTHLY;INTERVAL=6 19:00"])
async def test_what_meets_seldom_has_a_word_of_clocks_too(there: Desk, rule: str) -> None:
    await there.ask("alder", "mine language", zone="America/New_York", language="en")
    await plan(there, zone="UTC", meets=rule, rhythm="")
    await says(there, "alder", "every")
    await there.wind(days=250)
    assert told(there, "alder", "circle-clocks-you")

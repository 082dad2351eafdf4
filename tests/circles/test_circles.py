"""Circles on every platform: planned, answered, moved, met, and nobody's coming kept; seats; clocks; by two."""

from datetime import datetime, timedelta
from typing import Any, cast
from zoneinfo import ZoneInfo

from tests.checkins.scene import at_rest, plain
from tests.drivers import Evening, every_platform

TITLE = "Lantern circle"


async def planned(evening: Evening, **args: str) -> str:
    """Let birch plan a circle where all see its post; return how it was echoed."""
    birch = evening.person("birch")
    given = {"title": TITLE, "meets": "every friday 19:30", "zone": "Europe/Berlin", **args}
    before = evening.rows()["circle"]
    echo = await birch.asks("circle plan", given, in_room=True)
    assert evening.rows()["circle"] == before
    assert "Planned, and posted" in await birch.presses("draft.use")
    await evening.settle()
    return echo


def post(evening: Evening) -> str:
    """Return the newest post of a circle."""
    return next(said for said in reversed(evening.in_the_room()) if "Will you come?" in said)


async def says(evening: Evening, name: str, what: str) -> str:
    """Let somebody answer on the post; return what they alone read."""
    answer = await evening.person(name).presses_in_room(f"circle.{what}")
    await evening.settle()
    return answer


async def then(evening: Evening, name: str, what: str) -> str:
    """Press something on what somebody was answered privately before; return what they alone read."""
    answer = await evening.person(name).presses(f"circle.{what}")
    await evening.settle()
    return answer


def later(evening: Evening, length: timedelta) -> None:
    """Let time pass while the bot is not running."""
    there = cast(Any, evening)
    if isinstance(there.clock, datetime):
        there.clock += length
    else:
        there.clock.set(there.clock.now() + length)


def told(evening: Evening, name: str, words: str) -> int:
    """Return how often somebody was told something privately."""
    return [words in said for _, said in evening.person(name).was_sent()].count(True)


@every_platform("C1", "C2", "C3", "C7", "C8", "C9", "C11")
async def test_an_evening_from_plan_to_close(evening: Evening) -> None:
    echo = await planned(evening)
    assert "Friday, 5 March 2027, 19:30" in echo
    assert "tomorrow, for 90 minutes" in echo
    assert "Any member here may come" in echo, "wherever it is posted"
    assert "Friday, 12 March" in echo
    assert "Friday, 5 March, 19:30" in post(evening)
    stamps = evening.person("birch").member.platform == "discord"
    # A stamp is read with the date by an app in UTC; what the bot would say of the day after is "18:30 on Friday".
    stamp = "18:30 on 5 March"
    assert (f"On your own clock: {stamp}" if stamps else "Friday, 5 March, 18:30 UTC") in post(evening)
    assert "Friday, 5 March, 19:30, Europe/Berlin" in post(evening)
    answer = await says(evening, "alder", "come")
    assert "You come to" in answer
    assert (stamp if stamps else "Friday, 5 March, 19:30, Europe/Berlin") in plain(evening, answer)
    assert "every time" in await says(evening, "rowan", "every")
    before = at_rest(evening)
    assert "I keep nothing about it" in await says(evening, "hazel", "skip")
    assert at_rest(evening) == before >= {"alder", "rowan"}
    assert not {"birch", "hazel"} & before, "who planned it, and who skips it, is nowhere"
    assert evening.rows()["member"] == 0
    for name in ("alder", "rowan", "birch"):
        assert evening.person(name).name not in post(evening)
    alder = evening.person("alder")
    assert "I will write to you 1 hour before" in await alder.presses("circle.remind")
    await then(evening, "alder", "more")
    assert "You are the host" in await then(evening, "alder", "host")
    assert "Host: " in post(evening)
    assert "2 roles are free" in await evening.person("rowan").asks("circle roles")
    assert "Host: alder" in plain(evening, await then(evening, "rowan", "roles-for"))
    await evening.wind(days=1, hours=5, minutes=30)
    assert told(evening, "alder", "A note you asked for") == 1
    assert told(evening, "alder", TITLE) == 0
    assert told(evening, "rowan", "A note you asked for") == 0, "saying yes alone brings none"
    await evening.wind(hours=1)
    assert any("begins now" in said for said in evening.in_the_room())
    assert evening.rows()["post"] == 0, "the invitation is taken away"
    await evening.wind(minutes=91)
    assert any("comes to its end" in said for said in evening.in_the_room())
    assert "Friday, 12 March, 19:30" in post(evening)
    assert "Host: free" in post(evening)
    assert evening.rows()["circle_answer"] == 1, "rowan comes every time"
    assert evening.rows()["circle_role"] == 0


@every_platform("C6")
async def test_a_seat_that_is_free_is_offered_and_silence_passes_it_on(evening: Evening) -> None:
    await planned(evening, meets="2027-03-09 19:30", seats="2")
    for name, words in (("alder", "You come"), ("rowan", "You come"), ("hazel", "is full"), ("birch", "is full")):
        await evening.wind(minutes=1)
        assert words in await says(evening, name, "come")
    assert "Full" in post(evening)
    await then(evening, "alder", "skip")
    assert told(evening, "hazel", "A seat is free") == 1
    assert told(evening, "birch", "A seat is free") == 0
    before = evening.person("hazel").was_sent()
    await evening.wind(hours=25)
    assert evening.person("hazel").was_sent() == before, "without a word"
    assert told(evening, "birch", "A seat is free") == 1
    assert "You come to" in await evening.person("birch").presses("circle.come")


@every_platform("C5")
async def test_one_is_moved_by_one_and_all_by_two_and_who_comes_is_told_once(evening: Evening) -> None:
    await planned(evening)
    for name in ("alder", "rowan"):
        await says(evening, name, "every")
    alder, rowan = evening.person("alder"), evening.person("rowan")
    await then(evening, "alder", "more")
    assert "This meeting would be" in await alder.presses("circle.move-one", {"when": "2027-03-05 21:00"})
    assert "It is Friday, 5 March, 21:00" in await alder.presses("draft.use")
    await evening.settle()
    assert "21:00" in post(evening)
    assert told(evening, "rowan", "has moved") == 1
    await then(evening, "alder", "more")
    assert "does not take place" in await alder.presses("circle.skip-one")
    await evening.settle()
    assert told(evening, "rowan", "does not take place this time") == 1
    assert "Friday, 12 March, 19:30" in post(evening)
    await says(evening, "alder", "more")
    assert "for a second one" in await alder.presses("circle.end")
    await evening.settle()
    assert alder.name not in evening.in_the_room()[-1]
    assert "It takes a second one" in await alder.presses_in_room("circle.agree")
    assert "Ended, by two" in await rowan.presses_in_room("circle.agree")
    await evening.settle()
    assert told(evening, "alder", "has been ended") == 1
    rows = evening.rows()
    assert [rows[f"circle_{name}"] for name in ("answer", "regular", "change", "role", "wish")] == [0] * 5


@every_platform("C14")
async def test_before_clocks_are_set_who_comes_hears_what_changes_for_them(evening: Evening) -> None:
    await planned(evening)
    await evening.person("alder").asks("mine language", {"language": "en", "zone": "America/New_York"})
    await says(evening, "alder", "every")
    await evening.wind(days=10)
    assert told(evening, "alder", "Clocks are set soon") == 1
    assert told(evening, "alder", "from Friday, 2 April on") == 1
    await evening.wind(days=5)
    assert "Clocks are set on 28 March. The circle keeps to its own time, 19:30." in post(evening)


@every_platform("C16")
async def test_down_for_three_days_one_message_at_most_and_nothing_of_what_is_over(evening: Evening) -> None:
    for title, meets in (("Over", "2027-03-05 19:30"), ("Lanterns", "2027-03-07 18:00"), ("Late", "2027-03-07 18:30")):
        await planned(evening, title=title, meets=meets, length="240")
        await says(evening, "alder", "more")
        assert "I will write to you" in await evening.person("alder").presses("circle.remind")
    before = len(evening.person("alder").was_sent())
    room = len(evening.in_the_room())
    await evening.restart(lambda: later(evening, timedelta(days=3, hours=6)))
    await evening.settle()
    (late,) = [said for _, said in evening.person("alder").was_sent()[before:]]
    assert late.count("late because I was not running: it began") == 2
    assert not any("begins now" in said for said in evening.in_the_room()[room:])
    assert not any(words in said for said in evening.in_the_room() for words in ("Will you come?", "comes to its end"))


@every_platform("C4")
async def test_a_circle_keeps_to_its_own_clock_and_says_when_its_time_does_not_happen(evening: Evening) -> None:
    await planned(evening, meets="every sunday 02:30", length="30")
    await says(evening, "alder", "every")
    alder = evening.person("alder")
    await alder.presses("circle.remind")
    await evening.wind(days=17)  # until Sunday, 21 March, noon
    assert "Sunday, 28 March, 03:30, Europe/Berlin" in post(evening)
    assert "Clocks go forward then and skip 02:30; it starts right after." in post(evening)
    await evening.wind(days=14)
    assert "Sunday, 11 April, 02:30, Europe/Berlin" in post(evening)
    noted = [at.astimezone(ZoneInfo("Europe/Berlin")) for at, words in alder.was_sent() if "A note you asked" in words]
    assert [f"{at:%d.%m. %H:%M}" for at in noted] == [
        "07.03. 01:30",
        "14.03. 01:30",
        "21.03. 01:30",
        "28.03. 01:30",
        "04.04. 01:30",
    ]
    began = [said for said in evening.in_the_room() if "begins now" in said]
    assert [said.splitlines()[0].rsplit(" ", 1)[-1] for said in began] == [
        "03:00.",
        "03:00.",
        "03:00.",
        "04:00.",
        "03:00.",
    ]


@every_platform("C15")
async def test_it_opens_with_what_was_agreed_with_roles_and_words_and_closes_with_a_check_out(evening: Evening) -> None:
    linden, birch = evening.person("linden"), evening.person("birch")
    text = {"title": "Evenings", "statements": "We ask before giving advice.", "review_day": "90"}
    await linden.asks("agreement bring-in", text, in_room=True)
    await linden.presses("draft.use")
    await evening.settle()
    often = {"often": "weekly", "brings": "turn", "wall": "06:00", "openings": "yes"}
    await birch.asks("agreement remind", often, in_room=True)
    await birch.presses("draft.use")
    await evening.settle()
    await planned(evening)
    await says(evening, "alder", "more")
    await then(evening, "alder", "guardian")
    await evening.wind(days=1, hours=6, minutes=30)
    begun = next(said for said in evening.in_the_room() if "begins now" in said)
    for words in ("What we agreed on", "We ask before giving advice.", "Guardian: ", "Talk, listen or pass"):
        assert words in begun
    assert "Guardian: alder" in plain(evening, begun)
    await evening.wind(minutes=91)
    assert any("says a word to check out" in said for said in evening.in_the_room())


@every_platform(
    "C8", but=("matrix",)
)  # there all choices stand in the private conversation: without it, none is pressed
async def test_who_cannot_be_written_to_hears_so_when_they_ask_and_is_offered_the_calendar(evening: Evening) -> None:
    await planned(evening)
    await says(evening, "alder", "come")
    alder = evening.person("alder")
    alder.becomes(open=False)
    answer = await alder.presses("circle.remind")
    assert "I could not write to you privately" in answer
    assert "circle calendar" in answer
    assert evening.rows()["circle_wish"] == 0
    before = evening.in_the_room()
    await evening.wind(days=1, hours=6)
    assert evening.in_the_room() == before, "never a public mention"

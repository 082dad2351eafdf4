"""Rhythms as people type them."""

from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.errors import Refusal
from bot.domain.rhythm import next_meeting, plan
from bot.domain.rhythm_words import LONGEST, read_rhythm
from bot.domain.rrule import Rule, written
from bot.domain.times import Moment, place

NOW = datetime(2027, 3, 4, 12, tzinfo=UTC)
BERLIN = "Europe/Berlin"


def phrases() -> list[tuple[str, str]]:
    lines = (Path(__file__).parent / "phrases.txt").read_text(encoding="utf-8").splitlines()
    return [(line.split(" = ")[0], line.split(" = ")[1]) for line in lines if line and not line.startswith("#")]


def meaning(typed: str) -> str:
    try:
        rule, moment = read_rhythm(typed)
        if rule is not None:
            assert moment == Moment(clock=moment.clock)
            return f"{written(rule)} @ {moment.clock:%H:%M}"
        return f"{place(moment, NOW, BERLIN).at.astimezone(ZoneInfo(BERLIN)):%Y-%m-%d %H:%M}"
    except Refusal:
        return "?"


@pytest.mark.parametrize(("typed", "meant"), phrases())
def test_what_people_type_means_what_it_must_or_is_asked_about(typed: str, meant: str) -> None:
    assert meaning(typed) == meant
    assert meaning(f"  {typed.upper()} ") == meant


def test_there_are_enough_of_them() -> None:
    assert len(phrases()) >= 150
    assert len(dict(phrases())) == len(phrases())


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("every second tuesday 19:30", "rhythm-either"),
        ("jeden vierten Montag um 19 Uhr", "rhythm-either"),
        ("biweekly on tuesdays 19:30", "rhythm-either"),
        ("every tuesday", "rhythm-unknown"),
        ("every tuesday at 7", "clock-either"),
        ("every other tuesday at 7", "clock-either"),
        ("yearly on some day 19:30", "rhythm-unknown"),
        ("every sixth tuesday 19:30", "rhythm-unknown"),
        ("every 0 weeks on tuesday 19:30", "rhythm-unknown"),
        ("every month on the 32nd 19:30", "rhythm-unknown"),
        ("every 99 weeks on tuesday 19:30", None),
        ("FREQ=HOURLY 19:30", "rhythm-often"),
        ("FREQ=DAILY", "when-unknown"),
        ("FREQ=DAILY tomorrow 19:30", "when-unknown"),
        ("FREQ=WEEKLY;X=1 19:30", "rhythm-unknown"),
        ("someday", "when-unknown"),
        ("x" * (LONGEST + 1), "when-unknown"),
    ],
)
def test_what_is_not_read_is_refused_with_what_it_could_be(typed: str, code: str | None) -> None:
    if code is None:
        assert read_rhythm(typed) == (Rule("WEEKLY", 99, weekdays=((0, 1),)), Moment(clock=time(19, 30)))
        return
    with pytest.raises(Refusal) as refused:
        read_rhythm(typed)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("typed", "near", "far"),
    [
        ("next friday 19:30", date(2027, 3, 5), date(2027, 3, 12)),
        ("03/04/2027 19:30", date(2027, 3, 4), date(2027, 4, 3)),
        ("4/3/2027 19:30", date(2027, 3, 4), date(2027, 4, 3)),
    ],
)
def test_of_two_days_both_are_said(typed: str, near: date, far: date) -> None:
    with pytest.raises(Refusal) as refused:
        place(read_rhythm(typed)[1], NOW, BERLIN)
    assert refused.value.code == "when-either"
    assert refused.value.facts == {"near": near, "far": far}


def test_a_day_without_a_year_is_the_next_one() -> None:
    leap = read_rhythm("29 February 19:30")[1]
    assert place(leap, datetime(2027, 6, 1, tzinfo=UTC), BERLIN).at.date() == date(2028, 2, 29)
    for far in (datetime(2025, 6, 1, tzinfo=UTC), datetime(2028, 6, 1, tzinfo=UTC)):
        with pytest.raises(Refusal) as refused:
            place(leap, far, BERLIN)
        assert refused.value.code == "when-far"


def test_what_is_read_can_be_planned() -> None:
    rule, moment = read_rhythm("every other tuesday 19:30")
    assert moment.clock is not None
    series = plan(rule, date(2027, 3, 4), moment.clock, BERLIN, NOW)
    meeting = next_meeting(series, NOW)
    assert meeting is not None
    assert meeting.day == date(2027, 3, 9)


_PIECES = st.sampled_from(sorted({word for typed, _ in phrases() for word in typed.split()}))


@given(st.text(max_size=LONGEST + 10) | st.lists(_PIECES, min_size=1, max_size=7).map(" ".join))
@settings(deadline=None)
def test_whatever_is_typed_is_read_or_refused(typed: str) -> None:
    try:
        rule, moment = read_rhythm(typed)
    except Refusal:
        return
    assert (rule is None) or moment.clock is not None

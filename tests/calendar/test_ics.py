"""What a calendar file says, and what programs that are not ours read in it."""

import re
import shutil
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from bot.contract.text import Said
from bot.domain.rhythm import Series, meetings, rest
from bot.domain.rrule import days, parse_rule
from tests.calendar.reading import Khal, by_recurring_ical_events, by_vobject, event, file_of, parsed
from tests.domain.zones import ZONES, ten_years

WALLS = (time(0, 30), time(2, 15), time(2, 30), time(19, 30))
RULES = (
    "FREQ=DAILY",
    "FREQ=WEEKLY",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU",
    "FREQ=WEEKLY;BYDAY=SA,SU;COUNT=150",
    "FREQ=MONTHLY;BYDAY=-1SU",
    "FREQ=MONTHLY;BYMONTHDAY=31",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;UNTIL=20320401",
    "FREQ=YEARLY;BYMONTH=3,10;BYDAY=-1SU",
)
AFTER, BEFORE = datetime(2025, 12, 30, tzinfo=UTC), datetime(2027, 4, 1, tzinfo=UTC)


def series_of(rule: str, zone: str, wall: time, begins: date = date(2026, 1, 1)) -> Series:
    read = parse_rule(rule)
    return Series(read, next(days(read, begins)), wall, zone)


def local(*parts: int) -> datetime:
    """Return a local time, without a zone."""
    return datetime(*parts)  # type: ignore[arg-type] # noqa: DTZ001 - what `Series` holds


def weekly(**changes: datetime | None) -> Series:
    """Return Thursdays at 19:30 in Berlin; changes by their day, ``d0305``."""
    by_day = {date(2026, int(name[1:3]), int(name[3:])): to for name, to in changes.items()}
    return Series(parse_rule("FREQ=WEEKLY"), date(2026, 3, 5), time(19, 30), "Europe/Berlin", by_day)


# What other programs find


@given(
    st.sampled_from(RULES),
    st.sampled_from(ZONES),
    st.sampled_from(WALLS),
    st.dates(date(2026, 1, 1), date(2026, 3, 31)),
    st.dictionaries(st.integers(0, 60), st.none() | st.integers(1, 9), max_size=4),
    st.sets(st.integers(0, 60), max_size=3),
)
@settings(max_examples=12, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
def test_two_other_programs_find_the_meetings_that_the_bot_means(
    rule: str, zone: str, wall: time, begins: date, changed: dict[int, int | None], unwished: set[int]
) -> None:
    series = series_of(rule, zone, wall, begins)
    said = [one.day for one in meetings(series, AFTER, BEFORE)]
    changes = {
        said[number]: None if by is None else datetime.combine(said[number] + timedelta(days=by), time(2, 20))
        for number, by in changed.items()
        if number < len(said)
    }
    left_out = frozenset(said[number] for number in unwished if number < len(said))
    series = Series(series.rule, series.first, wall, zone, changes)
    ours = [one.at for one in meetings(series, AFTER, BEFORE) if one.day not in left_out]
    words = file_of(event(series, left_out=left_out))
    assert by_recurring_ical_events(words, AFTER, BEFORE) == ours
    assert by_vobject(words, AFTER, BEFORE) == ours


@pytest.mark.parametrize(("rule", "zone"), ten_years(RULES))
def test_two_other_programs_find_them_for_ten_years(rule: str, zone: str) -> None:
    before = datetime(2036, 1, 1, tzinfo=UTC)
    for wall in WALLS:
        series = series_of(rule, zone, wall)
        ours = [one.at for one in meetings(series, AFTER, before)]
        words = file_of(event(series))
        assert by_recurring_ical_events(words, AFTER, before) == ours
        assert by_vobject(words, AFTER, before) == ours


@pytest.mark.skipif(shutil.which("khal") is None, reason="needs Debian's khal")
def test_khal_shows_the_meetings_that_the_bot_means(tmp_path: Path) -> None:
    events, ours = [], []
    since, until = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 11, 30, tzinfo=UTC)
    for number, (zone, wall) in enumerate(
        [
            ("Europe/Berlin", time(2, 30)),
            ("America/Havana", time(0, 30)),
            ("Australia/Lord_Howe", time(2, 15)),
            ("Africa/Casablanca", time(2, 30)),
        ]
    ):
        off, moved = date(2026, 4, 5), date(2026, 5, 3)
        changes = {off: None, moved: local(2026, 5, 6, 20)}
        series = Series(parse_rule("FREQ=WEEKLY"), date(2026, 3, 1), wall, zone, changes)
        events.append(event(series, id=str(number), left_out=frozenset({date(2026, 6, 7)})))
        ours += [(one.at, "Meeting") for one in meetings(series, since, until) if one.day != date(2026, 6, 7)]
        plain = Series(series.rule, series.first, wall, zone)
        ours += [(one.at, "Cancelled: Meeting") for one in meetings(plain, since, until) if one.day == off]
    khal = Khal(tmp_path)
    khal.take(file_of(*events))
    assert khal.shows(since.date(), until.date() - timedelta(days=1)) == sorted(set(ours))


@pytest.mark.skipif(shutil.which("khal") is None, reason="needs Debian's khal")
def test_khal_takes_a_changed_file_in_the_place_of_the_first(tmp_path: Path) -> None:
    khal, day = Khal(tmp_path), date(2026, 3, 12)
    khal.take(file_of(event(weekly(), only=day)))
    assert khal.shows(date(2026, 3, 1), date(2026, 4, 1)) == [(datetime(2026, 3, 12, 18, 30, tzinfo=UTC), "Meeting")]
    khal.take(file_of(event(weekly(d0312=local(2026, 3, 13, 20)), only=day, sequence=1)))
    assert khal.shows(date(2026, 3, 1), date(2026, 4, 1)) == [(datetime(2026, 3, 13, 19, tzinfo=UTC), "Meeting")]
    khal.take(file_of(event(weekly(d0312=None), only=day, sequence=2)))
    assert [title for _, title in khal.shows(date(2026, 3, 1), date(2026, 4, 1))] == ["Cancelled: Meeting"]


@pytest.mark.skipif(shutil.which("khal") is None, reason="needs Debian's khal")
def test_khal_shows_what_was_to_come_of_a_circle_that_ended_as_called_off_once(tmp_path: Path) -> None:
    khal = Khal(tmp_path)
    khal.take(file_of(event(weekly())))
    khal.take(file_of(event(rest(weekly(), date(2026, 3, 19)), ended=True, sequence=1)))
    shown = khal.shows(date(2026, 3, 1), date(2026, 4, 1))
    assert [(at.day, title) for at, title in shown] == [(19, "Cancelled: Meeting"), (26, "Cancelled: Meeting")]


# What stands in it


def test_a_series_says_when_it_meets_and_nothing_of_anybody() -> None:
    words = file_of(event(weekly(), sequence=3))
    (one,) = parsed(words)
    assert one["RRULE"].to_ical() == b"FREQ=WEEKLY"
    assert "DTSTART;TZID=Europe/Berlin:20260305T193000" in words
    assert (one["SUMMARY"], one["SEQUENCE"], one["STATUS"], one["CLASS"]) == ("Meeting", 3, "CONFIRMED", "PRIVATE")
    assert one["DURATION"].dt == timedelta(minutes=90)
    names = set(re.findall(r"^([A-Z-]+)[;:]", words, re.MULTILINE))
    assert not names & {"ATTENDEE", "ORGANIZER", "LOCATION", "DESCRIPTION", "CONTACT", "COMMENT", "URL", "METHOD"}
    assert "NAME:Meetings" in words
    assert all(len(line.encode()) <= 75 for line in words.split("\r\n")), "RFC 5545 section 3.1"


def test_its_words_are_in_the_language_of_its_reader() -> None:
    words = file_of(event(weekly(d0312=None)), locale="de")
    assert [one["SUMMARY"] for one in parsed(words)] == ["Treffen", "Abgesagt: Treffen"]


def test_a_name_stands_in_it_where_its_reader_wishes_and_cannot_break_it() -> None:
    name = "Quiet; evenings,\r\nATTENDEE:mailto:x@example.org \\n\x07"
    words = file_of(event(weekly(d0312=None), title=Said(name)))
    whole, off = parsed(words)
    assert whole["SUMMARY"] == "Quiet; evenings,  ATTENDEE:mailto:x@example.org \\n "
    assert off["SUMMARY"] == "Cancelled: " + whole["SUMMARY"]
    assert "\r\nATTENDEE" not in words


def test_the_name_of_an_event_is_always_the_same_and_tells_nothing() -> None:
    uid = parsed(file_of(event(weekly())))[0]["UID"]
    assert uid == parsed(file_of(event(weekly(d0312=None), sequence=9), locale="de"))[0]["UID"]
    assert uid == "cf761f6b0811ab13c2b48b96104758f7"
    assert uid != parsed(file_of(event(weekly(), id="two")))[0]["UID"]


def test_a_meeting_that_is_moved_says_which_it_was() -> None:
    words = file_of(event(weekly(d0312=local(2026, 3, 13, 20)), sequence=5))
    whole, moved = parsed(words)
    assert "RECURRENCE-ID;TZID=Europe/Berlin:20260312T193000" in words
    assert "DTSTART;TZID=Europe/Berlin:20260313T200000" in words
    assert (whole["UID"], whole["SEQUENCE"]) == (moved["UID"], 5)
    assert (moved["SEQUENCE"], moved["STATUS"], moved["SUMMARY"]) == (5, "CONFIRMED", "Meeting")


def test_a_meeting_that_is_called_off_is_seen_so() -> None:
    words = file_of(event(weekly(d0312=None), sequence=1))
    off = parsed(words)[1]
    assert "RECURRENCE-ID;TZID=Europe/Berlin:20260312T193000" in words
    assert (off["STATUS"], off["TRANSP"], off["SUMMARY"]) == ("CANCELLED", "TRANSPARENT", "Cancelled: Meeting")
    assert [one["SEQUENCE"] for one in parsed(words)] == [1, 1]


def test_what_a_member_does_not_wish_to_see_is_left_out_also_when_it_is_moved() -> None:
    day = date(2026, 3, 12)
    words = file_of(event(weekly(d0312=local(2026, 3, 13, 20)), left_out=frozenset({day, date(2026, 3, 13)})))
    assert "EXDATE;TZID=Europe/Berlin:20260312T193000" in words
    assert words.count("EXDATE") == 1, "a day that the rule does not say needs none"
    assert len(parsed(words)) == 1


def test_a_change_of_a_day_that_the_rule_does_not_say_has_no_effect() -> None:
    assert file_of(event(weekly(d0313=None))) == file_of(event(weekly()))


def test_a_circle_that_ended_is_called_off_whole() -> None:
    (one,) = parsed(file_of(event(weekly(), ended=True, sequence=4)))
    assert (one["STATUS"], one["SUMMARY"], one["SEQUENCE"]) == ("CANCELLED", "Cancelled: Meeting", 4)


def test_a_time_that_comes_twice_or_never_is_given_in_utc() -> None:
    series = series_of("FREQ=WEEKLY;BYDAY=SU", "Europe/Berlin", time(2, 30))
    words = file_of(event(series))
    for said, at in {"20260329T023000": "20260329T013000Z", "20261025T023000": "20261025T003000Z"}.items():
        assert f"RECURRENCE-ID;TZID=Europe/Berlin:{said}" in words
        assert f"DTSTART:{at}" in words
    assert len(parsed(words)) == 1 + 2 * 11, "two a year, this year and ten more"


def test_one_meeting_alone_has_a_name_of_its_own() -> None:
    day = date(2026, 3, 12)
    (one,) = parsed(file_of(event(weekly(), only=day, sequence=2)))
    assert "RRULE" not in one
    assert "RECURRENCE-ID" not in one
    assert one["SEQUENCE"] == 2
    assert one["DTSTART"].dt.astimezone(UTC) == datetime(2026, 3, 12, 18, 30, tzinfo=UTC)
    assert one["UID"] != parsed(file_of(event(weekly())))[0]["UID"]
    assert one["UID"] != parsed(file_of(event(weekly(), only=date(2026, 3, 19))))[0]["UID"]
    off = file_of(event(weekly(d0312=None), only=day))
    assert parsed(off)[0]["UID"] == one["UID"]
    assert parsed(off)[0]["STATUS"] == "CANCELLED"


def test_a_circle_that_meets_once_is_the_same_as_its_meeting() -> None:
    day = date(2026, 3, 5)
    once = Series(None, day, time(2, 30), "Europe/Berlin")
    assert file_of(event(once)) == file_of(event(once, only=day))
    (moved,) = parsed(file_of(event(Series(None, day, once.wall, once.zone, {day: local(2026, 3, 29, 2, 30)}))))
    assert moved["DTSTART"].dt == datetime(2026, 3, 29, 1, 30, tzinfo=UTC), "that time does not happen on that day"
    assert "RECURRENCE-ID" not in moved


@pytest.mark.parametrize("zone", ["UTC", "Etc/UTC"])
def test_utc_needs_no_zone(zone: str) -> None:
    words = file_of(event(Series(parse_rule("FREQ=WEEKLY"), date(2026, 3, 5), time(19, 30), zone)))
    assert "VTIMEZONE" not in words
    assert "DTSTART:20260305T193000Z" in words


def test_a_day_that_a_zone_leaves_out_takes_no_other_with_it() -> None:
    # Samoa went from 29 to 31 December 2011: a daily meeting of the 30th falls together with that of the 31st. Left
    # out by its day it would take the other with it: programs compare instants.
    series = series_of("FREQ=DAILY;COUNT=10", "Pacific/Apia", time(19, 30), date(2011, 12, 25))
    words = file_of(event(series), now=datetime(2011, 12, 1, tzinfo=UTC))
    after, before = datetime(2011, 12, 1, tzinfo=UTC), datetime(2012, 2, 1, tzinfo=UTC)
    ours = [one.at for one in meetings(series, after, before)]
    assert len(ours) == 9
    assert sorted(set(by_recurring_ical_events(words, after, before))) == ours


def test_zones_come_once_each_and_reach_back_to_the_first_meeting() -> None:
    old = Series(parse_rule("FREQ=WEEKLY"), date(2021, 3, 4), time(19, 30), "Europe/Berlin")
    words = file_of(event(weekly()), event(old, id="two"))
    assert words.count("BEGIN:VTIMEZONE") == 1
    assert "DTSTART:20200101T010000" in words
    assert words.index("END:VTIMEZONE") < words.index("BEGIN:VEVENT")


def test_but_for_its_stamps_the_same_file_comes_out_all_year() -> None:
    late = file_of(event(weekly()), now=datetime(2026, 12, 31, 23, tzinfo=UTC))
    assert "DTSTAMP:20261231T230000Z" in late
    assert re.sub("DTSTAMP:.*", "", late) == re.sub("DTSTAMP:.*", "", file_of(event(weekly())))

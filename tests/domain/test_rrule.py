"""Recurrence rules: RFC 5545's own examples, three other programs, and what is refused."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice, takewhile

import pytest
from dateutil.rrule import rrulestr
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from bot.domain.errors import Refusal
from bot.domain.rrule import AHEAD, LONGEST, RAREST, Rule, beginnings, days, parse_rule, written

SEPTEMBER = "1997-09-02"
JANUARIES = "1998: 1/1-31 1999: 1/1-31 2000: 1/1-31"

# RFC 5545 section 3.8.5.3, in its order: the rule, its first day, the days that it lists. What it lists for 9:00 in
# New York is days here; an end by an instant is one by the last day before it.
EXAMPLES = [
    ("FREQ=DAILY;COUNT=10", SEPTEMBER, "1997: 9/2-11"),
    ("FREQ=DAILY;UNTIL=19971223", SEPTEMBER, "1997: 9/2-30 10/1-31 11/1-30 12/1-23"),
    ("FREQ=DAILY;INTERVAL=2", SEPTEMBER, "1997: 9/2,4,6,8,10,12,14,16,18,20,22,24,26,28,30 10/2,4,6"),
    ("FREQ=DAILY;INTERVAL=10;COUNT=5", SEPTEMBER, "1997: 9/2,12,22 10/2,12"),
    ("FREQ=YEARLY;UNTIL=20000131;BYMONTH=1;BYDAY=SU,MO,TU,WE,TH,FR,SA", "1998-01-01", JANUARIES),
    ("FREQ=DAILY;UNTIL=20000131;BYMONTH=1", "1998-01-01", JANUARIES),
    ("FREQ=WEEKLY;COUNT=10", SEPTEMBER, "1997: 9/2,9,16,23,30 10/7,14,21,28 11/4"),
    ("FREQ=WEEKLY;UNTIL=19971223", SEPTEMBER, "1997: 9/2,9,16,23,30 10/7,14,21,28 11/4,11,18,25 12/2,9,16,23"),
    ("FREQ=WEEKLY;INTERVAL=2;WKST=SU", SEPTEMBER, "1997: 9/2,16,30 10/14,28 11/11,25 12/9,23 1998: 1/6,20 2/3,17"),
    ("FREQ=WEEKLY;UNTIL=19971006;WKST=SU;BYDAY=TU,TH", SEPTEMBER, "1997: 9/2,4,9,11,16,18,23,25,30 10/2"),
    ("FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH", SEPTEMBER, "1997: 9/2,4,9,11,16,18,23,25,30 10/2"),
    (
        "FREQ=WEEKLY;INTERVAL=2;UNTIL=19971223;WKST=SU;BYDAY=MO,WE,FR",
        "1997-09-01",
        "1997: 9/1,3,5,15,17,19,29 10/1,3,13,15,17,27,29,31 11/10,12,14,24,26,28 12/8,10,12,22",
    ),
    ("FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH", SEPTEMBER, "1997: 9/2,4,16,18,30 10/2,14,16"),
    ("FREQ=MONTHLY;COUNT=10;BYDAY=1FR", "1997-09-05", "1997: 9/5 10/3 11/7 12/5 1998: 1/2 2/6 3/6 4/3 5/1 6/5"),
    ("FREQ=MONTHLY;UNTIL=19971223;BYDAY=1FR", "1997-09-05", "1997: 9/5 10/3 11/7 12/5"),
    (
        "FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU",
        "1997-09-07",
        "1997: 9/7,28 11/2,30 1998: 1/4,25 3/1,29 5/3,31",
    ),
    ("FREQ=MONTHLY;COUNT=6;BYDAY=-2MO", "1997-09-22", "1997: 9/22 10/20 11/17 12/22 1998: 1/19 2/16"),
    ("FREQ=MONTHLY;BYMONTHDAY=-3", "1997-09-28", "1997: 9/28 10/29 11/28 12/29 1998: 1/29 2/26"),
    ("FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15", SEPTEMBER, "1997: 9/2,15 10/2,15 11/2,15 12/2,15 1998: 1/2,15"),
    ("FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1", "1997-09-30", "1997: 9/30 10/1,31 11/1,30 12/1,31 1998: 1/1,31 2/1"),
    (
        "FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15",
        "1997-09-10",
        "1997: 9/10-15 1999: 3/10-13",
    ),
    (
        "FREQ=MONTHLY;INTERVAL=2;BYDAY=TU",
        SEPTEMBER,
        "1997: 9/2,9,16,23,30 11/4,11,18,25 1998: 1/6,13,20,27 3/3,10,17,24,31",
    ),
    (
        "FREQ=YEARLY;COUNT=10;BYMONTH=6,7",
        "1997-06-10",
        "1997: 6/10 7/10 1998: 6/10 7/10 1999: 6/10 7/10 2000: 6/10 7/10 2001: 6/10 7/10",
    ),
    (
        "FREQ=YEARLY;INTERVAL=2;COUNT=10;BYMONTH=1,2,3",
        "1997-03-10",
        "1997: 3/10 1999: 1/10 2/10 3/10 2001: 1/10 2/10 3/10 2003: 1/10 2/10 3/10",
    ),
    (
        "FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200",
        "1997-01-01",
        "1997: 1/1 4/10 7/19 2000: 1/1 4/9 7/18 2003: 1/1 4/10 7/19 2006: 1/1",
    ),
    ("FREQ=YEARLY;BYDAY=20MO", "1997-05-19", "1997: 5/19 1998: 5/18 1999: 5/17"),
    ("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", "1997-05-12", "1997: 5/12 1998: 5/11 1999: 5/17"),
    (
        "FREQ=YEARLY;BYMONTH=3;BYDAY=TH",
        "1997-03-13",
        "1997: 3/13,20,27 1998: 3/5,12,19,26 1999: 3/4,11,18,25",
    ),
    (
        "FREQ=YEARLY;BYDAY=TH;BYMONTH=6,7,8",
        "1997-06-05",
        "1997: 6/5,12,19,26 7/3,10,17,24,31 8/7,14,21,28 1998: 6/4,11,18,25 7/2,9,16,23,30 8/6,13,20,27",
    ),
    ("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", SEPTEMBER, "1998: 2/13 3/13 11/13 1999: 8/13 2000: 10/13"),
    (
        "FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13",
        "1997-09-13",
        "1997: 9/13 10/11 11/8 12/13 1998: 1/10 2/7 3/7 4/11 5/9 6/13",
    ),
    (
        "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8",
        "1996-11-05",
        "1996: 11/5 2000: 11/7 2004: 11/2",
    ),
    ("FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3", "1997-09-04", "1997: 9/4 10/7 11/6"),
    (
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2",
        "1997-09-29",
        "1997: 9/29 10/30 11/27 12/30 1998: 1/29 2/26 3/30",
    ),
    ("FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", "1997-08-05", "1997: 8/5,10,19,24"),
    ("FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", "1997-08-05", "1997: 8/5,17,19,31"),
    ("FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5", "2007-01-15", "2007: 1/15,30 2/15 3/15,30"),
]


def listed(words: str) -> list[date]:
    """Return the days of a list: ``1997: 9/2,4 10/1-3``."""
    found: list[date] = []
    year = 0
    for word in words.split():
        if word.endswith(":"):
            year = int(word[:-1])
            continue
        month, among = word.split("/")
        for part in among.split(","):
            low, _, high = part.partition("-")
            found += [date(year, int(month), day) for day in range(int(low), int(high or low) + 1)]
    return found


@pytest.mark.parametrize(("rule", "first", "expected"), EXAMPLES)
def test_an_example_of_the_rfc(rule: str, first: str, expected: str) -> None:
    read, wanted = parse_rule(rule), listed(expected)
    found = list(islice(days(read, date.fromisoformat(first)), len(wanted) + 1))
    assert found[: len(wanted)] == wanted
    assert (len(found) == len(wanted)) is (read.count is not None or read.until is not None), "it ends where it says"
    assert parse_rule(written(read)) == read


@pytest.mark.parametrize(
    ("why", "rule", "first", "expected"),
    [
        ("29 February comes in leap years", "FREQ=YEARLY", "2096-02-29", "2096: 2/29 2104: 2/29 2108: 2/29"),
        ("months without a 31st are left out", "FREQ=MONTHLY", "2027-01-31", "2027: 1/31 3/31 5/31 7/31 8/31 10/31"),
        (
            "months without a fifth Friday, too",
            "FREQ=MONTHLY;BYDAY=5FR",
            "2027-01-29",
            "2027: 1/29 4/30 7/30 10/29 12/31",
        ),
        ("the last day of a month", "FREQ=MONTHLY;BYMONTHDAY=-1", "2028-01-31", "2028: 1/31 2/29 3/31"),
        ("with a place and without", "FREQ=MONTHLY;BYDAY=MO,-1WE", "2027-03-01", "2027: 3/1,8,15,22,29,31 4/5"),
        (
            "29 February on a Monday",
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO",
            "2028-01-01",
            "2044: 2/29 2072: 2/29 2112: 2/29",
        ),
        ("a first day that does not fit is none", "FREQ=WEEKLY;BYDAY=TU;COUNT=2", "2027-03-04", "2027: 3/9,16"),
        ("week 53", "FREQ=YEARLY;BYWEEKNO=53;BYDAY=TH", "2026-01-01", "2026: 12/31 2032: 12/30 2037: 12/31"),
        ("the last day of a year", "FREQ=YEARLY;BYYEARDAY=366,-1", "2027-01-01", "2027: 12/31 2028: 12/31 2029: 12/31"),
        ("the last Friday of a year", "FREQ=YEARLY;BYDAY=-1FR", "2027-01-01", "2027: 12/31 2028: 12/29"),
        (
            "the last Friday of two months",
            "FREQ=YEARLY;BYMONTH=3,5;BYDAY=-1FR",
            "2027-01-01",
            "2027: 3/26 5/28 2028: 3/31",
        ),
        (
            "the first and last working day",
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1,1",
            "2027-05-01",
            "2027: 5/3,31 6/1,30",
        ),
        (
            "places that there are not",
            "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=5,-5",
            "2027-03-01",
            "2027: 3/1,29 5/3,31 8/2,30",
        ),
    ],
)
def test_days_that_not_every_month_or_year_has(why: str, rule: str, first: str, expected: str) -> None:
    wanted = listed(expected)
    assert list(islice(days(parse_rule(rule), date.fromisoformat(first)), len(wanted))) == wanted, why


NEVER = [
    "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=WEEKLY;BYDAY=MO;BYSETPOS=2",
    "FREQ=MONTHLY;BYDAY=6MO",
    "FREQ=MONTHLY;BYMONTH=4;BYMONTHDAY=31",
    "FREQ=YEARLY;BYMONTH=6;BYWEEKNO=53;BYDAY=MO",
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=DAILY;UNTIL=20270303",
    "FREQ=DAILY;UNTIL=00010101",
]


@pytest.mark.parametrize("rule", NEVER)
def test_what_never_happens_is_seen_at_once(rule: str) -> None:
    looked: list[date] = []
    assert list(days(parse_rule(rule), date(2027, 3, 4))) == looked


def test_after_long_enough_without_a_day_there_is_none() -> None:
    sparse = Rule("YEARLY", interval=3, months=(2,), month_days=(29,), weekdays=((0, 0),))
    assert list(islice(days(sparse, date(2044, 1, 1)), 3)) == [date(2044, 2, 29)]
    assert date(2128, 2, 29).weekday() == 6
    assert date(2112, 2, 29) - date(2072, 2, 29) < AHEAD


def test_at_the_end_of_all_years_days_end() -> None:
    for rule in ("FREQ=DAILY", "FREQ=WEEKLY", "FREQ=MONTHLY;INTERVAL=48", "FREQ=YEARLY;INTERVAL=4"):
        for until in ("", ";UNTIL=99991231", ";UNTIL=99991231T235959Z"):
            found = list(days(parse_rule(rule + until), date(8999, 12, 1)))
            assert found[0] == date(8999, 12, 1)
            assert found[-1] <= date(9000, 1, 2)
        assert list(islice(days(parse_rule(rule), date(2027, 1, 1), date(9999, 12, 31)), 1)) == []


def test_an_end_at_an_instant_leaves_a_day_to_spare() -> None:
    rule = parse_rule("FREQ=DAILY;UNTIL=20270306T120000Z")
    assert rule.until == datetime(2027, 3, 6, 12, tzinfo=UTC)
    assert list(days(rule, date(2027, 3, 5))) == [date(2027, 3, day) for day in (5, 6, 7)]


@pytest.mark.parametrize(
    ("rule", "day", "expected"),
    [
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "2027-03-04", ["2027-03-09", "2027-03-16"]),
        ("FREQ=WEEKLY;INTERVAL=2", "2027-03-04", ["2027-03-04", "2027-03-11"]),
        ("FREQ=MONTHLY;INTERVAL=6;BYDAY=1TH;COUNT=1", "2027-03-05", ["2027-04-01", "2027-05-06"]),
        ("FREQ=MONTHLY;BYDAY=1TH;UNTIL=20270430", "2027-03-05", ["2027-04-01"]),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "2027-03-05", []),
    ],
)
def test_when_a_rule_can_begin(rule: str, day: str, expected: list[str]) -> None:
    start = date.fromisoformat(day)
    assert [str(one) for one in islice(beginnings(parse_rule(rule), start, start), 2)] == expected


def test_when_a_rule_can_begin_that_could_have_begun_before() -> None:
    assert next(beginnings(Rule("WEEKLY", 2), date(2027, 3, 4), date(2027, 3, 5))) == date(2027, 3, 11)


# Reading


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("FREQ=WEEKLY", Rule("WEEKLY")),
        (" rrule:freq=weekly;interval=2;byday=tu ", Rule("WEEKLY", 2, weekdays=((0, 1),))),
        ("BYDAY=+2TU,-1FR,SU;FREQ=MONTHLY", Rule("MONTHLY", weekdays=((2, 1), (-1, 4), (0, 6)))),
        ("FREQ=DAILY;COUNT=05", Rule("DAILY", count=5)),
        ("FREQ=DAILY;UNTIL=20271224", Rule("DAILY", until=date(2027, 12, 24))),
        ("FREQ=WEEKLY;WKST=SU", Rule("WEEKLY", week_start=6)),
        ("FREQ=WEEKLY;BYMONTH=1,12", Rule("WEEKLY", months=(1, 12))),
        ("FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO", Rule("YEARLY", weeks=(1,), weekdays=((0, 0),))),
        ("FREQ=DAILY;INTERVAL=1464", Rule("DAILY", RAREST.days)),
    ],
)
def test_what_is_read(words: str, rule: Rule) -> None:
    assert parse_rule(words) == rule
    assert parse_rule(written(rule)) == rule


UNKNOWN = [
    "",
    " ",
    ";",
    "=",
    "FREQ",
    "FREQ=",
    "WEEKLY",
    "FREQ=FORTNIGHTLY",
    "INTERVAL=2",
    "FREQ=DAILY;",
    ";FREQ=DAILY",
    "FREQ=DAILY;FREQ=DAILY",
    "FREQ=DAILY;X-NAME=1",
    "FREQ=DAILY;BYEASTER=1",
    "FREQ=DAILY BYMONTH=1",
    "FREQ=DAILY;;COUNT=1",
    "FREQ=DAILY;INTERVAL=0",
    "FREQ=DAILY;INTERVAL=-1",
    "FREQ=DAILY;INTERVAL=1.5",
    "FREQ=DAILY;INTERVAL=1,2",
    "FREQ=DAILY;INTERVAL=99999",
    "FREQ=DAILY;INTERVAL=٢",
    "FREQ=DAILY;COUNT=0",
    "FREQ=DAILY;COUNT=1E9",
    "FREQ=DA\u0131LY",
    "FREQ=DAILY;COUNT=2;UNTIL=20271224",
    "FREQ=DAILY;UNTIL=20270230",
    "FREQ=DAILY;UNTIL=20271224T190000",
    "FREQ=DAILY;UNTIL=20271224T250000Z",
    "FREQ=DAILY;UNTIL=2027-12-24",
    "FREQ=DAILY;UNTIL=00000101",
    "FREQ=DAILY;UNTIL=NEVER",
    "FREQ=MONTHLY;BYMONTHDAY=0",
    "FREQ=MONTHLY;BYMONTHDAY=32",
    "FREQ=MONTHLY;BYMONTHDAY=-32",
    "FREQ=YEARLY;BYMONTH=13",
    "FREQ=YEARLY;BYMONTH=-1",
    "FREQ=YEARLY;BYMONTH=",
    "FREQ=YEARLY;BYMONTH=1,,2",
    "FREQ=YEARLY;BYYEARDAY=367",
    "FREQ=YEARLY;BYWEEKNO=54;BYDAY=MO",
    "FREQ=YEARLY;BYMONTHDAY=13",
    "FREQ=YEARLY;BYMONTHDAY=13;BYYEARDAY=13",
    "FREQ=YEARLY;BYMONTH=1;BYYEARDAY=13",
    "FREQ=YEARLY;BYWEEKNO=20",
    "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO;WKST=SU",
    "FREQ=YEARLY;BYWEEKNO=-1;BYDAY=MO",
    "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO;INTERVAL=2",
    "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO;BYSETPOS=1",
    "FREQ=MONTHLY;BYWEEKNO=20;BYDAY=MO",
    "FREQ=YEARLY;BYWEEKNO=20;BYDAY=1MO",
    "FREQ=WEEKLY;BYDAY=1MO",
    "FREQ=DAILY;BYDAY=-1FR",
    "FREQ=WEEKLY;BYDAY=XX",
    "FREQ=MONTHLY;BYDAY=0MO",
    "FREQ=YEARLY;BYDAY=54MO",
    "FREQ=MONTHLY;BYDAY=MONDAY",
    "FREQ=MONTHLY;BYDAY=2",
    "FREQ=WEEKLY;WKST=1MO",
    "FREQ=WEEKLY;WKST=M",
    "FREQ=WEEKLY;BYMONTHDAY=1",
    "FREQ=MONTHLY;BYYEARDAY=1",
    "FREQ=DAILY;BYSETPOS=1",
    "FREQ=MONTHLY;BYSETPOS=0;BYDAY=MO",
    "FREQ=DAILY;BYMONTH=" + ",".join(["1"] * LONGEST),
    "FREQ=DAILY" + " " * LONGEST,
]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        *((words, "rhythm-unknown") for words in UNKNOWN),
        *((f"FREQ={often}", "rhythm-often") for often in ("HOURLY", "MINUTELY;INTERVAL=15", "SECONDLY", "hourly")),
        *((f"FREQ=DAILY;{often}", "rhythm-often") for often in ("BYHOUR=9,10", "BYMINUTE=0", "BYSECOND=0")),
        *(
            (f"FREQ={rare}", "rhythm-rare")
            for rare in ("YEARLY;INTERVAL=5", "DAILY;INTERVAL=1465", "WEEKLY;INTERVAL=999")
        ),
    ],
)
def test_what_is_refused(words: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        parse_rule(words)
    assert refused.value.code == code
    assert refused.value.__cause__ is None
    assert refused.value.__suppress_context__ or refused.value.__context__ is None, "nothing typed travels along"
    assert refused.value.facts == {}


@given(
    st.text(max_size=LONGEST + 10)
    | st.from_regex(r"FREQ=(DAILY|YEARLY)(;(BYDAY|UNTIL|COUNT|BYMONTH)=[-+0-9A-Z,]{1,9}){0,3}")
)
@settings(deadline=None)
def test_whatever_is_typed_is_read_or_refused(words: str) -> None:
    try:
        rule = parse_rule(words)
    except Refusal:
        return
    assert parse_rule(written(rule)) == rule
    assert all(isinstance(day, date) for day in islice(days(rule, date(2027, 3, 4)), 3))


# Other programs


EXPLORED = settings(max_examples=50, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
"""What is found is shown as it was found: to make it smaller takes long where the other program looks on and on."""


def _some(low: int, high: int, most: int = 3) -> st.SearchStrategy[tuple[int, ...]]:
    numbers = st.integers(low, high).filter(bool)
    return st.just(()) | st.lists(numbers, min_size=1, max_size=most, unique=True).map(tuple)


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    """Draw a rule that goes together."""
    freq = draw(st.sampled_from(("DAILY", "WEEKLY", "MONTHLY", "YEARLY")))
    numbered = freq in {"MONTHLY", "YEARLY"}
    weeks = draw(_some(1, 53)) if freq == "YEARLY" and draw(st.booleans()) else ()
    # Some of them with a place and some without, in one rule, python-dateutil reads as none at all.
    place = st.sampled_from((1, 2, 5, -1, -2)) if numbered and not weeks and draw(st.booleans()) else st.just(0)
    weekdays = draw(
        st.lists(st.tuples(place, st.integers(0, 6)), min_size=1 if weeks else 0, max_size=4, unique=True).map(tuple)
    )
    year_days = draw(_some(-366, 366)) if freq == "YEARLY" and not weeks and draw(st.booleans()) else ()
    months = draw(_some(1, 12, 4)) if not year_days else ()
    monthly = freq in {"DAILY", "MONTHLY"} or (freq == "YEARLY" and months and not weeks)
    month_days = draw(_some(-31, 31, 6)) if monthly else ()
    chosen = months or weeks or year_days or month_days or weekdays
    return Rule(
        freq,
        interval=1 if weeks else draw(st.integers(1, {"DAILY": 40, "WEEKLY": 9, "MONTHLY": 13, "YEARLY": 4}[freq])),
        count=draw(st.none() | st.integers(1, 15)),
        months=months,
        weeks=weeks,
        year_days=year_days,
        month_days=month_days,
        weekdays=weekdays,
        places=draw(_some(-6, 6, 2)) if chosen and not weeks and freq != "WEEKLY" else (),
        week_start=0 if weeks else draw(st.sampled_from((0, 0, 6))),
    )


YEARS = timedelta(days=4 * 366)
FIRSTS = st.dates(date(2024, 1, 1), date(2034, 12, 31))


def by_dateutil(rule: str, first: date, at_most: int) -> Iterator[date]:
    """Expand with python-dateutil. Asked for more than there are, it looks on to the year 9999."""
    begin = datetime.combine(first, datetime.min.time())
    return (day.date() for day in islice(rrulestr(rule, dtstart=begin), at_most))


@given(rules(), FIRSTS)
@EXPLORED
def test_dateutil_finds_the_same_days(rule: Rule, first: date) -> None:
    ours = list(islice(takewhile(lambda day: day < first + YEARS, days(rule, first)), 12))
    assert list(by_dateutil(written(rule), first, len(ours))) == ours


@given(rules(), FIRSTS, st.integers(0, 1500))
@EXPLORED
def test_it_does_not_matter_from_when_on_one_looks(rule: Rule, first: date, later: int) -> None:
    since = first + timedelta(days=later)
    until = since + YEARS
    whole = [day for day in takewhile(lambda day: day < until, days(rule, first)) if day >= since]
    assert list(takewhile(lambda day: day < until, days(rule, first, since))) == whole

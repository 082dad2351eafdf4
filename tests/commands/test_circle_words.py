"""What the bot says a day or a time to be can be typed again, in every language, and means the same."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.contract.text import Plain, Text, Voice, text
from bot.domain.times import FARTHEST, place, read
from bot.domain.wall import on_the_wall
from bot.i18n import Fluent
from commands.circle_words import on_day

SPEAKER = Fluent()
ZONES = ("UTC", "Europe/Berlin", "America/Santiago", "Australia/Lord_Howe", "Pacific/Chatham")
WALLS = st.times().map(lambda at: at.replace(second=0, microsecond=0))
NOWS = st.datetimes(datetime(2026, 1, 1), datetime(2036, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))  # noqa: DTZ001


def said(what: Text, locale: str, zone: str, now: datetime) -> str:
    return SPEAKER.say(what, Voice(locale, zone), now, Plain())


@pytest.mark.parametrize("locale", SPEAKER.locales)
@given(NOWS, st.integers(1, 300), WALLS, st.sampled_from(ZONES))
@settings(max_examples=60, deadline=None)
def test_a_day_and_a_time_that_were_said_are_read_as_themselves(
    locale: str, now: datetime, days: int, wall: time, zone: str
) -> None:
    day = now.astimezone(ZoneInfo(zone)).date() + timedelta(days=days)
    meant = on_the_wall(day, wall, zone)
    if not now < meant.at < now + FARTHEST:
        return
    plain = on_day(day)
    in_year = text("circle-day-in-year", day=plain, year=str(day.year))
    for spoken in (plain, in_year) if day.year == now.astimezone(ZoneInfo(zone)).year else (plain,):
        assert place(read(f"{said(spoken, locale, zone, now)}, {wall:%H:%M}"), now, zone) == meant
    instant = said(text("circle-for-you", at=meant.at), locale, zone, now).split(": ", 1)[1]
    assert place(read(instant), now, zone).at == meant.at


@pytest.mark.parametrize("locale", SPEAKER.locales)
def test_the_refusals_say_both_and_the_right_day(locale: str) -> None:
    now = datetime(2027, 3, 4, 12, tzinfo=UTC)
    both = said(text("refusal-clock-either", near=time(7), far=time(19)), locale, "UTC", now)
    assert "07:00" in both
    assert "19:00" in both
    names = {said(on_day(date(2027, 3, 1) + timedelta(days=n)), locale, "UTC", now).split(",")[0] for n in range(7)}
    for number, short in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun")):
        day = date(2027, 3, 1) + timedelta(days=number)
        words = said(text("refusal-when-weekday", day=day, weekday=short), locale, "UTC", now)
        assert [name for name in names if name in words] == [said(on_day(day), locale, "UTC", now).split(",")[0]]

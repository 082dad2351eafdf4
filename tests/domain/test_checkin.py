"""A check-in room's life is one table, and what falls into a pause comes after it."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain import checkin
from bot.domain.checkin import ANNOUNCED, CHECKOUT, MADE, OPENING, ROUND, STAGES, TALK

AT = datetime(2027, 3, 4, 19, tzinfo=UTC)
MINUTE = timedelta(minutes=1)

FOLLOWS = {
    (ANNOUNCED, True): MADE,
    (MADE, True): OPENING,
    (OPENING, True): ROUND,
    (ROUND, True): TALK,
    (TALK, True): CHECKOUT,
    (CHECKOUT, True): TALK,
    (ANNOUNCED, False): MADE,
    (MADE, False): OPENING,
    (OPENING, False): TALK,
    (TALK, False): TALK,
}


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("guided", [True, False])
def test_what_follows_is_one_table_and_open_talk_has_no_rounds(stage: str, guided: bool) -> None:
    if (stage, guided) in FOLLOWS:
        assert checkin.after(stage, guided=guided) == FOLLOWS[stage, guided]
    else:
        assert stage in checkin.ROUNDS
        with pytest.raises(KeyError):
            checkin.after(stage, guided=guided)


@pytest.mark.parametrize("guided", [True, False])
def test_nothing_leads_back_before_the_room_was_open(guided: bool) -> None:
    stage, been = ANNOUNCED, []
    for _ in range(8):
        been.append(stage)
        stage = checkin.after(stage, guided=guided)
    assert been[:3] == [ANNOUNCED, MADE, OPENING]
    assert not {ANNOUNCED, MADE, OPENING} & set(been[3:])
    assert (ROUND in been, CHECKOUT in been) == (guided, guided)


def test_with_the_notice_the_last_round_begins_however_far_the_first_one_came() -> None:
    assert checkin.noticed(guided=True) == CHECKOUT
    assert checkin.noticed(guided=False) == TALK


def test_the_times_of_a_room() -> None:
    assert checkin.begins_at(AT) == AT + 5 * MINUTE
    assert checkin.notice_at(AT) == AT - 10 * MINUTE
    assert checkin.SHORTEST * MINUTE > checkin.GATHER + checkin.NOTICE, "there is room for a round in the shortest"


@pytest.mark.parametrize(
    ("why", "until", "silent"),
    [("no pause", None, False), ("over now", AT, False), ("over", AT - MINUTE, False), ("on", AT + MINUTE, True)],
)
def test_silence_is_as_long_as_a_pause(why: str, until: datetime | None, silent: bool) -> None:
    assert checkin.silent(until, AT) is silent, why


@pytest.mark.parametrize(
    ("why", "at", "owed"),
    [
        ("before the pause", AT - 6 * MINUTE, False),
        ("as it began", AT - 5 * MINUTE, False),
        ("in it", AT - 3 * MINUTE, True),
        ("now", AT - 2 * MINUTE, True),
        ("still to come", AT - MINUTE, False),
    ],
)
def test_what_fell_into_a_pause_is_owed_when_it_is_released(why: str, at: datetime, owed: bool) -> None:
    assert checkin.owed(at, AT, AT - 2 * MINUTE) is owed, why

"""`/mine stop` and circles: nothing comes any more, with or without a profile, and that is said beforehand."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.contract.effect import NotSent
from tests.commands.circle_scene import answers, plan, posts, says, told
from tests.commands.desk import START, Desk, desk

AT = START + timedelta(days=7, hours=7)


@pytest.fixture
async def there(tmp_path: Path) -> AsyncIterator[Desk]:
    async with desk(tmp_path) as opened:
        yield opened


@pytest.mark.parametrize("profile", [True, False])
async def test_who_stops_waits_for_no_seat_and_is_offered_none(there: Desk, profile: bool) -> None:
    await plan(there, seats="2")
    for name in ("alder", "rowan", "hazel"):
        await there.wind(minutes=1)
        await says(there, name, "come")
    if profile:
        await says(there, "hazel", "remind")
    coming = await there.ask("hazel", "mine next")
    assert "mine-next-circles" in coming
    stopped = await there.press("hazel", coming, "mine stop")
    assert "mine-stopped" in stopped
    assert "/circle list" in stopped.words
    assert "mine-next-nothing" in await there.ask("hazel", "mine next")
    assert "mine-stop-nothing" in await there.ask("hazel", "mine stop")
    before = there.sent_to("hazel")
    await says(there, "alder", "skip")
    await there.wind_to(AT + timedelta(hours=3))
    assert there.sent_to("hazel") == before


@pytest.mark.parametrize("profile", [True, False])
@pytest.mark.parametrize("what", ["come", "maybe", "every", "host"])
async def test_who_stops_is_told_of_no_change(there: Desk, what: str, profile: bool) -> None:
    await plan(there)
    await says(there, "alder", what)
    if profile:
        await there.ask("alder", "mine language", language="en")
    assert "mine-next-circles" in await there.ask("alder", "mine next")
    assert "mine-stopped-circles" in await there.ask("alder", "mine stop")
    assert await answers(there) == {}
    rows = there.rows()
    assert rows["circle_regular"] == rows["circle_role"] == ()
    await says(there, "rowan", "come")
    await says(there, "rowan", "move-one", when="2027-03-12 19:00")
    await there.wind_to(AT + timedelta(days=9))
    assert there.sent_to("alder") == ()


async def test_a_seat_given_up_by_stopping_is_offered_and_the_post_says_so(there: Desk) -> None:
    await plan(there, seats="2")
    for name in ("alder", "rowan", "hazel"):
        await there.wind(minutes=1)
        await says(there, name, "come")
    await there.ask("alder", "mine stop")
    assert len(told(there, "hazel", "circle-offer")) == 1
    await there.ask("hazel", "mine stop")
    assert "Nearly full" in posts(there)[-1].words or "Open" in posts(there)[-1].words
    assert await answers(there) == {"rowan": "come"}


async def test_a_note_on_its_way_does_not_come_after_stopping(there: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    async def not_now(*_: object) -> NotSent:
        return NotSent(60)

    await plan(there)
    await says(there, "alder", "remind")
    before = there.sent_to("alder")
    with monkeypatch.context() as busy:
        busy.setattr(there.platform, "perform", not_now)
        await there.wind_to(AT - timedelta(hours=1))
        assert "mine-next-waiting" in await there.ask("alder", "mine next")
        await there.ask("alder", "mine stop")
    await there.wind_to(AT)
    assert there.sent_to("alder") == before

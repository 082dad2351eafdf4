"""Events of a Discord server: one mirrors one meeting, on request, and goes with it."""

from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest

from tests.circles.test_circles import TITLE, planned, post, says, then
from tests.discord.standin import Event
from tests.drivers import Evening
from tests.drivers.discord import DiscordEvening

STARTS = datetime(2027, 3, 5, 18, 30, tzinfo=UTC)
"""Friday, 5 March, 19:30 in Berlin."""


def events(evening: Evening) -> list[Event]:
    """Return what stands among the server's events."""
    there = cast(DiscordEvening, evening)
    return list(there.there.world.events_of(there.guild).values())


def sent(evening: Evening) -> list[dict[str, Any]]:
    """Return everything that was ever sent of events."""
    requests = cast(DiscordEvening, evening).there.requests
    return [one.body for one in requests if "scheduled-events" in one.route and isinstance(one.body, dict)]


def times(event: Event) -> tuple[datetime, datetime]:
    fields = event.fields
    return (
        datetime.fromisoformat(fields["scheduled_start_time"]),
        datetime.fromisoformat(fields["scheduled_end_time"]),
    )


async def shows(evening: Evening, name: str, how: str) -> None:
    """Let somebody ask for an event, by the circle's name or by none."""
    await says(evening, name, "more")
    before = len(events(evening))
    told = await then(evening, name, "show")
    for words in ("Everybody on the server would see", "is shown by name", "this one meeting alone"):
        assert words in told
    assert len(events(evening)) == before, "nothing is done yet"
    assert "I put it into the server's events" in await then(evening, name, f"show-{how}")


@pytest.mark.promise("C13", platform="discord")
@pytest.mark.parametrize("evening", ["discord"], indirect=True)
async def test_one_event_mirrors_one_meeting_on_request_and_goes_with_it(evening: Evening) -> None:
    there = cast(DiscordEvening, evening)
    await planned(evening)
    for name in ("alder", "rowan"):
        await says(evening, name, "every")
    assert events(evening) == [], "not unless somebody asks"
    await shows(evening, "alder", "named")
    (event,) = events(evening)
    assert event.fields["name"] == TITLE
    assert times(event) == (STARTS, STARTS + timedelta(minutes=90))
    shown = next(one for one in reversed(there.porch.messages) if "Will you come?" in one.text)
    way = f"https://discord.com/channels/{there.guild.id}/{there.porch.id}/{shown.id}"
    assert event.fields["entity_metadata"] == {"location": way}
    there.accounts["hazel"].is_interested(event)
    await says(evening, "rowan", "more")
    assert "This meeting would be" in await evening.person("rowan").presses(
        "circle.move-one", {"when": "2027-03-05 21:00"}
    )
    await then(evening, "rowan", "more")
    await evening.person("rowan").presses("draft.use")
    await evening.settle()
    at = STARTS + timedelta(minutes=90)
    assert [times(one) for one in events(evening)] == [(at, at + timedelta(minutes=90))]
    await evening.wind(days=1, hours=8, minutes=10)
    assert [one.fields["status"] for one in events(evening)] == [2], "Discord begins it by itself"
    await evening.wind(hours=2)
    assert "Friday, 12 March, 19:30" in post(evening)
    assert (events(evening), there.guild.finished) == ([], []), "nothing of who was interested stays"
    assert evening.rows()["circle_mirror"] == 0
    await evening.wind(days=7)
    assert events(evening) == [], "the next is not shown by itself"
    assert sent(evening)
    for body in sent(evening):
        assert not {"recurrence_rule", "image", "channel_id"} & set(body)
        for name in ("alder", "rowan", "birch", "hazel"):
            account = there.accounts[name]
            assert not any(words in str(body) for words in (str(account.id), account.user.username))


@pytest.mark.promise("C13", platform="discord")
@pytest.mark.parametrize("evening", ["discord"], indirect=True)
async def test_a_neutral_name_says_nothing_and_what_is_called_off_or_taken_out_is_gone(evening: Evening) -> None:
    there = cast(DiscordEvening, evening)
    await planned(evening)
    await says(evening, "alder", "come")
    await shows(evening, "alder", "neutral")
    (event,) = events(evening)
    assert event.fields["name"] == "A circle"
    assert TITLE not in str(sent(evening))
    await says(evening, "alder", "more")
    assert "I take it out of the server's events" in await then(evening, "alder", "unshow")
    assert events(evening) == []
    await shows(evening, "alder", "neutral")
    await evening.restart()
    assert len(events(evening)) == 1
    await says(evening, "alder", "more")
    assert "does not take place" in await then(evening, "alder", "skip-one")
    assert (events(evening), there.guild.finished) == ([], [])

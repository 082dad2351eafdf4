"""Reminders of a plan that lives in people's own room, on every platform."""

from tests.drivers import Evening, every_platform

LINK = "https://pad.example.org/p/our-week"
PLAN = {"link": LINK, "when": "2027-03-09 19:30"}


@every_platform("P21")
async def test_each_in_a_room_is_reminded_who_asked_for_it_and_nobody_else(evening: Evening) -> None:
    birch, alder, rowan = (evening.person(name) for name in ("birch", "alder", "rowan"))
    shown = await birch.asks("plan remind", PLAN, in_room=True)
    assert LINK in shown
    assert "UTC" in shown
    assert "in 5 days" in shown
    assert evening.rows()["plan"] == 0
    assert "I will remind you" in await birch.presses("draft.use")
    await evening.settle()
    assert LINK in evening.in_the_room()[-1]
    assert birch.name not in evening.in_the_room()[-1]
    assert "I will remind you" in await alder.presses_in_room("plan.too")
    assert evening.rows()["plan"] == 2
    assert LINK.encode() not in evening.bytes_at_rest()
    assert LINK in await alder.asks("plan list")
    assert "a reminder of a plan" in await alder.asks("mine next")
    await evening.wind(days=5, hours=8)
    for person, comes in ((birch, True), (alder, True), (rowan, False)):
        assert any("The reminder you asked for" in words for _, words in person.was_sent()) is comes
    assert not any(evening.rows()[table] for table in ("plan", "agenda", "outbox", "post"))


@every_platform("P21")
async def test_asked_in_private_only_the_asker_is_reminded_and_cancelling_leaves_nothing(evening: Evening) -> None:
    birch, before = evening.person("birch"), evening.in_the_room()
    await birch.asks("plan remind", PLAN)
    await birch.presses("draft.use")
    await evening.settle()
    assert evening.in_the_room() == before
    assert "Cancelled and erased" in await birch.presses("plan cancel")
    assert not any(evening.rows()[table] for table in ("plan", "agenda", "outbox", "post"))
    assert LINK.encode() not in evening.bytes_at_rest()
    await evening.wind(days=6)
    assert not any("The reminder you asked for" in words for _, words in birch.was_sent())


@every_platform("P21")
async def test_who_left_is_not_reminded(evening: Evening) -> None:
    birch = evening.person("birch")
    await birch.asks("plan remind", PLAN)
    await birch.presses("draft.use")
    birch.becomes(present=False)
    await evening.wind(days=6)
    assert not any("The reminder you asked for" in words for _, words in birch.was_sent())
    assert evening.rows()["plan"] == 0

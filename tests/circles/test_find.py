"""Finding a time on every platform: nothing is shown while it goes on, and then only what works for all."""

from collections.abc import Mapping

from tests.checkins.scene import at_rest
from tests.circles.test_circles import says, then
from tests.drivers import Evening, every_platform

TIMES = "2027-03-09 19:30; 2027-03-11 19:30; 2027-03-13 10:00"

MARKS: Mapping[str, tuple[str, ...]] = {
    "alder": ("works", "works"),
    "rowan": ("works", "works", "works-not"),
    "hazel": ("works", "works", "works", "works-not"),
    "birch": ("works", "works-none"),
}
"""What each one presses. *Works* marks the first that is not marked, *works not* unmarks the first that is."""


async def asked(evening: Evening) -> str:
    """Let linden ask where all see it; return how it was echoed."""
    linden = evening.person("linden")
    args = {"title": "Books", "times": TIMES, "zone": "Europe/Berlin"}
    echo = await linden.asks("circle find", args, in_room=True)
    assert "Asked in" in await linden.presses("draft.use")
    await evening.settle()
    return echo


async def marks(evening: Evening, name: str, presses: tuple[str, ...]) -> str:
    """Let somebody mark times; return what they see in the end."""
    shown = await says(evening, name, "mark")
    for one in presses:
        shown = await then(evening, name, one)
    return shown


@every_platform("C12")
async def test_only_what_works_for_all_is_shown_and_never_who_is_free_when(evening: Evening) -> None:
    echo = await asked(evening)
    assert "2. Thursday, 11 March, 19:30, Europe/Berlin" in echo
    before = evening.in_the_room()
    assert "Nobody is shown who marked what" in before[-1]
    shown = {name: await marks(evening, name, presses) for name, presses in MARKS.items()}
    assert [shown[name].count(": marked") for name in MARKS] == [2, 1, 2, 0]
    assert "I keep nothing about you" in shown["birch"]
    assert evening.in_the_room() == before, "nothing that anybody marks shows"
    assert evening.rows()["circle_mark"] == 3
    assert at_rest(evening) & set(MARKS) == {"alder", "rowan", "hazel"}, "who marks none is nowhere"
    assert "linden" not in at_rest(evening), "nor is who asked"
    await evening.wind(days=3)
    found = [said for said in evening.in_the_room() if "What each one marked is erased" in said]
    assert len(found) == 1
    assert "This time works for all who marked one" in found[0]
    assert "Thursday, 11 March, 19:30, Europe/Berlin" in found[0]
    assert not any(day in found[0] for day in ("9 March", "13 March"))
    assert not any(evening.person(name).name in said for name in MARKS for said in evening.in_the_room()[len(before) :])
    assert not any("Nobody is shown who marked what" in said for said in evening.in_the_room())
    assert evening.rows()["circle_mark"] == 0
    assert not at_rest(evening) & set(MARKS)
    birch = evening.person("birch")
    echo = await birch.presses_in_room("circle.then", {"slot": "1", "title": "Books"})
    assert "Thursday, 11 March 2027, 19:30, Europe/Berlin" in echo
    assert "Planned, and posted" in await birch.presses("draft.use")


@every_platform("C12")
async def test_of_two_who_answered_nothing_is_shown(evening: Evening) -> None:
    await asked(evening)
    for name in ("alder", "rowan"):
        await marks(evening, name, ("works",))
    await evening.wind(days=3)
    found = evening.in_the_room()[-1]
    assert "Fewer than 3 people marked a time" in found
    assert "March" not in found
    assert evening.rows()["circle_mark"] == 0

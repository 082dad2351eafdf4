"""Who is asked: hard limits first, then who has not met, who shares words, who has waited longest."""

import pytest

from bot.contract.params import Raw
from tests.drivers import Evening, every_platform

ASK: dict[str, Raw] = {"span": "1d", "someone_new": "no"}


def was_asked(evening: Evening, name: str) -> bool:
    return any("Would you like to be introduced?" in words for _, words in evening.person(name).was_sent())


async def asked_in_order(evening: Evening, **request: Raw) -> list[str]:
    """Let birch ask; return who was asked, in order."""
    await evening.person("birch").asks("peer request", {**ASK, **request})
    await evening.wind(hours=2)
    found = [
        (at, name)
        for name in ("alder", "rowan", "hazel", "linden")
        for at, words in evening.person(name).was_sent()
        if "Would you like to be introduced?" in words
    ]
    return [name for _, name in sorted(found)]


LIMITS: dict[str, tuple[tuple[str, str, dict[str, Raw]], ...]] = {
    "language": (("alder", "mine usual", {"languages": ("fr",)}),),
    "way": (("alder", "mine usual", {"way": "voice"}),),
    "place": (("alder", "mine usual", {"place": "room"}), ("birch", "mine usual", {"place": "direct"})),
    "not today, the one who is asked": (("alder", "peer words", {"word": "a loss", "mark": "not"}),),
    "not today, the one who asks": (
        ("birch", "peer words", {"word": "night shifts", "mark": "not"}),
        ("alder", "peer light on", {"hours": "6", "words": ("night shifts",)}),
    ),
    "apart, one way": (("alder", "peer apart", {"member": "birch"}),),
    "apart, the other way": (("birch", "peer apart", {"member": "alder"}),),
    "quiet hours": (("alder", "mine quiet", {"quiet_from": "11:00", "quiet_to": "23:00"}),),
    "groups": (("linden", "setup groups", {"groups": ("moderators", "adults")}),),
}
"""What keeps two from being introduced: who does what before."""


@every_platform("P11")
@pytest.mark.parametrize("limit", LIMITS)
async def test_a_hard_limit_is_kept_and_somebody_else_is_asked(evening: Evening, limit: str) -> None:
    other = "linden" if limit == "groups" else "alder"
    for name, command, args in LIMITS[limit]:
        await evening.person(name).asks(command, args)
    await evening.person(other).asks("peer light on", {"hours": "6"})
    await evening.wind(minutes=1)
    await evening.person("rowan").asks("mine usual", {"place": "either"})
    await evening.person("rowan").asks("peer light on", {"hours": "6"})
    # The one who is kept away has waited longer, and would have been asked first.
    assert await asked_in_order(evening, words=("a loss",)) == ["rowan"]


@every_platform("P11")
async def test_without_any_limit_both_are_asked(evening: Evening) -> None:
    """The control of the limits."""
    for name in ("alder", "rowan"):
        await evening.person(name).asks("peer light on", {"hours": "6"})
        await evening.wind(minutes=1)
    assert await asked_in_order(evening, words=("a loss",)) == ["alder", "rowan"]


@every_platform("P11")
async def test_a_pause_is_kept(evening: Evening) -> None:
    await evening.person("alder").asks("peer light on", {"hours": "6"})
    await evening.person("alder").asks("peer pause", {"day": "2"})
    assert await asked_in_order(evening) == []


async def have_met(evening: Evening) -> None:
    """Let birch and alder be introduced."""
    await evening.person("alder").asks("peer light on")
    await evening.person("birch").asks("peer request", {"span": "1d", "place": "direct"})
    await evening.person("alder").presses("peer.yes")
    assert evening.rows()["met"] == 1
    await evening.wind(days=1)


@every_platform("P11")
@pytest.mark.parametrize("who", ["birch", "alder"])
async def test_who_chose_someone_new_does_not_meet_the_same_again(evening: Evening, who: str) -> None:
    await have_met(evening)
    await evening.person("alder").asks("mine wishes", {"someone_new": "yes" if who == "alder" else "no"})
    await evening.person("alder").asks("peer light on", {"hours": "6"})
    before = len(evening.person("alder").was_sent())
    await evening.person("birch").asks("peer request", {"someone_new": "yes" if who == "birch" else "no"})
    await evening.wind(hours=1)
    assert len(evening.person("alder").was_sent()) == before


@every_platform("P11")
async def test_who_has_not_met_comes_before_who_shares_words_before_who_waits_longest(evening: Evening) -> None:
    await have_met(evening)
    for name, words in (("alder", ("a loss",)), ("rowan", ()), ("linden", ()), ("hazel", ("a loss",))):
        await evening.person(name).asks("peer light on", {"hours": "6", "words": words})
        await evening.wind(minutes=1)
    asked_before = was_asked(evening, "alder")
    order = await asked_in_order(evening, words=("a loss",))
    assert asked_before
    # Alder was asked once before they met, a day ago; now they are the last.
    assert order == ["alder", "hazel", "rowan", "linden", "alder"]


@every_platform("P11")
async def test_who_comes_later_is_asked_when_the_next_slot_begins(evening: Evening) -> None:
    await evening.person("birch").asks("peer request", ASK)
    await evening.wind(minutes=5)
    await evening.person("alder").asks("peer light on", {"hours": "6"})
    await evening.wind(minutes=14)
    assert not was_asked(evening, "alder")
    await evening.wind(minutes=1)
    assert was_asked(evening, "alder")


@every_platform("P11")
async def test_what_changes_meanwhile_counts_from_the_next_slot_on(evening: Evening) -> None:
    await evening.person("alder").asks("mine quiet", {"quiet_from": "11:00", "quiet_to": "23:00"})
    await evening.person("alder").asks("peer light on", {"hours": "6"})
    await evening.person("birch").asks("peer request", ASK)
    await evening.wind(minutes=20)
    assert not was_asked(evening, "alder")
    await evening.person("alder").asks("mine reset", {"what": "quiet"})
    await evening.wind(minutes=20)
    assert was_asked(evening, "alder")

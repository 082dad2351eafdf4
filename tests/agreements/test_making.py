"""How a group makes an agreement, on every platform: proposed, changed, brought in, read, looked at again, pinned."""

from tests.agreements.scene import (
    LINES,
    OTHER,
    TITLE,
    adopts,
    confirms,
    drafts,
    named,
    newest,
    opens,
    shares,
    suggests,
)
from tests.checkins.scene import at_rest
from tests.drivers import Evening, every_platform

BROUGHT = "brought in by moderators, not yet agreed together"


@every_platform("A1", "A2", "A6", "A10")
async def test_an_agreement_is_proposed_changed_asked_about_and_each_version_can_be_read(evening: Evening) -> None:
    hazel = evening.person("hazel")
    before, empty = at_rest(evening), evening.in_the_room()
    draft = await drafts(evening)
    assert all(line in draft for line in LINES)
    assert "Only you can see it" in draft
    assert evening.in_the_room() == empty
    assert "nothing is proposed" in await hazel.asks("agreement read", in_room=True)
    talk = await shares(evening)
    assert TITLE in talk
    assert all(line in talk for line in LINES)
    assert named(evening, talk) == set()
    # A change of wording: marked by its author, confirmed by a second member.
    change = await suggests(evening, OTHER, "wording")
    assert LINES[0] in change
    assert OTHER[0] in change
    assert named(evening, change) == set()
    assert "another member besides" in await confirms(evening, "agreement.just-wording", "rowan")
    assert "nobody need be asked again" in await confirms(evening, "agreement.just-wording")
    assert "Version 2, shared with the group" in newest(evening, "Talk about it here")
    await changes_in_a_round(evening)
    # Everything that was can be read, privately, with what changed.
    room = evening.in_the_room()
    read = await hazel.asks("agreement read", in_room=True)
    assert "We may always pass." in read
    assert OTHER[0] in read, "what changed"
    past = await hazel.asks("agreement history", in_room=True)
    for number in (1, 2, 3, 4):
        assert f"Version {number}" in past
    shown = [await hazel.presses("agreement.version") for _ in range(4)]  # the latest, and from each the one before it
    assert all(line in shown[-1] for line in LINES)
    assert evening.in_the_room() == room
    # Withdrawn, it can still be read, and nothing tells who it was.
    birch = evening.person("birch")
    await birch.asks("agreement read", in_room=True)
    assert "Withdrawn" in await birch.presses("agreement.withdraw")
    await evening.settle()
    assert "was withdrawn" in evening.in_the_room()[-1]
    assert named(evening, evening.in_the_room()[-1]) == set()
    assert at_rest(evening) == before
    assert evening.rows()["member"] == 0, "nobody was enrolled"


async def changes_in_a_round(evening: Evening) -> None:
    """Let the wording change in the middle of a round, which keeps its answers; and the meaning, which ends it."""
    birch, rowan = evening.person("birch"), evening.person("rowan")
    await opens(evening)
    await birch.presses_in_room("agreement.consent")
    assert evening.rows()["stance"] == 1
    await rowan.asks("agreement amend", in_room=True)
    await rowan.presses("agreement.suggest", {"statements": "\n".join((*OTHER, "We may pass.")), "changes": "wording"})
    await rowan.presses("draft.use")
    await evening.settle()
    assert "nobody need be asked again" in await confirms(evening, "agreement.just-wording")
    assert "We may pass." in newest(evening, "Where do you stand?")
    assert evening.rows()["stance"] == 1
    await evening.restart()
    await rowan.asks("agreement amend", in_room=True)
    await rowan.presses("agreement.suggest", {"statements": "We may always pass.", "changes": "meaning"})
    await rowan.presses("draft.use")
    await evening.settle()
    assert "the meaning changes" in newest(evening, "What does a second member say?")
    assert "everyone will be asked" in await confirms(evening, "agreement.meaning")
    assert newest(evening, "Where do you stand?") == ""
    assert "Everyone will be asked again" in newest(evening, "Talk about it here")
    assert evening.rows()["stance"] == 0


@every_platform("A1", "A9", "A11")
async def test_what_moderators_bring_in_says_so_is_reviewed_once_and_taken_up_by_anybody(evening: Evening) -> None:
    linden, alder = evening.person("linden"), evening.person("alder")
    given = {"title": "House", "statements": "Be kind.\nNo photos.", "review_day": "10"}
    shown = await linden.asks("agreement bring-in", given, in_room=True)
    assert BROUGHT in shown
    assert evening.rows()["agreement"] == 0
    assert "It stands in" in await linden.presses("draft.use")
    await evening.settle()
    assert BROUGHT in newest(evening, "Be kind.")
    assert BROUGHT in await alder.asks("agreement read", in_room=True)
    assert "for moderators" in await alder.asks("agreement bring-in", given, in_room=True)

    def review() -> int:
        return sum("The day has come to look at this again" in said for said in evening.in_the_room())

    await evening.wind(days=9)
    assert review() == 0
    # The day comes while the bot is away; it asks once, when it is back.
    await evening.restart()
    await evening.wind(days=2)
    assert review() == 1
    await evening.wind(days=5)
    assert review() == 1
    assert "Taken up" in await alder.presses_in_room("agreement.take-up")
    await evening.settle()
    assert "Version 2, shared with the group" in newest(evening, "Talk about it here")
    assert BROUGHT in await alder.asks("agreement read", in_room=True), "until it is agreed, it says so"
    await opens(evening, "rowan")
    # Whoever does not agree can do all that anybody can.
    hazel = evening.person("hazel")
    assert "You stand aside" in await hazel.presses_in_room("agreement.aside")
    for name in ("alder", "rowan"):
        await evening.person(name).presses_in_room("agreement.consent")
    await evening.wind(days=7)
    assert "Version 2 is agreed" in newest(evening, "is agreed")
    assert "agreed together on" in await hazel.asks("agreement read", in_room=True)
    assert "A check-in room opens now" in await hazel.asks("checkin open", {"minutes": "20"}, in_room=True)


@every_platform("A12")
async def test_the_pinned_copy_keeps_in_step_and_is_offered_again_when_somebody_deletes_it(evening: Evening) -> None:
    evening.lets_bot_pin()
    await adopts(evening)
    (copy,) = evening.pinned()
    assert all(line in copy for line in LINES)
    assert "agreed together on" in copy
    await suggests(evening, OTHER, "wording")
    assert "nobody need be asked again" in await confirms(evening, "agreement.just-wording")
    assert any(OTHER[0] in said and "agreed together on" in said for said in evening.in_the_room())
    assert "Only the wording changed" in newest(evening, "Only the wording changed")
    (copy,) = evening.pinned()
    evening.deletes_post("Only the wording changed")
    await evening.settle()
    assert newest(evening, "is not here any more") == "", "that was no copy"
    evening.deletes_post(copy)
    await evening.settle()
    at_once = newest(evening, "is not here any more")
    await evening.wind(days=1)
    offer = newest(evening, "is not here any more")
    assert at_once in {"", offer}
    assert at_once or not evening.hears_deletions
    assert "Would you like it back?" in offer
    await evening.wind(days=2)
    assert sum("is not here any more" in said for said in evening.in_the_room()) == 1
    assert "I am putting the copy back" in await evening.person("hazel").presses_in_room("agreement.copy")
    await evening.settle()
    (again,) = evening.pinned()
    assert OTHER[0] in again


@every_platform("A10")
async def test_a_newcomer_is_shown_what_stands_once_and_privately_where_that_is_switched_on(evening: Evening) -> None:
    linden = evening.person("linden")
    given = {"title": "House", "statements": "Be kind.\nNo photos.", "review_day": "10"}
    await linden.asks("agreement bring-in", given, in_room=True)
    await linden.presses("draft.use")
    await evening.settle()
    evening.newcomer("m1", days=5)
    assert "You are new here" not in await drafts(evening, "m1"), "it is off to begin with"
    assert "once and privately" in await linden.asks("setup welcome", {"welcome": "yes"}, in_room=True)
    await evening.settle()
    room = evening.in_the_room()
    shown = await drafts(evening, "m1")
    for words in ("You are new here", "Be kind.", "No photos.", BROUGHT, "agreement read", "propose a change"):
        assert words in shown
    assert evening.rows()["recall_mark"] == 1
    await evening.restart()
    assert "You are new here" not in await drafts(evening, "m1"), "once"
    assert "You are new here" not in await drafts(evening, "hazel"), "who is here for long"
    assert evening.in_the_room() == room
    assert evening.rows()["member"] == 0, "nobody was enrolled"
    await evening.wind(days=16)
    assert evening.rows()["recall_mark"] == 0, "nothing says who came"

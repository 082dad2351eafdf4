"""One agreement on every platform, from the first words to the first gentle reminder: what docs/agreements.md tells."""

from tests.agreements.scene import LINES, confirms, drafts, named, newest, opens, shares
from tests.checkins.scene import at_rest
from tests.drivers import Evening, every_platform

BETTER = (LINES[0], "After eleven we are quiet.")
WORDS = "After ten is too early for those who work late"


async def consents(evening: Evening, *names: str, days: float) -> None:
    """Let people consent in the round that is open, and time pass."""
    for name in names:
        assert "You consent" in await evening.person(name).presses_in_room("agreement.consent")
    await evening.wind(days=days)


@every_platform("A1", "A2", "A3", "A4", "A5", "A6", "A7")
async def test_an_agreement_from_its_proposal_to_its_first_reminder(evening: Evening) -> None:
    rowan, hazel = evening.person("rowan"), evening.person("hazel")
    before = at_rest(evening)
    await drafts(evening)
    await shares(evening)
    await rowan.writes("What does quiet mean?", in_room=True)
    await opens(evening)
    # A concern goes to the group in its own words. What it leads to is a change of meaning, which asks everyone again.
    await rowan.presses_in_room("agreement.concern", {"concern": WORDS, "raised_by": "unnamed"})
    assert "The group has its words" in await rowan.presses("draft.use")
    await evening.settle()
    assert named(evening, newest(evening, WORDS)) == set()
    await hazel.asks("agreement amend", in_room=True)
    given = {"statements": "\n".join(BETTER), "changes": "meaning"}
    await hazel.presses("agreement.suggest", given)
    assert "I posted it" in await hazel.presses("draft.use")
    await evening.settle()
    assert "everyone will be asked" in await confirms(evening, "agreement.meaning", "alder")
    await evening.restart()
    await opens(evening, "hazel")
    await consents(evening, "birch", "alder", "hazel", days=3)
    assert newest(evening, "Version 2 is agreed") == ""
    await rowan.presses_in_room("agreement.let-go")
    await evening.settle()
    assert "A concern about this was let go" in newest(evening, "was let go")
    await consents(evening, "rowan", days=4)
    ended = newest(evening, "Version 2 is agreed")
    assert ended
    assert "consented" not in ended, "four answered: numbers would name them"
    assert evening.rows()["stance"] == evening.rows()["concern"] == 0
    assert at_rest(evening) == before, "nobody who proposed, suggested, answered or had a concern stands anywhere"
    assert WORDS.encode() not in evening.bytes_at_rest()
    read = await rowan.asks("agreement read", in_room=True)
    assert all(line in read for line in BETTER)
    # And the group is reminded of it, gently: one line a week.
    rhythm = {"often": "weekly", "brings": "turn", "wall": "12:00", "first_day": "1"}
    await hazel.asks("agreement remind", rhythm, in_room=True)
    await hazel.presses("draft.use")
    await evening.settle()
    await evening.wind(days=2)
    reminder = newest(evening, "A reminder that this group chose.")
    assert BETTER[0] in reminder
    assert BETTER[1] not in reminder
    assert evening.rows()["member"] == 0, "nobody was enrolled"

"""Consent rounds on every platform: stances are private, concerns go to the group, numbers come at the end."""

from tests.agreements.scene import ASKING, drafts, opens, shares
from tests.checkins.scene import at_rest
from tests.drivers import Evening, every_platform

WORDS = "After ten is too late for those who work early"
EVERYBODY = ("birch", "alder", "rowan", "hazel", "linden")


async def asks_group(evening: Evening) -> str:
    """Let birch propose something, and alder open a round about it; return its card."""
    await drafts(evening)
    await shares(evening)
    return await opens(evening)


async def stands(evening: Evening, name: str, stance: str) -> str:
    """Let somebody press where they stand; return the answer that only they see."""
    answer = await evening.person(name).presses_in_room(f"agreement.{stance}")
    await evening.settle()
    return answer


async def raises(evening: Evening, name: str, by: str = "unnamed") -> str:
    """Let somebody raise a concern; return the answer that only they see."""
    person = evening.person(name)
    back = await person.presses_in_room("agreement.concern", {"concern": WORDS, "raised_by": by})
    assert WORDS in back
    assert "I keep none of them" in back
    answer = await person.presses("draft.use")
    await evening.settle()
    return answer


@every_platform("A3")
async def test_a_stance_is_private_can_be_changed_and_taken_back_and_a_concern_goes_to_the_group(
    evening: Evening,
) -> None:
    rowan = evening.person("rowan")
    await asks_group(evening)
    room, before = evening.in_the_room(), at_rest(evening)
    assert "rowan" not in before
    assert "You consent" in await stands(evening, "rowan", "consent")
    assert "You stand aside" in await stands(evening, "rowan", "aside")
    assert "You decide later" in await stands(evening, "rowan", "later")
    assert "rowan" in at_rest(evening), "the control: while the round is open it is known, sealed"
    assert "You stand nowhere in this round" in await rowan.presses("agreement.take-back")
    assert at_rest(evening) == before
    assert evening.in_the_room() == room, "whatever is answered, nothing in the room changes"
    assert "The group has its words" in await raises(evening, "rowan", "named")
    assert WORDS in evening.in_the_room()[-1]
    assert rowan.name in evening.in_the_room()[-1]
    assert "You stand nowhere in this round" in await rowan.presses("agreement.let-go")
    await evening.settle()
    assert "A concern about this was let go" in evening.in_the_room()[-1]
    hazel = evening.person("hazel")
    await raises(evening, "hazel")
    concern = evening.in_the_room()[-1]
    assert WORDS in concern
    assert hazel.name not in concern
    assert "stays open until whoever raised it lets it go" in await rowan.presses_in_room("agreement.let-go")
    assert "You stand nowhere in this round" in await hazel.presses_in_room("agreement.let-go")
    assert WORDS.encode() not in evening.bytes_at_rest()
    assert evening.rows()["member"] == 0, "nobody was enrolled"


@every_platform("A4")
async def test_nothing_is_adopted_over_a_concern_and_two_answer_for_who_has_left(evening: Evening) -> None:
    rowan, alder, birch = (evening.person(name) for name in ("rowan", "alder", "birch"))
    said = await asks_group(evening)
    assert "for those in this room" in said
    assert "It needs 2 consents" in said
    assert "Silence is not a yes" in said
    assert "it is looked at again on" in said
    for name in ("birch", "alder"):
        await stands(evening, name, "consent")
    await evening.wind(days=3)
    await evening.restart()
    await raises(evening, "rowan")
    await evening.wind(days=4)
    ended = evening.in_the_room()[-1]
    assert "A concern is open, so version 1 is not agreed" in ended
    assert "is still here" in await birch.presses_in_room("agreement.answer-for")
    rowan.becomes(present=False)
    await evening.wind(minutes=2)
    assert "asked for a second member" in await birch.presses_in_room("agreement.answer-for")
    await evening.settle()
    assert "whoever raised it has left" in evening.in_the_room()[-1]
    assert birch.name not in evening.in_the_room()[-1]
    await birch.presses_in_room("agreement.answer-second", ASKING)
    assert "another member besides" in await birch.presses("draft.use")
    await alder.presses_in_room("agreement.answer-second", ASKING)
    assert "Everyone is asked afresh" in await alder.presses("draft.use")
    await evening.settle()
    assert "Where do you stand?" in evening.in_the_room()[-1]
    assert evening.rows()["concern"] == 0
    await stands(evening, "birch", "consent")
    await evening.wind(days=7)
    assert "fewer consents than it needs" in "\n".join(evening.in_the_room()[-2:]), "silence is not a yes"


@every_platform("A5")
async def test_numbers_come_only_at_the_end_and_no_answer_outlives_the_round(evening: Evening) -> None:
    before = at_rest(evening)
    await asks_group(evening)
    rows, room = evening.rows(), evening.in_the_room()
    assert (rows["stance"], rows["member"]) == (0, 0), "there is no list of those who have not answered"
    for name, stance in zip(EVERYBODY, ("consent", "consent", "consent", "aside", "later"), strict=True):
        await stands(evening, name, stance)
    assert evening.in_the_room() == room
    assert at_rest(evening) >= set(EVERYBODY)
    card = evening.person("hazel").name
    await evening.wind(days=7)
    told = "\n".join(evening.in_the_room())
    assert "Version 1 is agreed" in told
    assert "3 consented, and one stood aside" in told
    assert card not in told
    assert evening.rows()["stance"] == 0
    assert at_rest(evening) == before
    await asks_group(evening)
    for name in ("birch", "alder", "rowan", "hazel"):
        await stands(evening, name, "consent")
    seen = len([words for words in evening.in_the_room() if "consented" in words])
    await evening.wind(days=7)
    assert any("is agreed" in words for words in evening.in_the_room())
    assert len([words for words in evening.in_the_room() if "consented" in words]) == seen, "four would be named by it"
    assert evening.rows()["stance"] == 0

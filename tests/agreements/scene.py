"""An agreement on any platform: proposed, shared, asked about, standing."""

from tests.drivers import Evening

TITLE = "Quiet evenings"
LINES = ("We ask before giving advice.", "After ten we are quiet.")
OTHER = ("We ask before we give advice.", "After ten we are quiet.")
ASKING = {"round_days": "7", "for_whom": "room", "needs": "2", "review_day": "90"}


async def drafts(evening: Evening, name: str = "birch", lines: tuple[str, ...] = LINES) -> str:
    """Let somebody write a draft; return it as they see it."""
    person = evening.person(name)
    await person.asks("agreement propose", {"title": TITLE, "statements": "\n".join(lines)}, in_room=True)
    return await person.presses("draft.use")


async def shares(evening: Evening, name: str = "birch", how: str = "agreement.share") -> str:
    """Let somebody share a draft; return its card."""
    assert "Shared with the group" in await evening.person(name).presses(how)
    await evening.settle()
    return newest(evening, "Talk about it here")


async def opens(evening: Evening, name: str = "alder") -> str:
    """Let somebody open a round by the newest card that offers it; return the card of the round."""
    person = evening.person(name)
    await person.presses_in_room("agreement.open-round", ASKING)
    assert "The round is open" in await person.presses("draft.use")
    await evening.settle()
    return newest(evening, "Where do you stand?")


async def adopts(evening: Evening) -> None:
    """Let a group come to an agreement."""
    await drafts(evening)
    await shares(evening)
    await opens(evening)
    for name in ("birch", "alder"):
        await evening.person(name).presses_in_room("agreement.consent")
    await evening.wind(days=7)
    assert "Version 1 is agreed" in newest(evening, "is agreed")


async def suggests(evening: Evening, lines: tuple[str, ...], changes: str, name: str = "rowan") -> str:
    """Let somebody suggest a change by the newest card that offers it; return its card."""
    person = evening.person(name)
    await person.presses_in_room("agreement.suggest", {"statements": "\n".join(lines), "changes": changes})
    assert "I posted it without your name" in await person.presses("draft.use")
    await evening.settle()
    return newest(evening, "What does a second member say?")


async def confirms(evening: Evening, how: str, name: str = "hazel") -> str:
    """Let somebody look at the newest change as a second member; return the answer that only they see."""
    answer = await evening.person(name).presses_in_room(how)
    await evening.settle()
    return answer


def newest(evening: Evening, words: str) -> str:
    """Return the newest in the room that holds some words; empty where nothing does."""
    return next((said for said in reversed(evening.in_the_room()) if words in said), "")


def named(evening: Evening, said: str) -> set[str]:
    """Return who is named in something."""
    return {name for name in ("birch", "alder", "rowan", "hazel", "linden") if evening.person(name).name in said}

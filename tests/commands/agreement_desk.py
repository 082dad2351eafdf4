"""An agreement at the desk: proposed, shared, asked about, standing."""

from typing import Final

from bot.contract.agreements import Version
from bot.contract.queues import WorkTx
from tests.commands.desk import HALL, MODERATOR, Desk, Shown, member

LINES: Final = ("We ask before giving advice.", "After ten we are quiet.")
OTHER: Final = ("We ask before we give advice.", "After ten we are quiet.")
TITLE: Final = "Quiet evenings"
ASKING: Final = {"round_days": "7", "for_whom": "room", "needs": "2", "review_day": "90"}
ABOUT: Final = ("agreement", "agreement_home", "agreement_version", "suggestion", "consent_round", "stance", "outbox")


def hall(world: Desk) -> list[Shown]:
    """Return what stands in the hall now, oldest first."""
    return [shown for place, shown in world.platform.posts.values() if place == HALL]


def card(world: Desk, message: str) -> Shown:
    """Return the newest that stands in the hall and holds a sentence."""
    return next(shown for shown in reversed(hall(world)) if message in shown)


def standing(world: Desk, message: str) -> bool:
    """Return whether anything stands in the hall that holds a sentence."""
    return any(message in shown for shown in hall(world))


async def proposes(world: Desk, name: str = "birch", *, title: str = TITLE, lines: tuple[str, ...] = LINES) -> Shown:
    """Let somebody write a draft; return it as they see it."""
    return await world.ask(name, "agreement propose", here=True, title=title, statements="\n".join(lines))


async def shares(world: Desk, name: str = "birch", *, title: str = TITLE, lines: tuple[str, ...] = LINES) -> Shown:
    """Let somebody propose something to the group; return its card."""
    draft = await proposes(world, name, title=title, lines=lines)
    assert "agreement-shared" in await world.press(name, draft, "agreement.share")
    return card(world, "agreement-talk")


async def opens(world: Desk, talk: Shown, name: str = "alder", **more: str) -> Shown:
    """Let somebody open a round; return its card."""
    answer = await world.press(name, talk, "agreement.open-round", here=True, **{**ASKING, **more})
    assert "agreement-round-opened" in answer, answer.ids
    return card(world, "agreement-round")


async def consent(world: Desk, *names: str) -> None:
    """Let people consent in the round that is open."""
    subject = card(world, "agreement-round").choice("agreement.consent").subject

    def answer(tx: WorkTx) -> None:
        for name in names:
            tx.agreements.answer(subject, member(name), "consent")

    await world.write(answer)


async def adopts(world: Desk, name: str = "birch") -> Shown:
    """Let a group agree on something; return the copy that is pinned."""
    await opens(world, await shares(world, name))
    await consent(world, "birch", "alder")
    await world.wind(days=7)
    return card(world, "agreement-how-to-change")


async def brings_in(world: Desk, **more: str) -> Shown:
    """Let a moderator bring in a text; return the private answer."""
    given = {"title": TITLE, "statements": "\n".join(LINES), "review_day": "30", **more}
    return await world.ask(MODERATOR, "agreement bring-in", given, here=True)


async def versions(world: Desk) -> tuple[Version, ...]:
    """Return the versions of the only agreement, the first one first."""
    community = await world.community()
    (one,) = await world.read(lambda tx: tx.agreements.of_community(community))
    return tuple(reversed(await world.read(lambda tx: tx.agreements.versions(one.id))))


async def refused(world: Desk, name: str, action: str, shown: Shown, **more: str) -> str:
    """Press something that is refused; return the sentence, having seen that nothing changed."""
    before = {table: rows for table, rows in world.rows().items() if table in ABOUT}
    stands = hall(world)
    answer = await world.press(name, shown, action, here=True, **more)
    (sentence,) = answer.ids
    assert sentence.startswith("refusal-")
    assert {table: rows for table, rows in world.rows().items() if table in ABOUT} == before
    assert hall(world) == stands
    return sentence.removeprefix("refusal-")

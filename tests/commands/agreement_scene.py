"""A consent round at the desk: opened in the hall, answered, changed, and looked at from outside."""

from datetime import timedelta
from typing import Final

from bot.chance import SecretChance
from bot.contract.agreements import ConsentRound, OpenConcern, Suggestion, Version
from bot.contract.command import NoArgs, Turn
from bot.contract.facts import Live, Right
from bot.contract.queues import WorkTx
from bot.domain import agreement as a
from bot.domain.agreement import Terms
from bot.store.sealed import SealedSubjects, identity
from commands.agreement_rooms import show_round
from commands.agreement_steps import About, happen, propose
from tests.commands.desk import HALL, Desk, Shown, member

LINES: Final = ("We ask before giving advice.", "After ten we are quiet.")
WORDS: Final = "After ten is too late for those who work early"
WEEK: Final = timedelta(days=7)


def turn(world: Desk, name: str, community: str) -> Turn[NoArgs]:
    """Return a turn of somebody; of nobody, where time has come."""
    return Turn(
        world.now,
        NoArgs(),
        Live(world.now, {}),
        SecretChance(),
        SealedSubjects(world.keys),
        {},
        member=member(name) if name else None,
        community=community,
        right=Right.MEMBER,
    )


async def does(world: Desk, name: str, event: str, version: Version, about: About | None = None) -> Version:
    """Let an event happen, past the commands."""
    community = await world.community()
    after = await world.write(lambda tx: happen(turn(world, name, community), tx, version, event, about))
    assert after is not None
    return after


async def shared(world: Desk, allows: str = "") -> Version:
    """Return a proposal that the group talks about."""
    community = await world.community()
    draft = await world.write(
        lambda tx: propose(turn(world, "birch", community), tx, "Quiet evenings", LINES, HALL, allows=allows)
    )
    return await does(world, "birch", a.SHARE, draft)


async def asked(
    world: Desk, whom: str = "room", *, version: Version | None = None, needs: int = 2, lasts: timedelta = WEEK
) -> Version:
    """Open a round, and let its card stand in the hall."""
    of = Terms(world.now + lasts, needs, world.now + timedelta(days=90), whom)
    version = await does(world, "birch", a.OPEN_ROUND, version or await shared(world), About(terms=of))
    await world.write(lambda tx: posted(tx, version))
    await world.settle()
    return version


def posted(tx: WorkTx, version: Version) -> None:
    """Post the card of a round."""
    agreement = tx.agreements.get(version.agreement)
    assert agreement is not None
    show_round(tx, agreement, version)


async def adopted(world: Desk, allows: str = "") -> Version:
    """Return what two agreed on."""
    version = await asked(world, "everyone" if allows else "room", version=await shared(world, allows))
    for name in ("birch", "alder"):
        await stands(world, name, "consent")
    await world.wind(days=7)
    assert await state(world, version) == a.ADOPTED
    return version


async def reworded(world: Desk, version: Version, *, meaning: bool = False) -> Version:
    """Let rowan suggest a change, and hazel confirm it."""
    change = Suggestion("change", version.id, member("rowan"), ("We ask first.",), meaning, world.now)
    await does(world, "rowan", a.SUGGEST, version, About(suggestion=change))
    confirm = a.CONFIRM_MEANING if meaning else a.CONFIRM_WORDING
    return await does(world, "hazel", confirm, version, About(suggestion=change))


def in_hall(world: Desk) -> list[Shown]:
    """Return what stands in the hall now."""
    return [shown for place, shown in world.platform.posts.values() if place == HALL]


def card(world: Desk, action: str = "agreement.consent") -> Shown:
    """Return the newest card in the hall with a choice."""
    return next(shown for shown in reversed(in_hall(world)) if action in shown.actions)


async def stands(world: Desk, name: str, stance: str) -> Shown:
    """Let somebody press where they stand, on the card in the hall."""
    return await world.press(name, card(world), f"agreement.{stance}", here=True)


async def writes(world: Desk, name: str, words: str = WORDS, *, by: str = "unnamed") -> Shown:
    """Let somebody fill in what their concern is; return what is shown back."""
    subject = card(world).choice("agreement.concern").subject
    given = {"concern": words, "raised_by": by}
    return await world.send(world.intent(name, "agreement.concern", given, subject=subject, here=True))


async def raises(world: Desk, name: str, words: str = WORDS, *, by: str = "unnamed") -> Shown:
    """Let somebody raise a concern."""
    return await world.press(name, await writes(world, name, words, by=by), "draft.use", here=True)


async def round_about(world: Desk, version: Version) -> ConsentRound | None:
    """Return the round that is open about a version."""
    return await world.read(lambda tx: tx.agreements.round_about(version.id))


async def concerns(world: Desk, version: Version) -> tuple[OpenConcern, ...]:
    """Return the concerns that are open."""
    return await world.read(lambda tx: tx.agreements.concerns(version.agreement))


async def stance(world: Desk, version: Version, name: str) -> str:
    """Return where somebody stands."""
    found = await round_about(world, version)
    assert found is not None
    return await world.read(lambda tx: tx.agreements.stance(found.id, member(name)))


async def state(world: Desk, version: Version) -> str:
    """Return the state of a version now."""
    found = await world.read(lambda tx: tx.agreements.version(version.id))
    assert found is not None
    return found.state


def at_rest(world: Desk) -> bytes:
    """Return every byte of the database and its side files."""
    return b"".join(file.read_bytes() for file in sorted(world.path.parent.iterdir()) if file.is_file())


def sealed(world: Desk, name: str) -> bytes:
    """Return somebody's id as it lies in the database."""
    return world.keys.seal_id(identity(member(name)))


def about(world: Desk) -> dict[str, tuple[tuple[object, ...], ...]]:
    """Return all rows about agreements, as the file has them."""
    rows = world.rows()
    names = ("agreement", "agreement_version", "consent_round", "stance", "concern", "agenda", "outbox", "member")
    return {name: rows[name] for name in names}

"""What tests of the store start from: keys, a moment, and rows of every kind."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.chance import SeededChance
from bot.clock import VirtualClock
from bot.contract.card import Card
from bot.contract.effect import Say
from bot.contract.place import Member, Place, Space
from bot.contract.queues import WorkTx
from bot.contract.tables import Community, Profile
from bot.contract.text import text
from bot.domain.openings import Opening, Question
from bot.store.engine import SqlStore
from bot.store.sealed import Keys
from bot.store.tx import SqlTx

NOW = datetime(2027, 3, 4, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
MASTER = bytes(range(32))
KEYS = Keys(MASTER)
CHANCE = SeededChance(7)

ANNA = Member("local", "anna-on-the-hill")
BEN = Member("local", "ben-by-the-river")
CORA = Member("local", "cora-in-the-wood")
HOME = Space("local", "the-home-space")


def a_store(path: Path | None, **more: Any) -> SqlStore:
    more.setdefault("clock", VirtualClock(NOW))
    return SqlStore(path, more.pop("keys", KEYS), more.pop("clock"), **more)


def own(tx: WorkTx) -> SqlTx:
    assert isinstance(tx, SqlTx)
    return tx


def profile(member: Member, **more: Any) -> Profile:
    more.setdefault("created_at", NOW)
    return Profile(id=f"id-of-{member.id}"[:16], member=member, salt=member.id.encode().ljust(16, b".")[:16], **more)


def opening(id_: str, member: Member, **more: Any) -> Opening:
    given: dict[str, Any] = {
        "community": "community-1",
        "platform": member.platform,
        "asks": True,
        "languages": ("en",),
        "way": "text",
        "place": "either",
        "opened_at": NOW,
        "ends_at": NOW + DAY,
    }
    return Opening(id=id_, member=profile(member).id, **(given | more))


def question(id_: str, about: str, asked: Member, other: Member | None, **more: Any) -> Question:
    given: dict[str, Any] = {"asked_at": NOW, "ends_at": NOW + timedelta(minutes=20)}
    with_member = "" if other is None else profile(other).id
    return Question(id=id_, opening=about, member=profile(asked).id, with_member=with_member, **(given | more))


def say(to: Place, keep: str = "", words: str = "hello") -> Say:
    return Say(to, Card((text(words),)), keep)


def settle(tx: WorkTx) -> None:
    """A community with three members, and nothing else."""
    tx.communities.add(Community("community-1", NOW, zone="Europe/London"), HOME)
    for member in (ANNA, BEN, CORA):
        tx.members.add(profile(member))


def counts(tx: WorkTx) -> dict[str, int]:
    """How many rows each table has."""
    driver = own(tx).ground.db.driver
    return {name: driver.fetch(f'SELECT count(*) FROM "{name}"', ())[0][0] for name in tx.columns()}  # noqa: S608 - names of tables

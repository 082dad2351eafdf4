"""One transaction, as handlers and the runtime see it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from bot.contract.effect import Effect
from bot.contract.place import Member, Place
from bot.contract.tables import Held, Lifetime
from bot.contract.text import Voice
from bot.store import registry
from bot.store.agenda import AgendaRows, DueRows
from bot.store.agreements import AgreementRows
from bot.store.checkins import CheckinRows
from bot.store.circles import CircleRows
from bot.store.communities import CommunityRows
from bot.store.feeds import FeedRows
from bot.store.ground import Ground
from bot.store.known import ApartRows, ComfortRows, MetRows, SeenRows
from bot.store.members import MemberRows
from bot.store.openings import OpeningRows, QuestionRows
from bot.store.outbox import LeavingRows, OutboxRows
from bot.store.plans import PlanRows, WillingRows
from bot.store.rounds import RoundRows
from bot.store.searches import SearchRows
from bot.store.voices import Voices


class SqlTx:
    """The tables, on one connection. It is made once a connection and begun anew for each transaction.

    Attributes:
        ground: What the repositories stand on.
        marks: Whom this transaction forgets, and when.
        scrubbing: Whether nothing deleted may be readable after commit.
    """

    def __init__(self, ground: Ground) -> None:
        """Stand on a connection."""
        self.ground: Final = ground
        self.marks: list[tuple[Member, datetime]] = []
        self.scrubbing = False
        self.members: Final = MemberRows(ground)
        self.communities: Final = CommunityRows(ground)
        self.openings: Final = OpeningRows(ground)
        self.questions: Final = QuestionRows(ground)
        self.rounds: Final = RoundRows(ground)
        self.met: Final = MetRows(ground)
        self.aparts: Final = ApartRows(ground)
        self.comforts: Final = ComfortRows(ground)
        self.plans: Final = PlanRows(ground)
        self.willing: Final = WillingRows(ground)
        self.checkins: Final = CheckinRows(ground)
        self.agreements: Final = AgreementRows(ground)
        self.circles: Final = CircleRows(ground)
        self.searches: Final = SearchRows(ground)
        self.feeds: Final = FeedRows(ground)
        self.agenda: Final = AgendaRows(ground)
        self.outbox: Final = OutboxRows(ground)
        self.leaving: Final = LeavingRows(ground, self._put)
        self.due: Final = DueRows(ground)
        self.seen: Final = SeenRows(ground)
        self._voices: Final = Voices(ground)

    def begin(self) -> None:
        """Begin anew."""
        if self.marks:
            self.marks = []
        self.scrubbing = False

    def _put(self, effect: Effect) -> None:
        self.outbox.put(effect)

    def voice(self, place: Place, community: str = "") -> Voice:
        """Return how to speak at a place: the member's own language and zone, else the community's, else English."""
        return self._voices.at(place, community)

    def held(self, member: Member) -> tuple[Held, ...]:
        """Return everything held about a member, table by table, from the registry."""
        profile = self.members.find(member)
        return registry.held(self.ground.db, member, "" if profile is None else profile.id)

    def forget(self, member: Member, now: datetime) -> None:
        """Delete every row about a member and leave a keyed mark that outlives the oldest backup."""
        registry.forget(self.ground.db, self.outbox, member, max(now, self.ground.clock.now()))
        self.marks.append((member, now))
        self.scrubbing = True

    def lifetimes(self) -> tuple[Lifetime, ...]:
        """Return the registry's table of lifetimes."""
        return registry.lifetimes(self.ground.lifetimes)

    def columns(self) -> Mapping[str, tuple[str, ...]]:
        """Return the columns of every table, in order, as the database really has them."""
        found: dict[str, tuple[str, ...]] = {}
        driver = self.ground.db.driver
        for (table,) in driver.fetch(
            "SELECT name FROM sqlite_master "
            "WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY name",
            (),
        ):
            rows = driver.fetch("SELECT name FROM pragma_table_info(?) ORDER BY cid", (table,))
            found[table] = tuple(name for (name,) in rows)
        return found

    def scrub(self) -> None:
        """Ask that, after commit, nothing deleted in this transaction can be read in any file."""
        self.scrubbing = True

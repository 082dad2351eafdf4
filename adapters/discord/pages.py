"""Forms of more than five questions, asked five at a time: Discord shows no more at once.

What was filled in so far is in memory for a quarter of an hour and nowhere else; a restart loses it and says so.
"""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from bot.contract.card import Card, Choice, Field, Form
from bot.contract.params import Raw
from bot.contract.place import Member
from bot.contract.text import Text, Voice, text

KEPT_FOR: Final = timedelta(minutes=15)
MOST: Final = 1000
"""How many forms are kept in all; the oldest go first."""
MOST_OF_ONE: Final = 3
"""How many of one member are kept, so that nobody can push out those of others."""
PAGE: Final = 5
"""Questions that Discord shows at once."""


@dataclass(frozen=True)
class Page:
    """A form on its way.

    Attributes:
        member: Who fills it in.
        form: The form.
        values: What was filled in so far.
        left: How many questions have not been asked yet.
        until: When it lapses.
    """

    member: Member
    form: Form = field(repr=False)
    values: Mapping[str, Raw] = field(repr=False)
    left: int
    until: datetime

    @property
    def usable(self) -> bool:
        """Whether everything that has to be answered has been asked."""
        start = len(self.form.fields) - self.left
        return not any(one.required for one in self.form.fields[start:])

    @property
    def command(self) -> str:
        """The command it is for."""
        return self.form.command

    @property
    def subject(self) -> str:
        """What it is about."""
        return self.form.subject

    @property
    def title(self) -> Text:
        """What stands above it."""
        return self.form.title

    @property
    def voice(self) -> Voice:
        """How its reader is spoken to."""
        return self.form.voice


class Pages:
    """The forms of everyone, oldest first."""

    def __init__(self, new_id: Callable[[], str]) -> None:
        """Take what draws new ids; start empty."""
        self._new_id = new_id
        self._pages: OrderedDict[str, Page] = OrderedDict()

    def __len__(self) -> int:
        """Return how many forms are on their way."""
        return len(self._pages)

    def begin(self, member: Member, form: Form, now: datetime) -> str:
        """Keep a form, and return its token."""
        self._lapse(now)
        token = self._new_id()
        self._pages[token] = Page(member, form, {}, len(form.fields), now + KEPT_FOR)
        own = [key for key, page in self._pages.items() if page.member == member]
        for key in own[:-MOST_OF_ONE]:
            del self._pages[key]
        while len(self._pages) > MOST:
            self._pages.popitem(last=False)
        return token

    def look(self, token: str, member: Member, now: datetime) -> Page | None:
        """Return a form; None when there is none of this member by that token (any more)."""
        self._lapse(now)
        page = self._pages.get(token)
        return page if page is not None and page.member == member else None

    def fields(self, token: str, member: Member, now: datetime) -> tuple[Field, ...] | None:
        """Return the next questions; None when there are none."""
        page = self.look(token, member, now)
        if page is None or not page.left:
            return None
        start = len(page.form.fields) - page.left
        return page.form.fields[start : start + PAGE]

    def filled(self, token: str, member: Member, values: Mapping[str, Raw], now: datetime) -> Page | None:
        """Take the answers to the questions that were shown last, and return the form as it is then.

        Answers to questions of an earlier page, sent once more, count; nothing is asked twice for it.
        """
        page = self.look(token, member, now)
        if page is None:
            return None
        names = [one.name for one in page.form.fields]
        given = {name: value for name, value in values.items() if name in names}
        reached = max((names.index(name) + 1 for name in given), default=0)
        left = min(page.left, len(names) - reached)
        page = replace(page, values={**page.values, **given}, left=left, until=now + KEPT_FOR)
        self._pages[token] = page
        if not left:
            del self._pages[token]
        return page

    def has(self, member: Member, now: datetime) -> bool:
        """Return whether a form of somebody is on its way."""
        self._lapse(now)
        return any(page.member == member for page in self._pages.values())

    def forget(self, member: Member) -> None:
        """Drop every form of somebody."""
        for token in [token for token, page in self._pages.items() if page.member == member]:
            del self._pages[token]

    def end(self, token: str) -> None:
        """Drop a form."""
        self._pages.pop(token, None)

    def card(self, token: str, page: Page) -> Card:
        """Return what is said between two pages."""
        use = (Choice("form.use", text("choice-form-use"), token),) if page.usable else ()
        return Card(
            (text("discord-form-between", count=page.left),),
            choices=(
                Choice("form.more", text("choice-form-more"), token),
                *use,
                Choice("form.stop", text("choice-form-stop"), token),
            ),
        )

    def lost(self) -> Card:
        """Return what is said where a form is not there any more."""
        return Card((text("discord-form-lost"),))

    def stopped(self) -> Card:
        """Return what is said to somebody who left a form."""
        return Card((text("discord-form-stopped"),))

    def _lapse(self, now: datetime) -> None:
        for token in [token for token, page in self._pages.items() if page.until <= now]:
            del self._pages[token]

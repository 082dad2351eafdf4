"""A form, asked as one question at a time.

Pure: the clock is an argument. What was answered is in memory only, for a quarter of an hour after the last question,
and nobody's answers outlive that by more than the next look at them. At the end the answers come out as the words of
an intent; free text among them is shown back and confirmed by dispatch, as everywhere. After a restart nothing is
left, and `adapters.matrix.shown.Shown` knows that a question had been the last thing shown: then `LOST` is said.
"""

import re
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

from adapters.matrix import parse
from bot.contract.card import Card, Field, Form
from bot.contract.params import (
    Days,
    Moments,
    OfDay,
    Pick,
    Picks,
    Raw,
    Roles,
    Someone,
    Until,
    When,
    Whole,
    Words,
    YesNo,
    Zone,
)
from bot.contract.place import Member, Room
from bot.contract.ports import Speaker
from bot.contract.text import Fact, Literal, Plain, Said, Text, Voice, text
from bot.domain.errors import Refusal

KEPT_FOR: Final = timedelta(minutes=15)
MOST: Final = 1_000
"""How many dialogs are open in all; the oldest go first."""

LOST: Final = Card((text("matrix-lost"),))
"""What is said to an answer after a restart."""

_EXAMPLES: Final[Mapping[str, Literal]] = {
    "member": Literal("@name:example.org"),
    "zone": Literal("Europe/Berlin"),
    "time": Literal("21:30"),
    "date": Literal("2027-03-04"),
    "when": Literal("2027-03-09 19:30"),
}
_EPOCH: Final = datetime.fromtimestamp(0, UTC)  # labels speak of no time
_QUOTED: Final = re.compile(r"\s*[\"“”„«»](.*)[\"“”«»]\s*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Question:
    """Ask this, and then tell `Dialogs.asked` by which event."""

    card: Card


@dataclass(frozen=True, slots=True)
class Filled:
    """Everything is answered: ask the core for ``command``, and not for its form again where no answer was given."""

    command: str
    subject: str
    args: Mapping[str, Raw] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Over:
    """The dialog is over and nothing of it is kept. Say this."""

    card: Card


Step = Question | Filled | Over


@dataclass(slots=True)
class _Open:
    """A dialog. ``given`` starts as what stood in the form."""

    form: Form
    given: dict[str, Raw] = field(repr=False)
    until: datetime
    at: int = 0
    event: str = field(default="", repr=False)

    @property
    def asked(self) -> Field:
        return self.form.fields[self.at]


class _Bare(Plain):
    """Shows labels as somebody would type them."""

    def said(self, words: str) -> str:
        return words


class Dialogs:
    """The dialogs of everyone, oldest first."""

    def __init__(self, speaker: Speaker) -> None:
        """Start with none; ``speaker`` knows what options are called."""
        self._speaker = speaker
        self._open: OrderedDict[Member, _Open] = OrderedDict()
        self._lapsed: OrderedDict[Member, None] = OrderedDict()

    def __len__(self) -> int:
        """Return how many people's answers are in memory."""
        return len(self._open)

    def begin(self, member: Member, form: Form, now: datetime) -> Step:
        """Ask the first question of a form. A dialog that was open is dropped; a form of no questions is filled."""
        self.lapse(now)
        self._drop(member)
        if not form.fields:
            return Filled(form.command, form.subject, {})
        given = {one.name: one.value for one in form.fields if one.value not in {"", ()}}
        self._open[member] = _Open(form, given, now + KEPT_FOR)
        while len(self._open) > MOST:
            self._open.popitem(last=False)
        return Question(self._card(self._open[member], title=True))

    def asked(self, member: Member, event: str) -> None:
        """Note the event by which the last question was asked."""
        if member in self._open:
            self._open[member].event = event

    def asking(self, member: Member, now: datetime) -> str | None:
        """Return the event of the question that waits for an answer; None where none does.

        It is empty while that is not known, and once after the dialog lapsed: then `answer` says that it did.
        """
        self.lapse(now)
        if member in self._open:
            return self._open[member].event
        return "" if member in self._lapsed else None

    def lapsed(self, member: Member, now: datetime) -> bool:
        """Return whether somebody's questions lapsed, and they were not told so yet."""
        self.lapse(now)
        return member in self._lapsed

    def answer(self, member: Member, words: str, now: datetime) -> Step | None:  # noqa: PLR0911 - one a word
        """Take an answer and return what follows; None where nothing was asked.

        A wrong answer is told so, and asked for again. It is not kept.
        """
        self.lapse(now)
        if member in self._lapsed:
            del self._lapsed[member]
            return Over(Card((text("matrix-lapsed"),)))
        dialog = self._open.get(member)
        if dialog is None:
            return None
        dialog.until = now + KEPT_FOR
        dialog.event = ""
        self._open.move_to_end(member)
        match parse.word(words, self._speaker, dialog.form.voice.locale):
            case "cancel":
                self._drop(member)
                return Over(Card((text("matrix-cancelled"),)))
            case "back":
                dialog.at = max(dialog.at - 1, 0)
                return Question(self._card(dialog))
            case "skip" if not dialog.asked.required or dialog.asked.name in dialog.given:
                return self._next(member, dialog)
            case "clear" if not dialog.asked.required:
                dialog.given.pop(dialog.asked.name, None)
                return self._next(member, dialog)
            case "skip" | "clear":
                return Question(self._card(dialog, self._needed(dialog)))
            case _:
                return self._take(member, dialog, words)

    def leave(self, member: Member) -> Over | None:
        """End a dialog because its member asked for something else; None where there was none."""
        was = member in self._open
        self._drop(member)
        return Over(Card((text("matrix-left"),))) if was else None

    def forget(self, member: Member) -> None:
        """Drop everything about a member, saying nothing."""
        self._drop(member)

    def lapse(self, now: datetime) -> datetime | None:
        """Drop what is over, and return when the next one will be."""
        for member in [member for member, one in self._open.items() if one.until <= now]:
            del self._open[member]
            self._lapsed[member] = None
            if len(self._lapsed) > MOST:
                self._lapsed.popitem(last=False)
        return min((one.until for one in self._open.values()), default=None)

    def _drop(self, member: Member) -> None:
        self._open.pop(member, None)
        self._lapsed.pop(member, None)

    def _take(self, member: Member, dialog: _Open, words: str) -> Step:
        try:
            raw = self._raw(dialog.asked, words, dialog.form.voice)
            dialog.asked.kind.parse(raw)
        except Refusal as refusal:
            if refusal.code == "member-unknown":
                return Question(self._card(dialog, text("matrix-no-member", example=_EXAMPLES["member"])))
            return Question(self._card(dialog, Text(f"refusal-{refusal.code}", dict(refusal.facts))))
        dialog.given[dialog.asked.name] = raw
        return self._next(member, dialog)

    def _next(self, member: Member, dialog: _Open) -> Step:
        dialog.at += 1
        if dialog.at < len(dialog.form.fields):
            return Question(self._card(dialog))
        self._drop(member)
        return Filled(dialog.form.command, dialog.form.subject, dict(dialog.given))

    # What was answered

    def _raw(self, asked: Field, words: str, voice: Voice) -> Raw:
        """Return an answer as its parameter takes it.

        Raises:
            Refusal: It is none of what is offered.
        """
        match asked.kind:
            case Someone():
                return parse.member(words) or ""
            case Words():
                quoted = _QUOTED.fullmatch(words)
                return quoted[1] if quoted is not None else words
            case Pick() | YesNo() if asked.options:
                return self._option(asked, words, voice, self._offered(asked, voice))
            case Picks() | Roles():
                return self._several(asked, words, voice)
            case _:
                return words.strip()

    def _several(self, asked: Field, words: str, voice: Voice) -> Raw:
        if not asked.options:
            return tuple(part.strip() for part in words.split(",") if part.strip())
        offered = self._offered(asked, voice)
        try:
            return (self._option(asked, words, voice, offered),)  # a label may have a comma in it
        except Refusal:
            between = r"[\s,;]+" if re.fullmatch(r"[0-9\s,;]+", words, re.ASCII) else r"[,;]"
            parts = [part for part in re.split(between, words) if part.strip()]
            if not parts:
                raise
            return tuple(dict.fromkeys(self._option(asked, part, voice, offered) for part in parts))

    def _option(self, asked: Field, words: str, voice: Voice, offered: Mapping[str, str]) -> str:
        """Return the value that a number, a label or a value names."""
        number = parse.number(words)
        if number is not None and number <= len(asked.options):
            return asked.options[number - 1].value
        answer = parse.word(words, self._speaker, voice.locale) if isinstance(asked.kind, YesNo) else None
        value = answer if answer in {"yes", "no"} else offered.get(parse.folded(words))
        if value is None or number is not None:
            raise Refusal("option-unknown")
        return value

    def _offered(self, asked: Field, voice: Voice) -> Mapping[str, str]:
        """Return the values on offer by their labels, and by themselves."""
        labels = {
            parse.folded(self._speaker.say(one.label, voice, _EPOCH, _Bare())): one.value
            for one in reversed(asked.options)
        }
        return {parse.folded(one.value): one.value for one in asked.options} | labels

    # What is asked

    def _card(self, dialog: _Open, first: Text | None = None, *, title: bool = False) -> Card:
        asked = dialog.asked
        number, of = dialog.at + 1, len(dialog.form.fields)
        lines = [first] if first is not None else []
        lines.append(text("matrix-question", label=asked.label, number=number, of=of))
        lines += [
            text("matrix-option", number=place, label=option.label) for place, option in enumerate(asked.options, 1)
        ]
        how = _how(asked)
        if how is not None:
            lines.append(how)
        stands = asked.name in dialog.given
        if stands:
            lines.append(text("matrix-stands", value=_fact(asked, dialog.given[asked.name])))
        if stands or not asked.required:
            lines.append(text("matrix-skip-keeps" if stands else "matrix-skip-opens", skip=self._word("skip", dialog)))
        if stands and not asked.required:
            lines.append(text("matrix-clear", clear=self._word("clear", dialog)))
        lines.append(text("matrix-ways", back=self._word("back", dialog), cancel=self._word("cancel", dialog)))
        return Card(tuple(lines), title=dialog.form.title if title else None)

    def _needed(self, dialog: _Open) -> Text:
        return text("matrix-needed", cancel=self._word("cancel", dialog))

    def _word(self, word: parse.Word, dialog: _Open) -> Literal:
        return Literal(self._speaker.plain(parse.WORDS[word], dialog.form.voice.locale))


def _how(asked: Field) -> Text | None:  # noqa: PLR0911, PLR0912, C901 - one return a kind of question
    """Return how a question is answered."""
    match asked.kind:
        case Pick() | YesNo():
            return text("matrix-ask-one") if asked.options else None
        case Picks(_, most) | Roles(most) if asked.options:
            return text("matrix-ask-several", most=min(most, len(asked.options)))
        case Picks(_, most):
            return text("matrix-ask-words-several", most=most)
        case Roles(most):
            return text("matrix-ask-ids", most=most)
        case Whole(low, high):
            return text("matrix-ask-whole", low=low, high=high)
        case Someone():
            return text("matrix-ask-member", example=_EXAMPLES["member"])
        case Words(limit, 1):
            return text("matrix-ask-free", limit=limit)
        case Words(limit, lines):
            return text("matrix-ask-lines", limit=limit, lines=lines)
        case Zone():
            return text("matrix-ask-zone", example=_EXAMPLES["zone"])
        case OfDay():
            return text("matrix-ask-time", example=_EXAMPLES["time"])
        case Days(most):
            return text("matrix-ask-days", most=most)
        case Until(most):
            return text("matrix-ask-until", example=_EXAMPLES["date"], most=most)
        case Moments(fewest, most):
            return text("matrix-ask-moments", low=fewest, high=most, example=_EXAMPLES["when"])
        case When():
            return text("matrix-ask-when", example=_EXAMPLES["when"])


def _fact(asked: Field, raw: Raw) -> Fact:
    """Return what stands in a field, as it is spoken: options by their labels."""
    if isinstance(raw, tuple):
        return tuple(_fact(asked, one) for one in raw)
    if isinstance(raw, Member | Room):
        return raw
    return next((option.label for option in asked.options if option.value == raw), Said(raw))

"""Showing one meeting among the events of the server it meets on, where a platform has such.

That is for whoever may change this one meeting. Before it is done they are told what it means: the whole server sees
it, and there it is shown who is interested.
"""

from typing import Any, Final

from bot.contract.card import Card, Choice
from bot.contract.circles import Circle, Meeting, Mirror
from bot.contract.command import Command, NoArgs, Turn
from bot.contract.facts import Act
from bot.contract.ports import Capability
from bot.contract.tables import Tx
from bot.contract.text import Text, text
from bot.domain.errors import Refusal
from commands import circle_mirror
from commands import circle_words as words
from commands.circle_change import to_change
from commands.circle_steps import pressed


def _shows(turn: Turn[Any], circle: Circle) -> bool:
    """Return whether there are events where a circle meets."""
    return Capability.EVENTS in turn.can.get(circle.room.platform, frozenset())


def lines(tx: Tx, meeting: Meeting) -> tuple[Text, ...]:
    """Say that a meeting stands among events, where it does."""
    return (text("circle-shown"),) if tx.circles.mirrored(meeting.id) is not None else ()


def choices(turn: Turn[Any], tx: Tx, circle: Circle, meeting: Meeting) -> tuple[Choice, ...]:
    """Return what can be done about that."""
    if tx.circles.mirrored(meeting.id) is not None:
        return (Choice("circle.unshow", text("choice-circle-unshow"), meeting.id),)
    return (Choice("circle.show", text("choice-circle-show"), meeting.id),) if _shows(turn, circle) else ()


def _more(meeting: Meeting, label: str = "choice-circle-more") -> Choice:
    return Choice("circle.more", text(label), meeting.id)


def _about(turn: Turn[NoArgs], tx: Tx) -> tuple[Circle, Meeting, Card | None]:
    """Return the meeting that is to be shown, and what is to be said where it cannot or need not be.

    Raises:
        Refusal: ``circle-no-events``, or as `to_change`.
    """
    circle, meeting = to_change(turn, tx)
    if not _shows(turn, circle):
        raise Refusal("circle-no-events")
    if tx.circles.mirrored(meeting.id) is not None:
        return circle, meeting, Card((text("circle-shown-already"),), choices=(*choices(turn, tx, circle, meeting),))
    wrong = turn.live.missing(circle.room, frozenset({Act.EVENTS}))
    cannot = Card((text("circle-cannot-show"), *wrong), choices=(_more(meeting),)) if wrong else None
    return circle, meeting, cannot


def _show(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Say what it means to be shown there, and ask by which name. Nothing is done yet."""
    circle, meeting, instead = _about(turn, tx)
    if instead is not None:
        return instead
    return Card(
        (words.when(circle, meeting.starts_at), text("circle-show")),
        choices=(
            Choice("circle.show-named", text("choice-circle-show-named"), meeting.id),
            Choice("circle.show-neutral", text("choice-circle-show-neutral"), meeting.id),
            _more(meeting, "choice-circle-leave"),
        ),
    )


def _mirror(*, named: bool) -> Any:
    def run(turn: Turn[NoArgs], tx: Tx) -> Card:
        """Show this one meeting."""
        circle, meeting, instead = _about(turn, tx)
        if instead is not None:
            return instead
        circle_mirror.put(tx, circle, meeting, Mirror(meeting.id, named), turn.asker)
        return Card((text("circle-showing"),), choices=(*choices(turn, tx, circle, meeting), _more(meeting)))

    return run


def _unshow(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Take it out again. Asked for twice it is as if asked for once."""
    _, meeting = to_change(turn, tx)
    circle_mirror.take_out(tx, meeting.id)
    return Card((text("circle-unshown"),), choices=(_more(meeting),))


COMMANDS: Final[tuple[Command[Any], ...]] = (
    pressed("circle.show", _show, reads=True),
    pressed("circle.show-named", _mirror(named=True)),
    pressed("circle.show-neutral", _mirror(named=False)),
    pressed("circle.unshow", _unshow),
)

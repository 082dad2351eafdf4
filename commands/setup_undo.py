"""One step back, with what it undoes said first. The settings before the latest change are kept for 30 days."""

from datetime import timedelta
from typing import Any, Final

from bot.contract.card import Card, Choice
from bot.contract.command import Command, NoArgs, Turn
from bot.contract.facts import Right
from bot.contract.tables import Before, Tx
from bot.contract.text import Text, text
from bot.domain.errors import Refusal
from commands.setup_features import meaning, switched
from commands.setup_shared import back, community_of, lines, settings_of

ASKED_WITHIN: Final = timedelta(hours=1)
"""How long the choice to go back works."""


def _undo(turn: Turn[NoArgs], tx: Tx) -> Card:
    before = tx.communities.before(turn.community, turn.now)
    if before is None:
        return Card((text("setup-undo-nothing"),), choices=(back(turn.community),))
    now = community_of(turn, tx)
    subject = turn.sealer.seal(f"{before.id} {turn.community}", turn.now + ASKED_WITHIN)
    return Card(
        (
            text("setup-undo-asks", what=Text("command-" + before.what.replace(" ", "-"))),
            *lines(before.settings, before.settings.rooms, turn.asker.platform),
            *meaning(frozenset(before.settings.community.off) - frozenset(now.off)),
        ),
        title=text("setup-undo-title"),
        choices=(Choice("setup.undo-yes", text("choice-setup-undo"), subject=subject), back(turn.community)),
    )


def _undo_yes(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Go back, if that is still the step that was asked about.

    Its subject names the step, so it cannot name the community to dispatch: the right is looked for here.
    """
    id_, _, place = (turn.sealer.unseal(turn.subject, turn.now) or "").partition(" ")
    community = tx.communities.get(place)
    if community is None:
        raise Refusal("undo-over")
    standing = turn.live.standing(turn.asker, tx.communities.spaces(place))
    if community.right(standing) < Right.MODERATOR:
        raise Refusal("right-moderator")
    before = tx.communities.before(place, turn.now)
    if before is None or before.id != id_:
        raise Refusal("undo-over")
    if before.settings.community.moderators != community.moderators and standing.right < Right.MODERATOR:
        raise Refusal("right-platform")
    now = settings_of(tx, place)
    tx.communities.restore(before.settings)
    switched(turn, tx, now.community, before.settings.community)
    tx.communities.keep_before(place, Before(turn.chance.new_id(), "setup undo", now), turn.now)
    return Card((text("setup-undone"),), choices=(back(place),))


COMMANDS: Final[tuple[Command[Any], ...]] = (
    Command("setup undo", _undo, right=Right.MODERATOR, reads=True),
    Command("setup.undo-yes", _undo_yes, right=Right.NONE, community=False),
)

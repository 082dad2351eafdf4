"""An interaction of Discord's, read. Pure, and nothing that arrives makes it raise.

What is not shaped as it should be is left out; what is none of ours is no event.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Literal

import discord

from bot.contract.facts import Known, Right, Standing, WhoIs
from bot.contract.params import Raw
from bot.contract.place import Member, Room, Space

PLATFORM: Final = "discord"

ADMINISTRATOR: Final = 1 << 3
MANAGE_SERVER: Final = 1 << 5

Kind = Literal["command", "press", "form", "complete"]

KINDS: Final[Mapping[discord.InteractionType, Kind]] = {
    discord.InteractionType.application_command: "command",
    discord.InteractionType.component: "press",
    discord.InteractionType.modal_submit: "form",
    discord.InteractionType.autocomplete: "complete",
}

TEXT_COMMAND: Final = 1
BUTTON: Final = 2

USERS, ROLES, INPUT = 5, 6, 4
"""Kinds of components of a form whose values are not plain options."""

DEEPEST: Final = 5
"""How deep the components of a form are looked into."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that somebody did.

    Attributes:
        key: The interaction's id.
        kind: What they did: typed a command, pressed a button, sent a form, is typing into an option.
        member: Who.
        space: The server; None in private.
        room: The channel or thread; None in private.
        locale: The language of their app.
        name: The id of the button or the form; empty for the others.
        data: What was typed, as it came, for `adapters.discord.slash`.
        values: What a form was filled in with.
        known: Their standing in the server, which came along.
    """

    key: str = field(repr=False)
    kind: Kind
    member: Member
    space: Space | None = None
    room: Room | None = None
    locale: str = ""
    name: str = field(default="", repr=False)
    data: Mapping[str, Any] = field(default_factory=dict, repr=False)
    values: Mapping[str, Raw] = field(default_factory=dict, repr=False)
    known: tuple[Known, ...] = ()


def event(interaction: "discord.Interaction[Any]", now: datetime) -> Event | None:
    """Read an interaction.

    Returns:
        None for what is none of ours: a ping, a kind that is not known, no person, a server without the bot.
    """
    kind = KINDS.get(interaction.type)
    who = getattr(interaction, "user", None)
    data = interaction.data
    if kind is None or not isinstance(who, discord.User | discord.Member) or who.bot or not isinstance(data, Mapping):
        return None
    member = Member(PLATFORM, str(who.id))
    space = room = None
    known: tuple[Known, ...] = ()
    if interaction.guild_id is not None:
        if not isinstance(who, discord.Member) or not interaction.is_guild_integration():
            return None  # somebody brought the bot along into a server that did not invite it
        space = Space(PLATFORM, str(interaction.guild_id))
        room = Room(PLATFORM, str(interaction.channel_id)) if interaction.channel_id is not None else None
        known = (Known(WhoIs(member, (space,)), _standing(who, interaction.permissions.value, now), now),)
    name = data.get("custom_id", "")
    fits = data.get("type") == TEXT_COMMAND if kind in {"command", "complete"} else isinstance(name, str)
    pressed = kind != "press" or data.get("component_type") == BUTTON
    if not fits or not pressed:
        return None
    return Event(
        key=str(interaction.id),
        kind=kind,
        member=member,
        space=space,
        room=room,
        locale=str(interaction.locale),
        name=name if kind in {"press", "form"} else "",
        data=data,
        values=dict(_values(data.get("components"))) if kind == "form" else {},
        known=known,
    )


def _standing(who: discord.Member, may: int, now: datetime) -> Standing:
    return standing(
        may,
        who.joined_at,
        who._roles,  # noqa: SLF001 - its public list leaves out roles that are not in the cache
        timed_out_until=who.timed_out_until,
        pending=who.pending,
        now=now,
    )


def standing(
    may: int,
    joined_at: datetime | None,
    roles: Iterable[int],
    *,
    timed_out_until: datetime | None,
    pending: bool,
    now: datetime,
) -> Standing:
    """Return somebody's standing in a server.

    Args:
        may: What they may do there, as permission bits.
        joined_at: When they came.
        roles: Ids of their roles.
        timed_out_until: Until when a moderator keeps them from speaking.
        pending: They have not yet agreed to what the server asks of newcomers.
        now: Aware instant.
    """
    return Standing(
        Right.MODERATOR if may & (ADMINISTRATOR | MANAGE_SERVER) else Right.MEMBER,
        able=not pending and not (timed_out_until is not None and timed_out_until > now),
        joined_at=joined_at,
        roles=frozenset(str(role) for role in roles),
    )


def _values(components: object, depth: int = 0) -> Iterable[tuple[str, Raw]]:
    """Give the answers in a form, by the ids of its questions."""
    if not isinstance(components, list) or depth > DEEPEST:
        return
    for part in components:
        if not isinstance(part, Mapping):
            continue
        name = part.get("custom_id")
        if isinstance(name, str):
            yield name, _answer(part)
        yield from _values(part.get("components"), depth + 1)
        yield from _values([part.get("component")], depth + 1)


def _answer(part: Mapping[str, Any]) -> Raw:
    value, values = part.get("value"), part.get("values")
    if isinstance(values, list):
        given = tuple(one for one in values if isinstance(one, str))
        if part.get("type") == USERS:
            return Member(PLATFORM, given[0]) if given else ""
        return given
    return value if isinstance(value, str) else ""

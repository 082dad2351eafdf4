"""An interaction of Discord's, read. Pure, and nothing that arrives makes it raise.

What is not shaped as it should be is left out; what is none of ours is no event.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
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

USERS, ROLES = 5, 6
"""Kinds of components of a form whose values are not plain options."""

_ID: Final = re.compile(r"[0-9]{1,20}")
_LOCALE: Final = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})?")

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
        locale: The language of their app, without its region.
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
        None for what is none of ours: a ping, a kind that is not known, no person, a server without the bot, a
        conversation of others.
    """
    kind = KINDS.get(interaction.type)
    who = getattr(interaction, "user", None)
    data = interaction.data
    if kind is None or not isinstance(who, discord.User | discord.Member) or who.bot or not isinstance(data, Mapping):
        return None
    if interaction.guild_id is None and interaction.context.private_channel:
        return None  # somebody brought the bot along into a conversation with others
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
    fits = kind in {"press", "form"} or data.get("type") == TEXT_COMMAND
    pressed = kind != "press" or data.get("component_type") == BUTTON
    if not fits or not pressed or not isinstance(name, str):
        return None
    return Event(
        key=str(interaction.id),
        kind=kind,
        member=member,
        space=space,
        room=room,
        locale=_locale(interaction.locale),
        name=name if kind in {"press", "form"} else "",
        data=data,
        values=dict(_values(data.get("components"))) if kind == "form" else {},
        known=known,
    )


def _locale(given: discord.Locale) -> str:
    """Return the language of somebody's app, without its region; empty where what came is none."""
    value: object = given.value
    return value.partition("-")[0] if isinstance(value, str) and _LOCALE.fullmatch(value) else ""


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
        timed_out_until: Until when a moderator keeps them from speaking. That does not hold for administrators.
        pending: They have not yet agreed to what the server asks of newcomers.
        now: Aware instant.
    """
    until = _aware(timed_out_until)
    silenced = until is not None and until > now and not may & ADMINISTRATOR
    return Standing(
        Right.MODERATOR if may & (ADMINISTRATOR | MANAGE_SERVER) else Right.MEMBER,
        able=not pending and not silenced,
        joined_at=_aware(joined_at),
        roles=frozenset(str(role) for role in roles),
    )


def _aware(instant: datetime | None) -> datetime | None:
    """Return an instant that can be compared, even if Discord left out that it means UTC."""
    return instant.replace(tzinfo=UTC) if instant is not None and instant.tzinfo is None else instant


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
    """Return what was given to one question; empty words where nothing was.

    One picked option is given as words: only the command knows whether it takes one or several, and reads either.
    """
    value, values = part.get("value"), part.get("values")
    if not isinstance(values, list):
        return value if isinstance(value, str) else ""
    given = tuple(one for one in values if isinstance(one, str))
    match part.get("type"):
        case kind if kind in (USERS, ROLES):
            ids = tuple(one for one in given if _ID.fullmatch(one))
            return ids if kind == ROLES else next((Member(PLATFORM, one) for one in ids), "")
        case _ if len(given) == 1:
            return given[0]
        case _:
            return given

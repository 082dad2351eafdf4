"""What there is: people, guilds, channels, threads, messages, events. Values only; `world` changes them."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from .errors import Json

EPHEMERAL = 1 << 6
LOADING = 1 << 7
COMPONENTS_V2 = 1 << 15


@dataclass(eq=False)
class User:
    """An account."""

    id: int
    username: str
    global_name: str | None = None
    bot: bool = False
    locale: str = "en-US"
    dms_open: bool = True


@dataclass(eq=False)
class Role:
    """A role of a guild. The one whose id is the guild's is @everyone."""

    id: int
    name: str
    permissions: int
    position: int
    managed: bool = False


@dataclass(eq=False)
class Member:
    """A user in a guild."""

    user: User
    joined: datetime
    roles: list[int] = field(default_factory=list)
    timeout: datetime | None = None
    nick: str | None = None


@dataclass(eq=False)
class Overwrite:
    """What a channel allows or denies to one role or member, unlike the guild."""

    id: int
    of_member: bool
    allow: int = 0
    deny: int = 0


@dataclass(eq=False)
class Thread:
    """What a channel has in addition when it is a thread."""

    owner_id: int
    created: datetime
    archive_changed: datetime
    archived: bool = False
    locked: bool = False
    invitable: bool = True
    auto_archive: int = 4320
    members: dict[int, datetime] = field(default_factory=dict)


@dataclass(eq=False)
class Attachment:
    """A file of a message."""

    id: int
    filename: str
    content_type: str
    data: bytes
    description: str | None = None


@dataclass(eq=False)
class Message:
    """A message, as it is now."""

    id: int
    channel_id: int
    author: User
    timestamp: datetime
    type: int = 0
    content: str = ""
    components: list[Json] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    embeds: list[Json] = field(default_factory=list)
    flags: int = 0
    nonce: str | int | None = None
    mentions: list[int] = field(default_factory=list)
    mention_roles: list[int] = field(default_factory=list)
    mention_everyone: bool = False
    edited: datetime | None = None
    pinned: datetime | None = None
    interaction: Json | None = None
    seen_by: int | None = None
    """The only user who sees it, where it is ephemeral."""
    edits: int = 0

    @property
    def ephemeral(self) -> bool:
        """Whether only one person sees it."""
        return bool(self.flags & EPHEMERAL)

    @property
    def text(self) -> str:
        """What a person reads: the content and each text display, buttons aside."""
        words = [self.content] if self.content else []
        words += [part["content"] for part in walk(self.components) if part["type"] == 10]
        return "\n".join(words)

    @property
    def card(self) -> list[Json]:
        """The components, as they are."""
        return self.components

    @property
    def buttons(self) -> list[tuple[str, str]]:
        """Label and id of each button that can be pressed."""
        return [
            (part.get("label", ""), part["custom_id"])
            for part in walk(self.components)
            if part["type"] == 2 and "custom_id" in part and not part.get("disabled")
        ]


def walk(components: list[Json]) -> list[Json]:
    """Return every component, those inside others too, in reading order."""
    found = []
    for part in components:
        found.append(part)
        found += walk(part.get("components", []))
        found += walk([part[key] for key in ("accessory", "component") if isinstance(part.get(key), dict)])
    return found


@dataclass(eq=False)
class Channel:
    """A text channel, a thread or a private conversation."""

    TEXT: ClassVar[int] = 0
    DM: ClassVar[int] = 1
    PUBLIC_THREAD: ClassVar[int] = 11
    PRIVATE_THREAD: ClassVar[int] = 12

    id: int
    type: int
    name: str = ""
    guild_id: int | None = None
    parent_id: int | None = None
    position: int = 0
    topic: str | None = None
    nsfw: bool = False
    slow: int = 0
    overwrites: dict[int, Overwrite] = field(default_factory=dict)
    history: list[Message] = field(default_factory=list)
    """Everything, what Discord says itself too ("pinned a message")."""
    thread: Thread | None = None
    recipients: list[User] = field(default_factory=list)
    last_pin: datetime | None = None

    @property
    def messages(self) -> list[Message]:
        """What accounts wrote, oldest first."""
        return [message for message in self.history if message.type in {0, 19, 20, 23}]


@dataclass(eq=False)
class Event:
    """A scheduled event."""

    id: int
    guild_id: int
    creator_id: int
    fields: Json
    interested: list[int] = field(default_factory=list)
    """Who pressed *Interested*; everybody in the server can read it."""


@dataclass(eq=False)
class Guild:
    """A server."""

    id: int
    name: str
    owner_id: int
    created: datetime
    locale: str = "en-US"
    features: set[str] = field(default_factory=set)
    roles: dict[int, Role] = field(default_factory=dict)
    members: dict[int, Member] = field(default_factory=dict)
    bans: set[int] = field(default_factory=set)
    events: dict[int, Event] = field(default_factory=dict)
    finished: list[Event] = field(default_factory=list)
    """Events that Discord ended by itself, or that were called off. They are not listed, and nobody deletes them."""

    def role(self, name: str) -> Role:
        """Return the role of this name."""
        return next(role for role in self.roles.values() if role.name == name)

"""People: they type commands, press buttons, fill in forms, read, talk, come and go.

What each method returns is what that person would see.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from . import client, permissions
from .client import ClientRefused, Resolved
from .components import SELECTS
from .errors import Json
from .interactions import AUTOCOMPLETE, COMMAND, COMPONENT, FIRST_ANSWER, SUBMIT, TOKEN_LIVES, Interaction
from .messages import Sent
from .state import Attachment, Channel, Event, Guild, Message, User, walk
from .world import GUILD_SCHEDULED_EVENTS

if TYPE_CHECKING:
    from . import StandIn

PATIENCE = 10.0
"""Seconds of real time after which a test is told that nothing came."""
NO_ANSWER = "The application did not respond"


@dataclass(frozen=True, eq=False)
class Modal:
    """A form that the bot opened."""

    asked: Interaction
    shape: Json

    @property
    def title(self) -> str:
        """What stands above it."""
        title: str = self.shape["title"]
        return title

    @property
    def custom_id(self) -> str:
        """Its id."""
        custom_id: str = self.shape["custom_id"]
        return custom_id

    @property
    def labels(self) -> list[str]:
        """The label of each field."""
        return [part["label"] for part in walk(self.shape["components"]) if part.get("label")]


@dataclass(frozen=True, eq=False)
class Answer:
    """What came of something asked. It shows the present: edits of the answer are seen in it."""

    asked: Interaction
    error: str | None = None

    @property
    def message(self) -> Message | None:
        """The message that answers, or the one that was changed."""
        return self.asked.original

    @property
    def text(self) -> str:
        """What it says."""
        return self.message.text if self.message else ""

    @property
    def card(self) -> list[Json]:
        """Its components."""
        return self.message.components if self.message else []

    @property
    def buttons(self) -> list[tuple[str, str]]:
        """Label and id of each button."""
        return self.message.buttons if self.message else []

    @property
    def ephemeral(self) -> bool:
        """Whether nobody else sees it."""
        return bool(self.message and self.message.ephemeral)

    @property
    def files(self) -> list[Attachment]:
        """Its files."""
        return self.message.attachments if self.message else []

    @property
    def modal(self) -> Modal | None:
        """The form that the bot opened."""
        return Modal(self.asked, self.asked.modal) if self.asked.modal is not None else None

    @property
    def followups(self) -> list[Message]:
        """What came after the answer."""
        return self.asked.followups


@dataclass(frozen=True, eq=False)
class Person:
    """Somebody with an account."""

    there: "StandIn"
    user: User

    @property
    def id(self) -> int:
        """The id of the account."""
        return self.user.id

    @property
    def mention(self) -> str:
        """How the person is written in a message."""
        return f"<@{self.id}>"

    # -- asking ---------------------------------------------------------------------------------------------------

    async def slash(
        self, words: str, options: Mapping[str, Any] | None = None, channel: Channel | None = None
    ) -> Answer:
        """Type a command, in a channel or in the private conversation with the bot."""
        place, guild = self._where(channel)
        world = self.there.world
        command, known, way = client.find(world, words, self.user, place, guild)
        data = client.command_data(world, command, way, known, options or {}, guild)
        return await self._ask(place, COMMAND, data)

    async def slash_raw(self, data: Json, channel: Channel | None = None) -> Answer:
        """Send a command that no honest app would send."""
        return await self._ask(self._where(channel)[0], COMMAND, data)

    async def autocomplete(
        self, words: str, option: str, typed: str, channel: Channel | None = None
    ) -> list[tuple[str, Any]]:
        """Type into an option and return what is offered, as name and value."""
        place, guild = self._where(channel)
        command, known, way = client.find(self.there.world, words, self.user, place, guild)
        found = next((one for one in known if one["name"] == option and one.get("autocomplete")), None)
        if found is None:
            raise ClientRefused(f"{option} offers nothing while one types")
        focused = {"name": option, "type": found["type"], "value": typed, "focused": True}
        answer = await self._ask(place, AUTOCOMPLETE, client.nested(command, way, [focused]))
        return [(one["name"], one["value"]) for one in answer.asked.choices or []]

    async def click(self, shown: Message | Answer, button: str) -> Answer:
        """Press a button, by its id or label."""
        message = self._see(shown)
        parts = [part for part in walk(message.components) if part["type"] == 2 and "custom_id" in part]
        found = next((one for one in parts if button in (one["custom_id"], one.get("label"))), None)
        if found is None or found.get("disabled"):
            raise ClientRefused(f"no such button; there are {message.buttons}")
        return await self._press(message, {"component_type": 2, "custom_id": found["custom_id"], "id": found["id"]})

    async def select(self, shown: Message | Answer, custom_id: str, values: Any) -> Answer:
        """Pick in a select: values or labels, or people, roles, channels."""
        message = self._see(shown)
        parts = [part for part in walk(message.components) if part["type"] in SELECTS]
        found = next((one for one in parts if one["custom_id"] == custom_id and not one.get("disabled")), None)
        if found is None:
            raise ClientRefused("no such select")
        resolved = Resolved(self.there.world, self.there.world.guild_of(self._channel(message)))
        picked = client.picked(found, values, resolved)
        data: Json = {"component_type": found["type"], "custom_id": custom_id, "id": found["id"], "values": picked}
        return await self._press(message, data | resolved.shape)

    async def press_raw(self, custom_id: str, channel: Channel | None = None, message: Message | None = None) -> Answer:
        """Press a button that is not there, as a forger would."""
        place, _ = self._where(channel)
        own = [one for one in place.messages if one.author is self.there.world.bot]
        shown = message or (own[-1] if own else self.there.messages.draft(self.there.world.bot, place))
        data = {"component_type": 2, "custom_id": custom_id, "id": 1}
        return await self._ask(place, COMPONENT, data, shown)

    async def submit(self, shown: Modal | Answer, fields: Mapping[str, Any] | None = None) -> Answer:
        """Fill in a form and send it: fields by label or id; a select takes values, people, roles."""
        modal = shown.modal if isinstance(shown, Answer) else shown
        if modal is None:
            raise ClientRefused("no form was opened")
        place = modal.asked.channel
        resolved = Resolved(self.there.world, self.there.world.guild_of(place))
        data = client.form_data(modal.shape, fields or {}, resolved)
        return await self._ask(place, SUBMIT, data, modal.asked.message, modal.asked)

    def _where(self, channel: Channel | None) -> tuple[Channel, Guild | None]:
        place = channel or self.dm
        guild = self.there.world.guild_of(place)
        may = self.there.world.may(self.id, place)
        if not may & permissions.VIEW_CHANNEL or not may & permissions.USE_APPLICATION_COMMANDS:
            raise ClientRefused("this person cannot use commands here")
        return place, guild

    @property
    def dm(self) -> Channel:
        """The private conversation with the bot."""
        return self.there.world.dm(self.user)

    def _channel(self, message: Message) -> Channel:
        return self.there.world.channel(message.channel_id)

    def _see(self, shown: Message | Answer) -> Message:
        """Return a message that this person can see and press something in."""
        message = shown.message if isinstance(shown, Answer) else shown
        if message is None:
            raise ClientRefused("there is no message")
        channel = self.there.world.channels.get(message.channel_id)
        mine = message.id in self.there.world.hidden and message.seen_by == self.id
        open_to_all = channel is not None and message in channel.history
        if channel is None or not (mine or open_to_all) or not self.there.sees(self, channel):
            raise ClientRefused("this person does not see the message")
        if not self.there.world.may(self.id, channel) & ~permissions.IN_TIMEOUT:
            raise ClientRefused("this person is in a time-out")
        return message

    async def _press(self, message: Message, data: Json) -> Answer:
        return await self._ask(self._channel(message), COMPONENT, data, message)

    async def _ask(
        self,
        place: Channel,
        kind: int,
        data: Json,
        message: Message | None = None,
        triggered_by: Interaction | None = None,
    ) -> Answer:
        """Ask, and wait until the person sees something final."""
        asked = self.there.interactions.ask(self.user, place, kind, data, message=message, triggered_by=triggered_by)

        def over() -> bool:
            waited = self.there.now() - asked.born
            return waited > (TOKEN_LIVES if asked.waiting else FIRST_ANSWER)

        await self.there.until(lambda: asked.settled.is_set() or over(), f"an answer to {data.get('name', 'a press')}")
        return Answer(asked, None if asked.settled.is_set() else NO_ANSWER)

    # -- reading --------------------------------------------------------------------------------------------------

    @property
    def direct_messages(self) -> list[Message]:
        """What the bot wrote in private and what is still there, as it is now."""
        return [one for one in self.dm.messages if one.author is self.there.world.bot]

    @property
    def ephemeral_messages(self) -> list[Message]:
        """What only this person sees."""
        return [one for one in self.there.world.hidden.values() if one.seen_by == self.id]

    def sees(self, channel: Channel) -> bool:
        """Return whether this person can read a channel."""
        return self.there.sees(self, channel)

    # -- doing ----------------------------------------------------------------------------------------------------

    def close_dms(self) -> None:
        """Take no private messages any more."""
        self.user.dms_open = False

    def open_dms(self) -> None:
        """Take private messages again."""
        self.user.dms_open = True

    def talks(self, channel: Channel | None, words: str) -> Message:
        """Say something; the bot hears it only as its intents allow."""
        return self.there.messages.create(self.user, channel or self.dm, Sent({"content": words}))

    def deletes(self, message: Message) -> None:
        """Delete a message."""
        self.there.messages.delete(self.user, self._channel(message), message)

    def join(self, guild: Guild, *roles: str) -> "Person":
        """Come into a guild, with roles by name."""
        self.there.world.join(guild, self.user)
        guild.members[self.id].roles = [guild.role(name).id for name in roles]
        return self

    def leave(self, guild: Guild) -> None:
        """Leave a guild."""
        self.there.world.leave(guild, self.id)

    def ban(self, guild: Guild) -> None:
        """Be banned from a guild."""
        self.there.world.ban(guild, self.user)

    def timeout(self, guild: Guild, until: datetime | timedelta | None) -> None:
        """Be timed out until then, or for so long; None ends it."""
        end = self.there.now() + until if isinstance(until, timedelta) else until
        guild.members[self.id].timeout = end
        self.there.world.change_member(guild, self.id)

    def is_interested(self, event: Event) -> None:
        """Press *Interested* on an event."""
        event.interested.append(self.id)
        data: Json = {
            "guild_scheduled_event_id": str(event.id),
            "user_id": str(self.id),
            "guild_id": str(event.guild_id),
        }
        name = "GUILD_SCHEDULED_EVENT_USER_ADD"
        self.there.world.emit(name, data, guild_id=event.guild_id, intents=GUILD_SCHEDULED_EVENTS)

    def leave_thread(self, channel: Channel) -> None:
        """Leave a thread."""
        self.there.world.thread_members(channel, removed=self.id)

    def bring_into(self, channel: Channel, other: "Person") -> None:
        """Add somebody else to a thread that this person is in."""
        self.there.world.need(self.id, channel, permissions.SEND_MESSAGES_IN_THREADS)
        self.there.world.thread_members(channel, added=other.id)

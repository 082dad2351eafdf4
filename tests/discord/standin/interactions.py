"""Interactions: somebody asked the bot for something, and has three seconds to hear from it.

https://discord.com/developers/docs/interactions/receiving-and-responding
"""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from . import permissions, shapes
from .components import check_modal
from .errors import Json, bad_form, no, units
from .messages import Messages, Sent
from .state import EPHEMERAL, LOADING, Channel, Message, User
from .world import World

COMMAND, COMPONENT, AUTOCOMPLETE, SUBMIT = 2, 3, 4, 5
MESSAGE, DEFERRED, DEFERRED_UPDATE, UPDATE, CHOICES, MODAL = 4, 5, 6, 7, 8, 9
FIRST_ANSWER = timedelta(seconds=3)
TOKEN_LIVES = timedelta(minutes=15)


@dataclass(eq=False)
class Interaction:
    """Something asked, and what came of it."""

    id: int
    token: str
    type: int
    user: User
    channel: Channel
    born: datetime
    data: Json
    message: Message | None = None
    answer_type: int | None = None
    original: Message | None = None
    modal: Json | None = None
    choices: list[Json] | None = None
    followups: list[Message] = field(default_factory=list)
    waiting: bool = False
    """Deferred, and its edit or follow-up has not come yet."""
    settled: asyncio.Event = field(default_factory=asyncio.Event)
    """Set as soon as the person sees something final."""
    triggered_by: "Interaction | None" = None

    def settle(self) -> None:
        """Note that the person sees something final."""
        self.waiting = False
        self.settled.set()


class Interactions:
    """Every interaction, and the three routes by which the bot answers."""

    def __init__(self, world: World, messages: Messages) -> None:
        self.world = world
        self.messages = messages
        self.by_token: dict[str, Interaction] = {}

    # -- asking ---------------------------------------------------------------------------------------------------

    def ask(
        self,
        user: User,
        channel: Channel,
        kind: int,
        data: Json,
        *,
        message: Message | None = None,
        triggered_by: Interaction | None = None,
    ) -> Interaction:
        """Send the bot an interaction."""
        new_id = self.world.new_id()
        one = Interaction(new_id, f"aW50ZXJhY3Rpb246{new_id}", kind, user, channel, self.world.now(), data, message)
        one.triggered_by = triggered_by
        self.by_token[one.token] = one
        self.world.emit("INTERACTION_CREATE", self.shape(one), guild_id=channel.guild_id)
        return one

    def shape(self, one: Interaction) -> Json:
        """Return an interaction as the bot gets it."""
        guild = self.world.guild_of(one.channel)
        bot_may = self.world.may(self.world.bot.id, one.channel)
        shape: Json = {
            "id": str(one.id),
            "application_id": str(self.world.application_id),
            "type": one.type,
            "data": one.data,
            "token": one.token,
            "version": 1,
            "channel_id": str(one.channel.id),
            "app_permissions": str(bot_may),
            "locale": one.user.locale,
            "entitlements": [],
            "entitlement_sku_ids": [],
            "attachment_size_limit": 10 * 1024 * 1024,
            "authorizing_integration_owners": self._owners(one),
        }
        if one.message is not None:
            shape["message"] = self.world.shape(one.message)
        if guild is None:
            return shape | {"channel": self.world.dm_shape(one.channel), "user": shapes.user(one.user), "context": 1}
        may = str(self.world.may(one.user.id, one.channel))
        return shape | {
            "channel": shapes.channel(one.channel) | {"permissions": may},
            "member": shapes.member(guild.members[one.user.id]) | {"permissions": may},
            "guild_id": str(guild.id),
            "guild": {"id": str(guild.id), "locale": guild.locale, "features": []},
            "guild_locale": guild.locale,
            "context": 0,
        }

    def _owners(self, one: Interaction) -> Json:
        return {"0": str(one.channel.guild_id or 0)}

    # -- the first answer -----------------------------------------------------------------------------------------

    def callback(self, interaction_id: int, token: str, sent: Sent) -> Json:
        """Take the first answer; return the reply's JSON.

        Refused with 10062 after three seconds, with 40060 the second time.
        """
        one = self.by_token.get(token)
        if one is None or one.id != interaction_id:
            raise no(10062)
        if one.answer_type is not None:
            raise no(40060)
        if self.world.now() - one.born > FIRST_ANSWER:
            raise no(10062)
        kind = sent.body.get("type")
        answer = {
            MESSAGE: self._message,
            DEFERRED: self._deferred,
            DEFERRED_UPDATE: self._deferred_update,
            UPDATE: self._update,
            CHOICES: self._choices,
            MODAL: self._modal,
        }.get(kind if isinstance(kind, int) else 0)
        if answer is None:
            raise bad_form("type", "BASE_TYPE_CHOICES", "Not an interaction callback type.")
        if (kind == CHOICES) != (one.type == AUTOCOMPLETE):
            raise bad_form("type", "BASE_TYPE_CHOICES", "Not an answer to this type of interaction.")
        resource = answer(one, Sent(sent.body.get("data") or {}, sent.files))
        one.answer_type = kind
        if not one.waiting:
            one.settle()
        about: Json = {"id": str(one.id), "type": one.type, "channel_id": str(one.channel.id)}
        if one.original is not None:
            about["response_message_id"] = str(one.original.id)
            about["response_message_loading"] = one.waiting
            about["response_message_ephemeral"] = one.original.ephemeral
        if one.channel.guild_id:
            about["guild_id"] = str(one.channel.guild_id)
        return {"interaction": about} | ({"resource": resource} if resource else {})

    def _new(self, one: Interaction) -> Message:
        message = self.messages.draft(self.world.bot, one.channel)
        message.type = {COMMAND: 20, COMPONENT: 19}.get(one.type, 0)
        message.interaction = self._metadata(one)
        return message

    def _metadata(self, one: Interaction) -> Json:
        """Return what a message tells about the interaction it answers."""

        def about(each: Interaction) -> Json:
            shape: Json = {"id": str(each.id), "type": each.type, "user": shapes.user(each.user)}
            shape["authorizing_integration_owners"] = self._owners(each)
            if each.type == COMPONENT and each.message is not None:
                shape["interacted_message_id"] = str(each.message.id)
            if each.type == SUBMIT and each.triggered_by is not None:
                shape["triggering_interaction_metadata"] = about(each.triggered_by)
            return shape

        app = str(self.world.application_id)
        return {"interaction_metadata": about(one), "application_id": app, "webhook_id": app}

    def _place(self, one: Interaction, message: Message) -> None:
        """Put an answer where its person sees it: alone, or in the channel."""
        if message.ephemeral:
            message.seen_by = one.user.id
            self.world.hidden[message.id] = message
        else:
            self.messages.post(one.channel, message)

    def _message(self, one: Interaction, sent: Sent) -> Json:
        message = self._new(one)
        self.messages.build(message, sent, may_ping_all=self._may_ping(one))
        self._place(one, message)
        one.original = message
        return {"type": MESSAGE, "message": self.world.shape(message)}

    def _may_ping(self, one: Interaction) -> bool:
        return bool(self.world.may(self.world.bot.id, one.channel) & permissions.MENTION_EVERYONE)

    def _deferred(self, one: Interaction, sent: Sent) -> Json:
        message = self._new(one)
        message.flags = LOADING | ((sent.body.get("flags") or 0) & EPHEMERAL)
        self._place(one, message)
        one.original = message
        one.waiting = True
        return {"type": MESSAGE, "message": self.world.shape(message)}

    def _deferred_update(self, one: Interaction, _sent: Sent) -> None:
        self._need_message(one)
        one.original = one.message
        one.waiting = True

    def _update(self, one: Interaction, sent: Sent) -> Json:
        message = self._need_message(one)
        self._rewrite(one, message, sent)
        one.original = message
        return {"type": UPDATE, "message": self.world.shape(message)}

    def _need_message(self, one: Interaction) -> Message:
        if one.message is None:
            raise bad_form("type", "BASE_TYPE_CHOICES", "There is no message to update.")
        return one.message

    def _choices(self, one: Interaction, sent: Sent) -> None:
        choices = sent.body.get("choices") or []
        if len(choices) > 25:
            raise bad_form("data.choices", "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.")
        for choice in choices:
            if not 1 <= units(choice["name"]) <= 100:
                raise bad_form("data.choices", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 100 in length.")
        one.choices = choices

    def _modal(self, one: Interaction, sent: Sent) -> None:
        if one.type not in {COMMAND, COMPONENT}:
            raise bad_form("type", "BASE_TYPE_CHOICES", "A modal does not answer a modal.")
        check_modal(sent.body)
        one.modal = sent.body

    # -- afterwards -----------------------------------------------------------------------------------------------

    def open(self, application_id: int, token: str) -> Interaction:
        """Return the interaction whose token this is; 50027 after 15 minutes, 10015 where it was not answered."""
        one = self.by_token.get(token)
        if one is None or application_id != self.world.application_id:
            raise no(10015)
        if self.world.now() - one.born > TOKEN_LIVES:
            raise no(50027)
        if one.answer_type is None:
            raise no(10015)
        return one

    def answer(self, one: Interaction, message_id: str) -> Message:
        """Return one of the messages that answered: "@original", or by id."""
        known = ([one.original] if one.original else []) + one.followups
        for message in known:
            if message_id in {"@original", str(message.id)}:
                there = message.id in self.world.hidden or message in one.channel.history
                if there:
                    return message
        raise no(10008)

    def edit(self, one: Interaction, message: Message, sent: Sent) -> None:
        """Change an answer; a deferred one is settled by that."""
        self._rewrite(one, message, sent)
        if message is one.original:
            one.settle()

    def _rewrite(self, one: Interaction, message: Message, sent: Sent) -> None:
        self.messages.rewrite(message, sent)
        if not message.ephemeral:
            self.world.tell_message("MESSAGE_UPDATE", one.channel, message)

    def delete(self, one: Interaction, message: Message) -> None:
        """Take an answer away."""
        if message.id in self.world.hidden:
            del self.world.hidden[message.id]
        else:
            self.messages.vanish(one.channel, message)
        if message is one.original:
            one.settle()

    def follow_up(self, one: Interaction, sent: Sent) -> Message:
        """Send one more message; the first after a deferral takes the deferral's place."""
        if one.waiting and one.original is not None and one.original.flags & LOADING:
            self.edit(one, one.original, sent)
            return one.original
        message = self._new(one)
        message.type = 0
        self.messages.build(message, sent, may_ping_all=self._may_ping(one))
        self._place(one, message)
        one.followups.append(message)
        one.settle()
        return message

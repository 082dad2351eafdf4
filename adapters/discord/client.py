"""Discord as an adapter: interactions in, answers and effects out.

The parts: `adapters.discord.connection` keeps the gateway, `rest` calls, `effects` performs, `asking` answers live
questions; `inbound`, `slash`, `render`, `readers` and `pages` are pure.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from functools import cached_property
from typing import Any, Final

import aiohttp
import discord

from adapters.discord import connection, inbound, keeping, slash
from adapters.discord.asking import Asking
from adapters.discord.connection import Client
from adapters.discord.effects import Effects
from adapters.discord.inbound import PLATFORM
from adapters.discord.pace import somebody_waits
from adapters.discord.pages import PAGE, Pages
from adapters.discord.render import EPHEMERAL, Render, Rendered, speaks_of
from adapters.discord.rest import ANSWERED, Failed, Rest, Revoked
from bot.contract.button import Buttons
from bot.contract.card import Card, Choice, Form
from bot.contract.command import Chance
from bot.contract.effect import Effect, Found, NotSent, Refused, Result
from bot.contract.facts import Answer, Keeps, Question, Unanswered, WhatIsKept
from bot.contract.intent import Intent, Reply
from bot.contract.params import Raw, Zone
from bot.contract.place import Member, Place, Space
from bot.contract.ports import Capability, Clock, Sink, Speaker
from bot.contract.text import Text, Voice, text
from bot.contract.typed import OLD_BUTTON, UNKNOWN
from bot.domain.errors import StartError
from bot.logs import log

MESSAGE, WAIT, SILENT, OFFERS, MODAL = 4, 5, 6, 8, 9
"""Kinds of first answers to an interaction."""

AT_ONCE: Final = 1.5
"""Seconds within which an answer is the first answer. Later it is announced first; Discord waits three seconds."""

FORM_WITHIN: Final = 2.0
"""Seconds within which a form has to be ready: it can only be a first answer."""

NAMES_WITHIN: Final = 1.0
"""Seconds for looking names up for an answer; without them people are mentioned all the same."""

PRESENT_AGAIN: Final = 60.0
"""Seconds after which the list of commands is sent again that Discord did not take."""

TOLD_AGAIN: Final = 5.0
"""Seconds after which what should end and has not is told once more."""


class DiscordAdapter:
    """The Discord platform."""

    def __init__(
        self,
        token: str,
        speaker: Speaker,
        buttons: Buttons,
        clock: Clock,
        chance: Chance,
        *,
        servers: frozenset[str] = frozenset(),
        connector: Callable[[], aiohttp.BaseConnector] | None = None,
        ready_timeout: float = 2.0,
    ) -> None:
        """Take what the adapter needs; connects to nothing yet.

        Args:
            token: The bot's.
            speaker: Words.
            buttons: Ids of choices.
            clock: The clock of the core.
            chance: Ids of forms on their way, and how much waits are spread.
            servers: Ids of the servers that may have the bot; empty: any.
            connector: Makes what all connections of a client go through, anew for each try; None: the usual one.
            ready_timeout: Seconds to wait for servers that are slow to show up after connecting.
        """
        self._token = token
        self._speaker = speaker
        self._buttons = buttons
        self._clock = clock
        self._servers = servers
        self._connector = connector
        self._ready_timeout = ready_timeout
        self._sink: Sink | None = None
        self._chance = chance
        self._pages = Pages(chance.new_id)
        self._presenting: asyncio.Task[None] | None = None
        self._up = asyncio.Event()
        self._revoked = asyncio.Event()
        self._rest: Rest | None = None
        self._effects: Effects | None = None
        self._asking: Asking | None = None

    # The contract

    @property
    def platform(self) -> str:
        """Its name."""
        return PLATFORM

    @property
    def capabilities(self) -> frozenset[str]:
        """What it can do. The members of a server are behind a privileged intent."""
        return frozenset(
            {
                Capability.ROOMS,
                Capability.HANDLES,
                Capability.EDITS,
                Capability.FORMS,
                Capability.PINS,
                Capability.READS_BACK,
                Capability.EVENTS,
                Capability.STAMPS,
            }
        )

    @property
    def safe(self) -> timedelta:
        """A minute: Discord keeps nonces for a few."""
        return timedelta(seconds=60)

    async def run(self, sink: Sink) -> None:
        """Serve until cancelled.

        Raises:
            StartError: The token or the intents are not taken.
        """
        self._sink = sink
        keeping = asyncio.create_task(connection.keep(self._make, self._use, self._token, self._chance))
        revoked = asyncio.create_task(self._revoked.wait())
        try:
            await asyncio.wait((keeping, revoked), return_when=asyncio.FIRST_COMPLETED)
            if self._revoked.is_set():
                raise StartError("discord-token")
            await keeping
        finally:
            # A cancellation may get lost in a library that catches too much, so it is said until it is heard.
            ending = {keeping, revoked, *([self._presenting] if self._presenting is not None else [])}
            while ending:
                for task in ending:
                    task.cancel()
                _, ending = await asyncio.wait(ending, timeout=TOLD_AGAIN)
            self._up.clear()
            self._rest = self._effects = self._asking = None

    async def ready(self) -> None:
        """Return when it is connected."""
        await self._up.wait()

    async def perform(self, key: str, mark: str, effect: Effect, voice: Voice) -> Result:
        """Make an effect happen, once a key."""
        if self._effects is None:
            return NotSent()
        try:
            return await self._effects.perform(key, mark, effect, voice, self._clock.now())
        except Revoked as failed:
            self._revoked.set()
            return failed.result
        except Failed as failed:
            return failed.result

    async def find(self, mark: str, effect: Effect) -> Found:
        """Look whether an effect has happened.

        Raises:
            ConnectionError: Discord did not say.
        """
        if self._effects is None:
            raise ConnectionError
        try:
            return await self._effects.find(mark, effect)
        except Failed:
            raise ConnectionError from None

    async def tell(self, question: Question) -> Answer:
        """Answer a live question. What is kept is known without Discord."""
        if isinstance(question, WhatIsKept):
            return Keeps(keeping.at_all() if question.member is None else self._kept(question.member))
        return await self._asking.tell(question) if self._asking is not None else Unanswered()

    def _kept(self, member: Member) -> tuple[Text, ...]:
        """Return what is kept about somebody."""
        return keeping.about(
            named=self._asking is not None and self._asking.knows(member),
            placed=self._effects is not None and self._effects.knows(member),
            forms=self._pages.has(member, self._clock.now()),
        )

    def _forget(self, member: Member) -> None:
        """Forget somebody. All of it is in memory alone, so that a process that dies has forgotten it too."""
        for part in (self._pages, self._asking, self._effects):
            if part is not None:
                part.forget(member)

    # The connection

    def _make(self) -> Client:
        connector = self._connector() if self._connector is not None else None
        # What belongs to the client before, which is closed.
        self._rest = self._effects = self._asking = None
        if self._presenting is not None:
            self._presenting.cancel()
        return Client(
            self._hear, self._connected, self._look_at, connector=connector, ready_timeout=self._ready_timeout
        )

    async def _use(self, client: Client) -> None:
        """Begin to use a client that is logged in: say what can be typed, and who we are."""
        rest = Rest(client)
        if not await self._present(rest, client):
            self._presenting = asyncio.create_task(self._present_later(rest, client))
        self._asking = Asking(rest, client, self._clock)
        self._effects = Effects(rest, client, self._render, self._asking.names)
        self._rest = rest

    def _connected(self) -> None:
        log.event("discord_connected")
        self._up.set()

    async def _present(self, rest: Rest, client: Client) -> bool:
        """Say what can be typed, and who we are; return whether nothing of it is worth another try."""
        done = [await self._register(rest, client), await self._introduce(rest)]
        return all(done)

    async def _present_later(self, rest: Rest, client: Client) -> None:
        """Try again until Discord has taken it: without its commands nobody can ask the bot anything."""
        while not client.is_closed():
            await asyncio.sleep(PRESENT_AGAIN)
            if await self._present(rest, client):
                return

    async def _register(self, rest: Rest, client: Client) -> bool:
        """Send the list of commands if it is not the one that Discord has; return whether that is settled."""
        ours = slash.registration(self._core.catalogue, self._speaker)
        path, app = "/applications/{application_id}/commands", client.application_id
        query = {"with_localizations": "true"}
        try:
            theirs = await rest.call("GET", path, application_id=app, params=query)
            if not slash.same(ours, theirs):
                theirs = await rest.call("PUT", path, ours, application_id=app)
                log.event("discord_commands_sent", count=len(ours))
        except Failed as failed:
            log.event("discord_commands_not_sent", code=failed.code)
            return isinstance(failed.result, Refused)
        self._render.ids = {str(one["name"]): str(one["id"]) for one in theirs}
        return True

    async def _introduce(self, rest: Rest) -> bool:
        """Say in the bot's profile that it hears nothing, unless its keeper wrote something else there.

        Returns:
            Whether that is settled.
        """
        said = self._speaker.plain(text("discord-profile"), "en")
        try:
            about = await rest.call("GET", "/applications/@me")
            if not about.get("description"):
                await rest.call("PATCH", "/applications/@me", {"description": said})
        except Failed as failed:
            log.event("discord_profile_not_sent", code=failed.code)
            return isinstance(failed.result, Refused)
        return True

    def _welcome(self, space: Space | None) -> bool:
        """Return whether a server may have the bot."""
        return space is None or not self._servers or space.id in self._servers

    async def _look_at(self, guild: discord.Guild) -> None:
        """Leave a server that may not have the bot."""
        if not self._welcome(Space(PLATFORM, str(guild.id))) and self._rest is not None:
            log.event("discord_server_left")
            try:
                await self._rest.call("DELETE", "/users/@me/guilds/{guild_id}", guild_id=guild.id)
            except Failed as failed:
                log.event("discord_server_not_left", code=failed.code)

    @property
    def _core(self) -> Sink:
        assert self._sink is not None  # noqa: S101 - `run` sets it before anything connects
        return self._sink

    @cached_property
    def _render(self) -> Render:
        typed = frozenset(name for name, command in self._core.catalogue.commands.items() if command.typed)
        return Render(self._speaker, self._buttons, typed)

    # What people do

    async def _hear(self, interaction: "discord.Interaction[Any]") -> None:
        """Answer one interaction."""
        somebody_waits()
        event = inbound.event(interaction, self._clock.now())
        if event is None or self._rest is None or not self._welcome(event.space):
            return
        try:
            match event.kind:
                case "complete":
                    await self._offer(interaction, event)
                case "command":
                    await self._typed(interaction, event)
                case "press":
                    await self._pressed(interaction, event)
                case "form":
                    await self._filled(interaction, event)
        except Failed as failed:
            # Its time is over, or somebody answered it before. What was done is done, and nobody is told twice.
            log.event("discord_answer_lost", code=failed.code)

    async def _typed(self, interaction: "discord.Interaction[Any]", event: inbound.Event) -> None:
        name, values = slash.arguments(event.data, self._core.catalogue)
        command = self._core.catalogue.commands.get(name)
        if command is None or not command.typed:
            await self._ask(interaction, _intent(event, UNKNOWN))
            return
        intent = _intent(event, name, values)
        if command.form and not values:
            await self._open(interaction, intent)
        else:
            await self._ask(interaction, intent)

    async def _pressed(self, interaction: "discord.Interaction[Any]", event: inbound.Event) -> None:
        read = self._read(event)
        action, subject = read if read is not None else (OLD_BUTTON, "")
        if action.startswith("form."):
            await self._between(interaction, event, action, subject)
            return
        command = self._core.catalogue.commands.get(action)
        if command is None and not action.startswith("draft."):
            await self._ask(interaction, _intent(event, OLD_BUTTON))
            return
        intent = _intent(event, action, subject=subject)
        if command is not None and command.form:
            await self._open(interaction, intent)
        else:
            await self._ask(interaction, intent)

    def _read(self, event: inbound.Event) -> tuple[str, str] | None:
        """Return action and subject of the id that came back, if it is one of ours for here."""
        places: tuple[Place, ...] = (event.member,) if event.room is None else (event.member, event.room)
        found = (self._buttons.read(event.name, place) for place in places)
        return next((read for read in found if read is not None), None)

    # Forms

    async def _open(self, interaction: "discord.Interaction[Any]", intent: Intent) -> None:
        """Answer with a form: at once, or not at all."""
        try:
            async with asyncio.timeout(FORM_WITHIN):
                form = await self._core.form(intent)
        except TimeoutError:
            await self._say(interaction, Card((text("discord-form-slow"),)), intent.member, _voice(intent))
            return
        if isinstance(form, Reply):
            await self._answer(interaction, form, intent.member)
            return
        now = self._clock.now()
        if len(form.fields) <= PAGE:
            token = self._buttons.write(Choice(form.command, form.title, form.subject), intent.member)
            fields = form.fields
        else:
            begun = self._pages.begin(intent.member, form, now)
            token = self._buttons.write(Choice("form.page", form.title, begun), intent.member)
            fields = self._pages.fields(begun, intent.member, now) or ()
        await self._respond(interaction, MODAL, self._render.modal(form.title, fields, token, form.voice, now))

    async def _filled(self, interaction: "discord.Interaction[Any]", event: inbound.Event) -> None:
        """Take what a form was filled in with."""
        read = self._buttons.read(event.name, event.member)
        command = self._core.catalogue.commands.get(read[0]) if read is not None else None
        if read is not None and read[0] == "form.page":
            page = self._pages.filled(read[1], event.member, event.values, self._clock.now())
            if page is None:
                await self._say(interaction, self._pages.lost(), event.member, _voice(event))
            elif page.left:
                await self._say(interaction, self._pages.card(read[1], page), event.member, page.voice)
            else:
                await self._ask(interaction, _intent(event, page.command, page.values, page.subject))
        elif read is None or command is None:
            await self._ask(interaction, _intent(event, OLD_BUTTON))
        else:
            await self._ask(interaction, _intent(event, command.name, event.values, read[1]))

    async def _between(
        self, interaction: "discord.Interaction[Any]", event: inbound.Event, action: str, token: str
    ) -> None:
        """Go on with a form of several pages, use what is there, or leave it."""
        now = self._clock.now()
        page = self._pages.look(token, event.member, now)
        if page is None:
            await self._say(interaction, self._pages.lost(), event.member, _voice(event))
        elif action == "form.more" and (fields := self._pages.fields(token, event.member, now)):
            written = self._buttons.write(Choice("form.page", page.title, token), event.member)
            await self._respond(interaction, MODAL, self._render.modal(page.title, fields, written, page.voice, now))
        elif action == "form.stop":
            self._pages.end(token)
            await self._say(interaction, self._pages.stopped(), event.member, page.voice)
        else:  # what was filled in stays until it lapses: nothing need be typed again if this is refused
            await self._ask(interaction, _intent(event, page.command, page.values, page.subject))

    async def _offer(self, interaction: "discord.Interaction[Any]", event: inbound.Event) -> None:
        """Offer what begins with what was typed so far."""
        name, _ = slash.arguments(event.data, self._core.catalogue)
        option, typed = slash.focused(event.data)
        offers: list[dict[str, str]] = []
        try:
            async with asyncio.timeout(FORM_WITHIN):
                offers = await self._offers(event, name, option, typed)
        except TimeoutError:
            log.event("discord_offers_late")
        except Exception as error:  # noqa: BLE001 - then there is nothing to offer; the app waits for an answer
            log.trouble("discord_offers_failed", error)
        await self._respond(interaction, OFFERS, {"choices": offers})

    async def _offers(self, event: inbound.Event, name: str, option: str, typed: str) -> list[dict[str, str]]:
        declared = slash.declared(name, option, self._core.catalogue)
        if declared is None:
            return []
        if isinstance(declared.kind, Zone):
            return slash.zones(typed)
        form = await self._core.form(_intent(event, name))
        if not isinstance(form, Form):
            return []
        field = next((one for one in form.fields if one.name == option), None)
        now = self._clock.now()
        labels = {one.value: self._render.words(one.label, form.voice, now) for one in field.options} if field else {}
        return slash.offers(declared.kind, labels, typed)

    # Answers

    async def _ask(self, interaction: "discord.Interaction[Any]", intent: Intent) -> None:
        """Do what was asked, and answer: at once if that is quick, else after a sign that it is being done."""
        asking = asyncio.create_task(self._done(intent))
        await asyncio.wait((asking,), timeout=AT_ONCE)
        waited = not asking.done()
        if waited:
            try:
                await self._respond(interaction, WAIT, {"flags": EPHEMERAL})
            except Failed as failed:
                reply = await asking  # it is done all the same
                if failed.code != ANSWERED or reply.card is None:
                    raise
                # The library said it twice, because Discord took it and did not say so.
        await self._answer(interaction, await asking, intent.member, waited=waited)

    async def _done(self, intent: Intent) -> Reply:
        """Do what was asked; who is forgotten by that is forgotten here too, whether or not the answer arrives."""
        reply = await self._core.ask(intent)
        if reply.card is not None and reply.card.farewell:
            self._forget(intent.member)
        return reply

    async def _answer(
        self, interaction: "discord.Interaction[Any]", reply: Reply, member: Member, *, waited: bool = False
    ) -> None:
        if reply.card is not None:
            await self._say(interaction, reply.card, member, reply.voice, waited=waited)
        elif not waited and interaction.type is discord.InteractionType.component:
            await self._respond(interaction, SILENT, None)  # it was answered before

    async def _say(
        self, interaction: "discord.Interaction[Any]", card: Card, member: Member, voice: Voice, *, waited: bool = False
    ) -> None:
        """Say a card to the one who asked, and to nobody else."""
        assert self._rest is not None  # noqa: S101 - `_hear` looked
        names = await self._names(card)
        shown = self._render.shown(self._clock.now(), names)
        first, *more = self._render.messages(card, member, voice, shown)
        if waited:
            await self._rest.edit_answer(interaction, first)
        else:
            await self._rest.respond(interaction, MESSAGE, _private(first))
        for rendered in more:
            await self._rest.follow_up(interaction, _private(rendered))

    async def _names(self, card: Card) -> Mapping[Any, str]:
        """Look up the names in a card, for a short while."""
        named = speaks_of(card)
        if not named or self._asking is None:
            return {}
        looking: Awaitable[Mapping[Any, str]] = self._asking.names(named)
        try:
            return await asyncio.wait_for(looking, NAMES_WITHIN)
        except TimeoutError:
            return {}

    async def _respond(
        self, interaction: "discord.Interaction[Any]", kind: int, data: Mapping[str, Any] | None
    ) -> None:
        assert self._rest is not None  # noqa: S101 - `_hear` looked
        await self._rest.respond(interaction, kind, data)


def _intent(event: inbound.Event, command: str, values: Mapping[str, Raw] | None = None, subject: str = "") -> Intent:
    return Intent(
        key=event.key,
        command=command,
        member=event.member,
        args=values or {},
        subject=subject,
        space=event.space,
        room=event.room,
        locale=event.locale,
        known=event.known,
    )


def _voice(of: Intent | inbound.Event) -> Voice:
    return Voice(of.locale or "en")


def _private(rendered: Rendered) -> Rendered:
    """Return a message that only the asker sees."""
    return Rendered(rendered.payload | {"flags": rendered.payload["flags"] | EPHEMERAL}, rendered.files)

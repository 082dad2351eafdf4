"""Saying cards: into a direct room, or into a room of several; and remembering which number presses what.

A card may be several events. Each has its own transaction id, made of the card's key, so that the same card said twice
is there once. Its mark, its choices and its reactions are the last event's. The id of what was said is that of its
events, one after another.
"""

from typing import Final

from adapters.matrix.document import NONCE, attached, inline, seal
from adapters.matrix.engine import Engine
from adapters.matrix.names import Names
from adapters.matrix.reactions import Reactions
from adapters.matrix.render import Content, Render, Rendered
from adapters.matrix.server import Declined, Trouble, path
from adapters.matrix.shown import Shown
from bot.contract.button import Buttons
from bot.contract.card import Card, Document
from bot.contract.command import Chance
from bot.contract.effect import Accepted, NotSent, Refused, Result, Unsure
from bot.contract.place import Member, Place, Room
from bot.contract.ports import Clock
from bot.contract.text import Voice
from bot.logs import log

GONE: Final = Refused("gone")
CLOSED: Final = Refused("closed")


class Talk:
    """Says cards for one account.

    Attributes:
        shown: Which choices stand under which number.
        names: What people and rooms are called.
    """

    def __init__(
        self, engine: Engine, render: Render, buttons: Buttons, names: Names, clock: Clock, chance: Chance
    ) -> None:
        """Take its parts; what was shown before is read from the engine's state."""
        self._engine: Final = engine
        self._render: Final = render
        self._buttons: Final = buttons
        self._clock: Final = clock
        self._chance: Final = chance
        self.names: Final = names
        self.shown: Final = Shown.load(engine.state.shown.encode(), clock.now())
        engine.put_down = self._put_down
        self._reactions: Final = Reactions(engine)

    # Where.

    async def reach(self, member: Member) -> str | Refused | NotSent:
        """Return the direct room in which somebody can be written to at this moment, or why there is none.

        Reached is who is in an encrypted direct room with the bot, and nobody else with them. Nobody is invited for a
        message: a direct room is opened by the person, or in answer to something that they did. Who leaves it takes
        no private messages, and nothing about that need be remembered.
        """
        room = self._engine.direct_with(member.id)
        try:
            if room is not None:
                there = await self._engine.rooms.ask_members(room)
                alone = there == {self._engine.state.user: "join", member.id: "join"}
                return room if alone and await self._engine.rooms.encrypted(room) else CLOSED
            await self._engine.server.ask("GET", path("profile", member.id))
        except Declined as no:
            if no.too_many:
                return NotSent(no.wait)
            return GONE if room is None and no.status in {400, 404} else CLOSED
        except Trouble:
            return NotSent()
        return CLOSED

    # What.

    async def say(
        self, room: str, place: Place, card: Card, voice: Voice, key: str, *, mark: str = "", loud: bool = False
    ) -> Result:
        """Say a card.

        Args:
            room: The room's id; of a member, their direct room.
            place: Whom the choices are for.
            card: The card.
            voice: The reader's language and zone.
            key: The same for every try.
            mark: Stands on it in clear.
            loud: It comes by itself; else it is an answer that somebody waits for.
        """
        await self.names.look_up(card)
        rendered = self._render.say(card, place, voice, self._clock.now(), loud=loud)
        return await self.send(room, place, card, rendered, key, mark=mark, urgent=not loud)

    async def send(
        self, room: str, place: Place, card: Card, rendered: Rendered, key: str, *, mark: str = "", urgent: bool = False
    ) -> Result:
        """Send a card that is rendered, and note and offer its choices."""
        events: list[str] = []
        for left, content in reversed(list(enumerate(reversed(rendered.contents)))):
            tx, own = (f"{key}.{left}", "") if left else (key, mark)
            result = await self._engine.send(room, "m.room.message", content, tx, mark=own, urgent=urgent)
            if not isinstance(result, Accepted):
                return result
            events.append(result.id)
        if rendered.document is not None:
            result = await self._hand_over(room, rendered.document, f"{key}.file", urgent=urgent)
            if not isinstance(result, Accepted):
                return result
        ids = rendered.ids
        if isinstance(place, Room):
            ids = tuple(self._buttons.write(choice, place) for choice in card.choices)
        await self.note(room, events[-1], ids, soon=urgent)
        self._reactions.offer(room, events[-1], rendered.reactions, key)
        return Accepted(" ".join(events))

    async def edit(self, room: str, place: Place, card: Card, events: list[str], voice: Voice, key: str) -> Result:
        """Put a card in the place of one; what was said in several events becomes one, as far as it fits."""
        await self.names.look_up(card)
        rendered = self._render.edit(card, place, events[-1], voice, self._clock.now())
        for number, content in enumerate(rendered.contents):
            tx = f"{key}.{number}" if number else key
            result = await self._engine.send(room, "m.room.message", content, tx)
            if not isinstance(result, Accepted):
                return result
        for number, event in enumerate(events[:-1]):
            await self._engine.redact(room, event, f"{key}.r{number}")
        ids = rendered.ids
        if isinstance(place, Room):
            ids = tuple(self._buttons.write(choice, place) for choice in card.choices)
        await self.note(room, events[-1], ids)
        self._reactions.offer(room, events[-1], rendered.reactions, key)
        return Accepted(" ".join(events))

    async def found(self, room: str, place: Place, card: Card, event: str, mark: str) -> None:
        """Note and offer the choices of a card that was said by a process that died before it could."""
        offered = self._render.offered(card, place)
        ids = tuple(self._buttons.write(choice, place) for choice in card.choices)
        if ids and not self.shown.ids(room, event, self._clock.now()):
            await self.note(room, event, ids)
            self._reactions.offer(room, event, offered.reactions, mark)

    async def note(self, room: str, event: str, ids: tuple[str, ...], *, soon: bool = False) -> None:
        """Remember a card's choices, and that on disk: before this returns, or ``soon``."""
        known = len(self.shown)
        self.shown.put(room, event, ids, self._clock.now(), shared=self._engine.direct(room) is None)
        if not ids and len(self.shown) == known:
            return
        if soon:
            self.keep_soon()
        else:
            await self.keep()

    async def keep(self) -> None:
        """Bring to disk which choices were shown. Where that fails, numbers are lost at the next restart, no more."""
        try:
            await self._engine.save()
        except OSError as error:
            log.trouble("matrix_shown_not_kept", error)

    def keep_soon(self) -> None:
        """Do so at the end of the batch, or in a moment. Nobody waits for it.

        For answers: the batch that brought the question ends with a save, and is not read before it.
        """
        self._engine.save_soon()

    def _put_down(self) -> None:
        """Put into the state what was shown, if that changed."""
        news = self.shown.news(self._clock.now())
        if news is not None:
            self._engine.state.shown = news.decode()

    # Beside it.

    async def close(self) -> None:
        """End what is done beside."""
        await self._reactions.close()

    async def _hand_over(self, room: str, document: Document, key: str, *, urgent: bool) -> Result:
        """Send a file: sealed and uploaded; where nothing can be uploaded, as a text if it is short."""
        secret = self._chance.salt() + self._chance.salt()
        sealed, opens = seal(document, secret, self._chance.salt()[:NONCE])
        content: Content | None
        try:
            content = attached(document, opens, await self._engine.server.upload(sealed))
        except Declined as no:
            if no.too_many:
                return NotSent(no.wait)
            content = inline(document)
        except Trouble:
            return Unsure()  # the same file uploaded twice is two, and only one of them is ever opened
        if content is None:
            return Refused("impossible")
        return await self._engine.send(room, "m.room.message", content, key, urgent=urgent)

"""One slash command in, its answer out: no network, no storage, beside bare discord.py on the same payload."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Final

import discord
from discord.webhook.async_ import AsyncWebhookAdapter, async_context

from benchmarks.bench import CLOCK, PLATFORM, running
from benchmarks.figures import Figure, Size, interleave, p50
from bot.contract.intent import Intent, Reply
from bot.contract.place import Member, Room, Space
from bot.contract.text import Plain
from bot.i18n import Fluent

HOW: Final = (
    "`/help` (changes nothing) as the payload of an INTERACTION_CREATE. Ours: payload to intent, dispatch, a read "
    "transaction on a database in memory, reply; then the same with every sentence of the reply found in its language. "
    "Bare: the library's own parser, its command tree, a callback that answers with one fixed sentence, with the HTTP "
    "call replaced by nothing. Bare discord.py opens no transaction and finds no words."
)
SPACE, ROOM, APPLICATION, PERSON = 1001, 1002, 1003, 1004
_BOT: Final[Any] = {"id": str(APPLICATION), "username": "porchlight", "discriminator": "0", "avatar": None}
_ROOM: Final[dict[str, Any]] = {
    "id": str(ROOM), "type": 0, "name": "porch", "guild_id": str(SPACE), "position": 0, "permission_overwrites": [],
    "parent_id": None, "nsfw": False,
}  # fmt: skip


def payload(number: int) -> dict[str, Any]:
    """Return what Discord sends when somebody types ``/help`` in a room."""
    return {
        "id": str(10_000 + number), "application_id": str(APPLICATION), "type": 2, "token": f"t{number}", "version": 1,
        "guild_id": str(SPACE), "channel_id": str(ROOM), "locale": "en-GB", "guild_locale": "en-US",
        "app_permissions": "0", "entitlements": [], "authorizing_integration_owners": {}, "context": 0,
        "attachment_size_limit": 10_000_000,
        "channel": {**_ROOM, "permissions": "0"},
        "member": {"user": {"id": str(PERSON), "username": "birch", "discriminator": "0", "avatar": None,
                            "global_name": None},
                   "roles": [], "joined_at": "2026-01-01T00:00:00+00:00", "deaf": False, "mute": False, "flags": 0,
                   "permissions": "0", "nick": None, "avatar": None, "premium_since": None, "pending": False},
        "data": {"id": "1005", "name": "help", "type": 1, "options": []},
    }  # fmt: skip


class _NoHttp(AsyncWebhookAdapter):
    """Answers like Discord, at once."""

    def __init__(self, answered: Callable[[], None]) -> None:
        super().__init__()  # type: ignore[no-untyped-call] # the library's own
        self._answered = answered

    async def request(self, *_: Any, **__: Any) -> Any:
        self._answered()
        return {"interaction": {"id": "1", "type": 2}, "resource": {"type": 4}}


def bare() -> Callable[[int], Awaitable[object]]:
    """Return a call that has bare discord.py answer one payload."""
    client = discord.Client(intents=discord.Intents(guilds=True))
    client.loop = asyncio.get_running_loop()
    tree = discord.app_commands.CommandTree(client)
    answered = asyncio.Event()
    async_context.set(_NoHttp(answered.set))

    @tree.command(name="help", description="help")
    async def _help(interaction: discord.Interaction[discord.Client]) -> None:
        await interaction.response.send_message("This is help.", ephemeral=True)

    state: Any = client._connection  # noqa: SLF001 - what the gateway hands events over to
    state.user = discord.ClientUser(state=state, data=_BOT)
    state._add_guild_from_data({"id": str(SPACE), "name": "porch", "channels": [_ROOM], "members": [], "roles": []})  # noqa: SLF001
    parse = state.parsers["INTERACTION_CREATE"]

    async def one(number: int) -> None:
        answered.clear()
        parse(payload(number))
        await answered.wait()

    return one


def intent(event: dict[str, Any]) -> Intent:
    """Return what was asked."""
    return Intent(
        event["id"], event["data"]["name"], Member(PLATFORM, event["member"]["user"]["id"]), {}, "",
        Space(PLATFORM, event["guild_id"]), Room(PLATFORM, event["channel_id"]), event["locale"],
    )  # fmt: skip


def _spoken(speaker: Fluent, reply: Reply) -> list[str]:
    card = reply.card
    if card is None or not card.lines:
        raise AssertionError("no answer")
    texts = [*([card.title] if card.title else []), *card.lines, *(choice.label for choice in card.choices)]
    return [speaker.say(text, reply.voice, CLOCK.now(), Plain()) for text in texts]


async def measure(size: Size) -> tuple[Figure, ...]:
    """Measure."""
    speaker = Fluent()
    async with running(None) as runtime:

        async def ours(number: int) -> object:
            return await runtime.sink.ask(intent(payload(number)))

        async def with_words(number: int) -> object:
            return _spoken(speaker, await runtime.sink.ask(intent(payload(number))))

        mine, spoken, theirs = await interleave(size.rounds, size.calls, ours, with_words, bare())
    return (
        Figure("dispatch ours p50", p50(mine), "us"),
        Figure("dispatch ours with words p50", p50(spoken), "us"),
        Figure("dispatch bare discord.py p50", p50(theirs), "us"),
        Figure("dispatch ratio", p50(mine) / p50(theirs), "x", "at most 3"),
        Figure("dispatch ratio with words", p50(spoken) / p50(theirs), "x"),
    )

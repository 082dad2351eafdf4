"""Breach: on Discord the bot asks to be sent what people say."""

import discord
import pytest

from adapters.discord import connection

ID = "it_listens"
BREAKS = "M8"


def apply(monkeypatch: pytest.MonkeyPatch) -> None:
    intents = discord.Intents(guilds=True, guild_messages=True, dm_messages=True)
    monkeypatch.setattr(connection, "INTENTS", intents)

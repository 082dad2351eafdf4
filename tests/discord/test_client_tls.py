"""The adapter as it is shipped, with nothing patched: under Discord's own names, with TLS, and so unable to leave."""

import ssl
from pathlib import Path

import aiohttp
import pytest

from bot.contract.effect import Accepted, NotSent
from tests.discord.bench import Core, Hurried, Runs, hurry, room, say
from tests.discord.standin import StandIn
from tests.discord.standin.tls import Loopback, certificate


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> Hurried:
    return hurry(monkeypatch)


async def test_discords_own_names_lead_to_the_stand_in(tmp_path: Path, hurried: Hurried) -> None:
    server, authority = certificate(tmp_path)
    trusts = ssl.create_default_context(cafile=str(authority))
    async with StandIn(tls=server) as there:
        porch, resolver = there.guild("Porch"), Loopback(there.port)
        birch = there.person("birch", porch)
        runs = Runs(there, Core())
        away = there.faults.fail("GET /users/@me", 503, times=3)
        adapter = await runs.start(connector=lambda: aiohttp.TCPConnector(resolver=resolver, ssl=trusts, limit=0))
        assert away.used == 3
        assert isinstance(await say(adapter, room(there.channel(porch))), Accepted)
        there.socket.drop()
        assert (await birch.slash("peer light off", channel=there.channel(porch))).error is None
        assert {"discord.com", "gateway.discord.gg", "gateway-us-east1-b.discord.gg"} == set(resolver.asked)
        await runs.close()
        assert there.violations == []


class Nowhere(Loopback):
    """Knows no host."""

    async def resolve(self, host: str, *_: object, **__: object) -> list[aiohttp.abc.ResolveResult]:
        self.asked.append(host)
        raise OSError(-2, "Name or service not known")


@pytest.mark.parametrize("names", [True, False])
async def test_without_names_or_a_certificate_to_trust_nothing_is_sent(
    tmp_path: Path, hurried: Hurried, names: bool
) -> None:
    server, _ = certificate(tmp_path)
    async with StandIn(tls=server) as there:
        porch = there.guild("Porch")
        resolver = Loopback(there.port) if names else Nowhere(there.port)
        runs = Runs(there, Core())
        adapter = runs.begin(connector=lambda: aiohttp.TCPConnector(resolver=resolver, limit=0))
        await there.until(lambda: len(hurried.pauses) >= 3, "it to come in vain")
        assert runs.running(adapter)
        assert isinstance(await say(adapter, room(there.channel(porch))), NotSent)
        await runs.close()
        assert there.requests == []

"""One request, one answer."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from adapters.matrix.server import LARGEST, AnotherAnswered, Server, Unclear, Unreached, path
from tests.matrix.synapse import free_port


class Odd:
    """A web server that is none of Matrix."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.url = ""

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(request.path)
        if request.path.endswith("elsewhere"):
            raise web.HTTPFound("/_matrix/client/v3/there")
        if request.path.endswith("cut"):
            assert request.transport is not None
            request.transport.close()
        if request.path.endswith("endless"):
            body = web.StreamResponse()
            await body.prepare(request)
            for _ in range(LARGEST // 2**20 + 2):
                await body.write(b" " * 2**20)
            return body
        cookie = web.json_response({"cookies": len(request.cookies)})
        cookie.set_cookie("a", "b")
        return cookie


@pytest.fixture
async def odd() -> AsyncIterator[Odd]:
    made, app = Odd(), web.Application()
    app.router.add_route("*", "/{any:.*}", made.answer)
    runner = web.AppRunner(app)
    await runner.setup()
    port = free_port()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    made.url = f"http://127.0.0.1:{port}/"
    yield made
    await runner.cleanup()


@pytest.fixture
async def server(odd: Odd) -> AsyncIterator[Server]:
    made = Server(odd.url)
    yield made
    await made.close()


async def test_nobody_else_is_asked_whatever_the_homeserver_says(server: Server, odd: Odd) -> None:
    with pytest.raises(AnotherAnswered):
        await server.ask("GET", path("elsewhere"))
    assert odd.asked == ["/_matrix/client/v3/elsewhere"]


async def test_cookies_are_not_kept(server: Server) -> None:
    assert [await server.ask("GET", path("cookie")) for _ in range(2)] == [{"cookies": 0}] * 2


@pytest.mark.parametrize("how", ["cut", "endless"])
async def test_an_answer_that_is_cut_or_never_ends_is_no_answer(server: Server, how: str) -> None:
    with pytest.raises(Unclear):
        await server.ask("GET", path(how))
    assert await server.ask("GET", path("cookie")) == {"cookies": 0}, "the next one is not spoiled"


@pytest.mark.parametrize("address", ["http://127.0.0.1:1", "http://nowhere.invalid", "nonsense"])
async def test_where_nobody_listens_nothing_arrived(address: str) -> None:
    server = Server(address)
    try:
        with pytest.raises(Unreached):
            await server.ask("GET", path("sync"))
    finally:
        await server.close()


def test_every_part_of_an_address_is_quoted() -> None:
    assert (
        path("rooms", "!a/b?c#d:e", query={"from": "x&y"}) == "/_matrix/client/v3/rooms/%21a%2Fb%3Fc%23d%3Ae?from=x%26y"
    )

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest

from adapters.local import LocalAdapter, World
from adapters.local.server import FILES, LARGEST, STATIC
from bot.contract.intent import Intent, Reply
from tests.adapters.contract import VOICE
from tests.adapters.local.fakes import NOW, NotingSink, PlainSpeaker, StillClock, buttons

TOKEN = "a-token-for-the-test"  # noqa: S105 - of a page that lives for one test


@dataclass
class Served:
    adapter: LocalAdapter
    sink: NotingSink
    http: aiohttp.ClientSession
    base: str

    @property
    def cookie(self) -> dict[str, str]:
        return {"Cookie": f"porchlight-{self.base.rsplit(':', 1)[1]}={TOKEN}"}

    @contextlib.asynccontextmanager
    async def page(self) -> AsyncIterator["Live"]:
        async with self.http.ws_connect(f"{self.base}/live", headers=self.cookie | {"Origin": self.base}) as socket:
            live = Live(socket)
            assert (await live.next("all"))["type"] == "all"
            yield live


@dataclass
class Live:
    socket: aiohttp.ClientWebSocketResponse

    async def next(self, kind: str) -> dict[str, Any]:
        while True:
            told: dict[str, Any] = await self.socket.receive_json(timeout=5)
            if told["type"] == kind:
                return told

    async def ask(self, **asked: object) -> dict[str, Any]:
        await self.socket.send_json({"re": 7, "key": "0123456789", **asked})
        return await self.next("answer")


@pytest.fixture
async def served(sink: NotingSink) -> AsyncIterator[Served]:
    adapter = LocalAdapter(World.made_up(NOW), PlainSpeaker(), buttons(), StillClock(), port=0, token=TOKEN)
    running = asyncio.ensure_future(adapter.run(sink))
    address = await adapter.open()
    async with aiohttp.ClientSession() as http:
        yield Served(adapter, sink, http, address.partition("/?")[0])
    running.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await running
    assert adapter.address == ""


async def test_without_the_token_it_says_how_to_open_the_page_and_nothing_else(served: Served) -> None:
    for address in ("/", "/?token=", "/?token=wrong", "/?token=" + "\u00e9" * 50):
        async with served.http.get(served.base + address) as answer:
            assert answer.status == 200
            assert await answer.text() == "local-no-token\n"
            assert "Set-Cookie" not in answer.headers


async def test_the_token_opens_the_page_and_becomes_a_strict_cookie(served: Served) -> None:
    async with served.http.get(f"{served.base}/?token={TOKEN}") as answer:
        assert "<main" in await answer.text()
        cookie = answer.headers["Set-Cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=Strict" in cookie
    async with served.http.get(f"{served.base}/", headers=served.cookie) as answer:
        assert "<main" in await answer.text()


async def test_it_listens_on_this_computer_alone(served: Served) -> None:
    assert served.base.startswith("http://127.0.0.1:")


@pytest.mark.parametrize("path", ["/", "/app.js", "/style.css", "/nothing", "/live"])
async def test_every_answer_is_closed_to_the_rest_of_the_web(served: Served, path: str) -> None:
    async with served.http.get(served.base + path) as answer:
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self';")
        assert "unsafe" not in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "evil.example:80", "[::1]", ""])
async def test_another_host_name_is_turned_away(served: Served, host: str) -> None:
    headers = served.cookie | {"Host": host}
    for path in ("/", f"/?token={TOKEN}", "/app.js", "/live"):
        async with served.http.get(served.base + path, headers=headers) as answer:
            assert answer.status == 421
            assert await answer.text() == ""


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "", "https://127.0.0.1", "http://127.0.0.1"])
async def test_another_origin_gets_no_connection(served: Served, origin: str) -> None:
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await served.http.ws_connect(f"{served.base}/live", headers=served.cookie | {"Origin": origin})
    assert refused.value.status == 403


async def test_the_right_origin_without_the_cookie_gets_no_connection(served: Served) -> None:
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await served.http.ws_connect(f"{served.base}/live", headers={"Origin": served.base})
    assert refused.value.status == 403


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
async def test_nothing_is_done_by_other_methods(served: Served, method: str) -> None:
    async with served.http.request(method, served.base + "/", headers=served.cookie) as answer:
        assert answer.status == 405


@pytest.mark.parametrize("path", ["/../client.py", "/%2e%2e/client.py", "/static/app.js", "/index.html", "/app.js/"])
async def test_only_the_named_files_are_served(served: Served, path: str) -> None:
    async with served.http.get(served.base + path, headers=served.cookie) as answer:
        assert answer.status == 404
        assert await answer.text() == ""


def test_every_file_of_the_page_is_served_and_nothing_comes_from_elsewhere() -> None:
    assert {path.name for path in STATIC.iterdir()} == {*FILES, "index.html"}
    for path in STATIC.iterdir():
        words = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert "http:" not in words
        assert "https:" not in words
        assert "innerHTML" not in words
        assert "eval(" not in words
    page = (STATIC / "index.html").read_text(encoding="utf-8")
    assert "style=" not in page
    assert "onclick" not in page


BAD = [
    "",
    "not json",
    "[]",
    "null",
    "7",
    '"words"',
    "{",
    "[" * 900,
    "[" * 50_000,
    '{"re": "x"}',
    '{"re": -1, "do": 5}',
    '{"re": 1e400, "do": "line"}',
    '{"re": 7, "do": "line"}',
    '{"re": 7, "do": "line", "member": "nobody", "words": "x", "key": "0123456789"}',
    '{"re": 7, "do": "line", "member": ["birch"], "words": "x", "key": "0123456789"}',
    '{"re": 7, "do": "line", "member": "birch", "words": null, "key": "0123456789"}',
    '{"re": 7, "do": "line", "member": "birch", "words": "x", "key": "../../etc"}',
    '{"re": 7, "do": "line", "member": "birch", "words": "x", "key": 5}',
    '{"re": 7, "do": "submit", "member": "birch", "token": "x", "args": [], "key": "0123456789"}',
    '{"re": 7, "do": "submit", "member": "birch", "token": "x", "args": {"a": 5}, "key": "0123456789"}',
    '{"re": 7, "do": "submit", "member": "birch", "token": "x", "args": {"a": [[]]}, "key": "0123456789"}',
    '{"re": 7, "do": "change", "member": "birch", "name": "moderator", "value": true}',
    '{"re": 7, "do": "change", "member": "birch", "name": "open", "value": "yes"}',
    '{"re": 7, "do": "change", "member": "birch", "name": "locale", "value": "../en"}',
    '{"re": 7, "do": "talk", "member": "birch", "room": "nowhere", "words": "x"}',
    '{"re": 7, "do": "talk", "member": "birch", "room": "porch", "words": ""}',
    '{"re": 7, "do": "leave", "member": "birch", "room": "porch"}',
    '{"re": 7, "do": "leave", "member": "birch", "room": "nowhere"}',
    '{"re": 7, "do": "leave", "member": "birch"}',
    '{"re": 7, "do": "__class__", "member": "birch"}',
]


@pytest.mark.parametrize("data", BAD)
async def test_what_cannot_be_read_is_answered_kindly_and_changes_nothing(served: Served, data: str) -> None:
    before = dict(served.adapter.world.residents)
    async with served.page() as live:
        await live.socket.send_str(data)
        answer = await live.next("answer")
        assert answer["ok"] is False
        assert answer["word"] in {"local-not-understood", "local-not-written"}
        assert set(answer) == {"type", "re", "ok", "word"}
        assert (await live.ask(do="held", member="birch"))["ok"] is True
    assert [intent.command for intent in served.sink.intents] == ["mine data"]
    assert served.adapter.world.residents == before
    assert served.adapter.world.messages("porch") == ()


async def test_what_is_not_text_is_answered_kindly(served: Served) -> None:
    async with served.page() as live:
        await live.socket.send_bytes(b"\xff\x00")
        assert (await live.next("answer"))["ok"] is False


async def test_what_is_too_large_closes_that_page_and_no_other(served: Served) -> None:
    async with served.page() as live, served.page() as other:
        await live.socket.send_str(" " * (LARGEST + 1))
        while not live.socket.closed:
            await live.socket.receive(timeout=5)
        assert live.socket.close_code == aiohttp.WSCloseCode.MESSAGE_TOO_BIG
        assert (await other.ask(do="held", member="birch"))["ok"] is True


@pytest.mark.parametrize("words", ["\ud800", "\x00", "\u202e", "x" * 21_000, "@everyone", "a\u0301" * 2_000])
async def test_odd_words_are_only_words(served: Served, words: str) -> None:
    async with served.page() as live:
        assert (await live.ask(do="line", member="birch", words=words))["ok"] is True
        shown = await live.next("message") if not served.adapter.world.messages("@birch") else None
        assert shown is None or shown["message"]["only_you"]
    assert [intent.command for intent in served.sink.intents] == ["about.unknown"]


async def test_everything_is_told_when_a_page_opens_and_changes_as_they_come(served: Served) -> None:
    await served.adapter.type("birch", "peer light on")
    async with served.http.ws_connect(f"{served.base}/live", headers=served.cookie | {"Origin": served.base}) as socket:
        live = Live(socket)
        told = await live.next("all")
        assert [one["id"] for one in told["residents"]] == ["birch", "rowan", "alder", "hazel", "linden"]
        assert [one["card"]["lines"] for one in told["messages"]] == [["peer light on"]]
        assert {one["name"] for one in told["commands"]} >= {"peer ask", "peer light on", "mine data"}
        assert all("." not in one["name"] for one in told["commands"])
        assert set(told["words"]) == {"en", "de"}
        served.adapter.world.change("alder", NOW, open=False)
        people = await live.next("people")
        assert [(one["id"], one["open"]) for one in people["residents"]] == [("alder", False)]
        served.adapter.world.write("alder", "hello", "porch", NOW)
        assert (await live.next("message"))["message"]["words"] == "hello"
        said = served.adapter.world.say("@birch", {"lines": []}, NOW, "k")
        served.adapter.world.delete(said, NOW, "k2")
        assert (await live.next("gone"))["id"] == said


async def test_the_same_thing_sent_again_after_a_lost_connection_is_done_once(served: Served) -> None:
    async with served.page() as live:
        await live.ask(do="line", member="birch", words="/peer light on", key="once-and-for-all")
    async with served.page() as live:
        await live.ask(do="line", member="birch", words="/peer light on", key="once-and-for-all")
    assert len(served.adapter.world.messages("@birch")) == 1


async def test_a_form_comes_back_with_the_answer(served: Served) -> None:
    async with served.page() as live:
        answer = await live.ask(do="line", member="birch", words="/peer ask")
        token = answer["form"]["token"]
        answer = await live.ask(do="submit", member="birch", token=token, args={"languages": ["en"]}, key="submitted-1")
    assert answer["ok"] is True
    assert served.sink.intents[-1].args == {"languages": ("en",)}


async def test_trouble_in_the_core_is_not_echoed_and_the_page_lives_on(
    served: Served, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async def broken(_: NotingSink, intent: Intent) -> Reply:
        if intent.command == "mine data":
            return Reply(None, VOICE)
        raise RuntimeError("planted words")

    monkeypatch.setattr(NotingSink, "ask", broken)
    async with served.page() as live:
        await live.socket.send_json(
            {"re": 3, "do": "line", "member": "birch", "words": "/peer light on", "key": "k" * 9}
        )
        answer = await live.next("answer")
        assert answer == {"type": "answer", "re": 3, "ok": False, "word": "local-not-understood"}
        assert (await live.ask(do="held", member="birch"))["ok"] is True
    shown = capsys.readouterr()
    assert "planted" not in shown.out + shown.err + json.dumps(answer)


async def test_a_slow_page_gets_everything_anew(served: Served) -> None:
    async with served.page() as live:
        for number in range(600):
            served.adapter.world.say("porch", {"lines": [str(number)], "choices": []}, NOW, f"k{number}")
        told = await live.next("all")
        assert len(told["messages"]) == 600

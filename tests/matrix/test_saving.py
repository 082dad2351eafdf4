"""Saving: one write at a time, and one for all who ask while another is under way."""

import asyncio
import logging
import threading

import pytest

from adapters.matrix import saving
from adapters.matrix.saving import Saving
from adapters.matrix.shown import Shown
from tests.matrix.script import NOW

PATIENCE = 5


class Slow:
    """Keeps what is saved; each write waits until it is let on."""

    def __init__(self) -> None:
        self.kept: list[bytes] = []
        self.under_way = 0
        self.fails = False
        self.let_on = threading.Event()
        self.begun = threading.Event()
        self.let_on.set()

    def load(self) -> bytes | None:
        raise NotImplementedError

    def save(self, state: bytes) -> None:
        self.under_way += 1
        assert self.under_way == 1
        self.begun.set()
        assert self.let_on.wait(PATIENCE)
        self.under_way -= 1
        if self.fails:
            raise OSError
        self.kept.append(state)


class Desk:
    """A state that is a word, and where it is kept."""

    def __init__(self) -> None:
        self.word = b""
        self.slow = Slow()
        self.saving = Saving(self.slow, lambda: self.word)

    async def saves(self, word: bytes) -> None:
        self.word = word
        await self.saving.save()

    async def hold(self) -> "asyncio.Task[None]":
        """Begin a write that does not end before it is let on."""
        self.slow.let_on.clear()
        self.slow.begun.clear()
        first = asyncio.create_task(self.saves(b"first"))
        assert await asyncio.to_thread(self.slow.begun.wait, PATIENCE)
        return first


async def test_who_asks_while_one_is_written_shares_the_next_and_finds_it_there() -> None:
    desk = Desk()
    first = await desk.hold()
    many = [asyncio.create_task(desk.saves(word)) for word in (b"a", b"b", b"c")]
    await asyncio.sleep(0)
    desk.slow.let_on.set()
    await asyncio.gather(first, *many)
    assert desk.slow.kept == [b"first", b"c"]
    await desk.saves(b"later")
    assert desk.slow.kept[-1] == b"later"


async def test_a_write_is_not_broken_off_with_who_waits_for_it() -> None:
    desk = Desk()
    first = await desk.hold()
    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first
    second = asyncio.create_task(desk.saves(b"second"))
    await asyncio.sleep(0)
    assert desk.slow.kept == []
    desk.slow.let_on.set()
    await second
    assert desk.slow.kept == [b"first", b"second"]


async def test_what_cannot_be_written_is_said_to_everybody_who_waits_and_ends_nothing() -> None:
    desk = Desk()
    first = await desk.hold()
    desk.slow.fails = True
    many = [asyncio.create_task(desk.saves(word)) for word in (b"a", b"b")]
    gone = asyncio.create_task(desk.saves(b"c"))
    await asyncio.sleep(0)
    gone.cancel()
    desk.slow.let_on.set()
    told = await asyncio.gather(first, *many, gone, return_exceptions=True)
    assert [type(one) for one in told] == [OSError, OSError, OSError, asyncio.CancelledError]
    desk.slow.fails = False
    await desk.saves(b"d")
    assert desk.slow.kept == [b"d"]


async def test_what_is_saved_soon_goes_with_the_next_save_and_once() -> None:
    desk = Desk()
    for word in (b"a", b"b"):
        desk.word = word
        desk.saving.soon()
    await desk.saves(b"c")
    await desk.saving.close()
    assert desk.slow.kept == [b"c"]


async def test_what_is_saved_soon_is_saved_though_nobody_saves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saving, "GATHER", 0.0)
    desk = Desk()
    desk.word = b"a"
    desk.saving.soon()
    assert await asyncio.to_thread(desk.slow.begun.wait, PATIENCE)
    await desk.saving.close()
    assert desk.slow.kept == [b"a"]


async def test_an_end_loses_nothing_that_was_to_be_saved_soon(caplog: pytest.LogCaptureFixture) -> None:
    desk = Desk()
    desk.word = b"a"
    desk.saving.soon()
    assert desk.slow.kept == []
    await desk.saving.close()
    assert desk.slow.kept == [b"a"]
    desk.slow.fails = True
    desk.saving.soon()
    with caplog.at_level(logging.WARNING):
        await desk.saving.close()
    assert [one.message for one in caplog.records if one.name == "porchlight"] == ["matrix_not_saved"]


def test_what_was_shown_is_written_anew_only_where_something_came_or_went() -> None:
    shown = Shown()
    assert shown.news(NOW) is None
    shown.put("!room:localhost", "$card", ("a",), NOW)
    assert shown.news(NOW) == shown.dump(NOW)
    assert shown.news(NOW) is None
    shown.forget("$none")
    assert shown.news(NOW) is None
    shown.leave("!room:localhost")
    assert shown.news(NOW) == Shown().dump(NOW)

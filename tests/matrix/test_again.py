"""What a process did, and died before it could note: the next one finds it as if nothing had been between."""

from bot.contract.card import Card, Choice
from bot.contract.effect import Accepted, Leave, MakeRoom, Refused, Say
from bot.contract.place import Room
from bot.contract.text import Said, text
from tests.adapters.contract import VOICE, Bench
from tests.matrix.bench import Seen, bench

__all__ = ["bench"]

CARD = Card((text("said", words=Said("Would you?")),), choices=(Choice("peer.yes", text("say-yes"), "abc"),))


def seen(bench: Bench) -> Seen:
    assert isinstance(bench.platform, Seen)
    return bench.platform


async def test_a_card_that_is_found_again_can_be_answered(bench: Bench) -> None:
    there = seen(bench)
    said = await bench.adapter.perform("key", "mark", Say(bench.member, CARD), VOICE)
    assert isinstance(said, Accepted)
    there.adapter.shown.forget(said.id)  # the process died before this was on disk
    person, room = there.who(bench.member)
    assert await bench.adapter.find("mark", Say(bench.member, CARD)) == said
    assert await bench.adapter.find("mark", Say(bench.member, CARD)) == said
    await there.town.wait(person.types(room, "1"))
    await there.handled()
    assert [(one.command, one.subject) for one in bench.sink.intents] == [("peer.yes", "abc")]


async def test_a_room_that_was_left_is_left_and_one_that_never_was_is_gone(bench: Bench) -> None:
    made = await bench.adapter.perform("key", "mark", MakeRoom(bench.space, text("said", words=Said("two"))), VOICE)
    assert isinstance(made, Accepted)
    room = Room("matrix", made.id)
    for key in ("leave", "leave again"):
        assert await bench.adapter.perform(key, key, Leave(room), VOICE) == Accepted(made.id)
    assert await bench.adapter.perform("nowhere", "nowhere", Leave(bench.nowhere), VOICE) == Refused("gone")

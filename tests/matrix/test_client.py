"""What goes on in rooms and direct rooms, with the real adapter, a real homeserver, and a core that notes."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from adapters.matrix.keys import STATE, SealedFile
from bot.contract.card import Card, Choice
from bot.contract.effect import Accepted, Pin, Refused, Say
from bot.contract.facts import (
    Act,
    Keeps,
    Missing,
    Readers,
    Right,
    Spoken,
    Standing,
    WhatIsKept,
    WhatIsMissing,
    WhenSpoken,
    WhoIs,
    WhoReads,
)
from bot.contract.intent import Intent, Reply
from bot.contract.place import Member, Post, Room
from bot.contract.text import Said, Voice, text
from tests.adapters.contract import VOICE, Bench, card
from tests.matrix.bench import Seen, bench
from tests.matrix.people import PATIENCE

__all__ = ["bench"]

YES = Choice("peer.yes", text("say-yes"), "abc")


def seen(bench: Bench) -> Seen:
    assert isinstance(bench.platform, Seen)
    return bench.platform


async def until(happened: Callable[[], object]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not happened():  # noqa: ASYNC110 - the core notes without a word
            await asyncio.sleep(0.01)


async def typed(bench: Bench, words: str) -> tuple[str, ...]:
    """Let the member type something, and return everything that the bot says from then on, up to one answer."""
    there = seen(bench)
    before = there.seen(bench.member)
    person, room = there.who(bench.member)
    await there.town.wait(person.types(room, words))
    after: tuple[str, ...] = ()

    def more() -> bool:
        nonlocal after
        after = there.seen(bench.member)[len(before) :]
        return bool(after)

    await until(more)
    return after


async def test_a_command_is_read_in_the_direct_room_and_answered_there(bench: Bench) -> None:
    (answer,) = await typed(bench, "!peer light on 3")
    (intent,) = bench.sink.intents
    assert (intent.command, intent.args, intent.member) == ("peer light on", {"hours": "3"}, bench.member)
    assert (intent.space, intent.room) == (None, None)
    assert intent.key.startswith("$")
    assert answer.startswith("peer light on\n1. ")


async def test_what_is_no_command_goes_no_further(bench: Bench) -> None:
    await typed(bench, "good evening")
    (intent,) = bench.sink.intents
    assert (intent.command, dict(intent.args)) == ("about.unknown", {})


async def test_a_number_presses_the_newest_card_and_a_reaction_its_own(bench: Bench) -> None:
    there = seen(bench)
    first = await bench.adapter.perform("k1", "m1", Say(bench.member, Card((text("one"),), choices=(YES,))), VOICE)
    other = Choice("peer.yes", text("say-yes"), "def")
    await bench.adapter.perform("k2", "m2", Say(bench.member, Card((text("two"),), choices=(other,))), VOICE)
    assert isinstance(first, Accepted)
    person, room = there.who(bench.member)
    await there.town.wait(person.types(room, "1"))
    await until(lambda: len(bench.sink.intents) == 1)
    await there.town.wait(person.reacts(room, first.id, "1\ufe0f\u20e3"))
    await until(lambda: len(bench.sink.intents) == 2)
    assert [(one.command, one.subject) for one in bench.sink.intents] == [("peer.yes", "def"), ("peer.yes", "abc")]


async def test_a_form_is_asked_one_question_at_a_time_and_becomes_one_intent(bench: Bench) -> None:
    (first,) = await typed(bench, "!peer ask")
    assert bench.sink.intents[-1].command == "peer ask"
    assert first.startswith("title")
    await typed(bench, "en")
    await typed(bench, "hello there")
    asked = bench.sink.intents[-1]
    assert (asked.command, asked.args) == ("peer ask", {"languages": ("en",), "note": "hello there"})
    assert len(bench.sink.intents) == 2


async def test_an_answer_after_a_restart_is_told_that_the_place_was_lost(bench: Bench) -> None:
    await typed(bench, "!peer ask")
    await seen(bench).handled()  # else the command would come again, and the question with it
    await seen(bench).restart()
    (answer,) = await typed(bench, "en")
    assert answer == "matrix-lost"
    assert [one.command for one in bench.sink.intents[1:]] == ["about.unknown"], "asked for the language alone"


async def test_a_choice_posted_before_a_restart_works_after_it(bench: Bench) -> None:
    await bench.adapter.perform("k1", "m1", Say(bench.member, Card((text("one"),), choices=(YES,))), VOICE)
    await seen(bench).restart()
    await typed(bench, "1")
    assert [(one.command, one.subject) for one in bench.sink.intents] == [("peer.yes", "abc")]


async def test_what_was_asked_right_before_a_crash_is_gone_on_with(bench: Bench) -> None:
    there = seen(bench)
    (question,) = await typed(bench, "!peer ask")
    await there.restart()
    await typed(bench, "en")
    assert there.seen(bench.member).count(question) == 1


async def test_a_wave_brings_the_choices_of_a_room_into_the_direct_one(bench: Bench) -> None:
    there = seen(bench)
    posted = await bench.adapter.perform("k1", "m1", Say(bench.room, Card((text("one"),), choices=(YES,))), VOICE)
    assert isinstance(posted, Accepted)
    person, _ = there.who(bench.member)
    await there.town.wait(person.reacts(bench.room.id, posted.id, "👋"))
    await until(lambda: there.seen(bench.member))
    assert bench.sink.intents == [] or {one.command for one in bench.sink.intents} == {"about.unknown"}
    await typed(bench, "1")
    pressed = bench.sink.intents[-1]
    assert (pressed.command, pressed.subject, pressed.room, pressed.space) == (
        "peer.yes",
        "abc",
        bench.room,
        bench.space,
    )


async def test_a_wave_at_a_card_that_is_not_known_any_more_is_told_so(bench: Bench) -> None:
    there = seen(bench)
    posted = await bench.adapter.perform("k1", "m1", Say(bench.room, Card((text("one"),), choices=(YES,))), VOICE)
    assert isinstance(posted, Accepted)
    pinned = await bench.adapter.perform("k2", "m2", Pin(Post(bench.room, posted.id)), VOICE)
    assert isinstance(pinned, Accepted)
    assert there.adapter.shown._cards[posted.id].stays, "a front door goes on"
    there.adapter.shown.forget(posted.id)
    person, _ = there.who(bench.member)
    await there.town.wait(person.reacts(bench.room.id, posted.id, "👋"))
    await until(lambda: there.seen(bench.member))
    assert [(one.command, one.room) for one in bench.sink.intents if one.command != "about.unknown"] == [
        ("about.old-button", None)
    ]


async def test_a_wave_at_somebody_else_means_nothing(bench: Bench) -> None:
    there = seen(bench)
    person, _ = there.who(bench.member)
    other, _ = there.who(bench.other)
    said = await there.town.wait(other.types(bench.room.id, "hello"))
    await there.town.wait(person.reacts(bench.room.id, said, "👋"))
    await typed(bench, "!peer light off")
    assert [one.command for one in bench.sink.intents] == ["peer light off"]


async def test_a_command_may_be_asked_as_if_in_a_room_that_its_asker_is_in(bench: Bench) -> None:
    await typed(bench, f"!mine data in={bench.room.id}")
    (intent,) = bench.sink.intents
    assert (intent.command, intent.space, intent.room) == ("mine data", bench.space, bench.room)


async def test_a_room_that_the_asker_is_not_in_is_not_there(bench: Bench) -> None:
    there = seen(bench)
    person, _ = there.who(bench.member)
    await there.town.wait(person.leaves(bench.room.id))
    (answer,) = await typed(bench, f"!mine data in={bench.room.id}")
    assert answer == "matrix-not-there"
    assert "mine data" not in {one.command for one in bench.sink.intents}


async def test_a_third_person_ends_a_direct_room(bench: Bench) -> None:
    there = seen(bench)
    person, room = there.who(bench.member)
    third, _ = there.who(bench.other)
    await there.town.wait(person.asks_in(room, third.id))
    said = await bench.adapter.perform("k1", "m1", Say(bench.member, card("private")), VOICE)
    assert said in {Refused("closed"), Refused("gone")}
    await there.town.wait(there.town.until_in(person, room, there.bot, "leave"))
    assert there.seen(bench.member) == ("matrix-crowded",)


async def test_who_is_left_is_told_why_in_their_language(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    there = seen(bench)
    person, room = there.who(bench.member)
    third, _ = there.who(bench.other)
    parts = there.adapter._parts()
    assert parts is not None
    parts.conversation._voices[bench.member] = Voice("de")
    say, told = parts.talk.say, []

    async def hears(*args: Any, **more: Any) -> Any:
        told.append(args[3])
        return await say(*args, **more)

    monkeypatch.setattr(parts.talk, "say", hears)
    await there.town.wait(person.asks_in(room, third.id))
    await there.town.wait(there.town.until_in(person, room, there.bot, "leave"))
    assert told == [Voice("de")]


async def test_a_direct_room_in_clear_is_answered_once_and_left(bench: Bench) -> None:
    there = seen(bench)
    person, _ = there.who(bench.other)
    room = await there.town.wait(person.direct(there.bot, encrypted=False))
    await there.town.wait(there.town.until_in(person, room, there.bot, "leave"))
    await there.town.wait(person.pump(0))
    assert [content["body"] for _, content in person.stands(room, there.bot)] == ["matrix-unencrypted"]


def on_disk(folder: Path) -> bytes:
    """Return the adapter's state as it is on disk, unsealed."""
    written = SealedFile(folder / STATE, b"m" * 32).load()
    assert written is not None
    return written


async def test_who_is_forgotten_is_left_and_nothing_of_them_stays(bench: Bench, tmp_path: Path) -> None:
    there = seen(bench)
    plain = type(there.sink).ask

    async def farewell(intent: Intent) -> Reply:
        await plain(there.sink, intent)
        return Reply(Card((text("said", words=Said("bye")),), farewell=True), Voice())

    person, room = there.who(bench.member)
    other, _ = there.who(bench.other)
    (answer,) = await typed(bench, "!peer light on 3")
    assert "\n1. " in answer, "a card with choices"
    await there.handled()
    keys = [str(one.client.olm.account.identity_keys["curve25519"]) for one in (person, other)]
    marks = (person.id, keys[0], room)
    held = on_disk(tmp_path)
    assert all(mark.encode() in held for mark in marks), "the control: they are found while they are there"
    address = f"/_matrix/client/v3/user/{there.bot}/account_data/m.direct"
    assert there.adapter._engine is not None
    assert person.id in await there.adapter._engine.server.ask("GET", address)
    kept = await bench.adapter.tell(WhatIsKept("matrix", bench.member))
    assert isinstance(kept, Keeps)
    assert {line.id for line in kept.lines} == {
        *(f"keeps-matrix-your-{what}" for what in ("room", "numbers", "devices", "keys")),
        "keeps-matrix-memory",
    }

    there.sink.ask = farewell  # type: ignore[method-assign]
    (answer,) = await typed(bench, "!peer light off")
    assert answer.startswith("bye")
    await there.town.wait(there.town.until_in(person, room, there.bot, "leave"))
    await there.handled()
    assert not there.adapter.knows(bench.member.id)
    assert there.adapter.knows(bench.other.id)
    assert not there.adapter.shown.any(room)
    held = on_disk(tmp_path)
    assert not [mark for mark in marks if mark.encode() in held]
    assert other.id.encode() in held, "nobody else is forgotten with them"
    assert await bench.adapter.tell(WhatIsKept("matrix", bench.member)) == Keeps(())
    listed = await there.adapter._engine.server.ask("GET", address)
    assert person.id not in listed
    assert other.id in listed

    # Their device still has a session with the bot that the bot has deleted; their first words are read all the same.
    del there.sink.ask
    there.direct[person.id] = await there.town.wait(person.direct(there.bot))
    await there.town.wait(there.town.until_in(person, there.direct[person.id], there.bot))
    await there.town.wait(person.sees(there.direct[person.id], there.bot))
    (answer,) = await typed(bench, "!peer light on 3")
    assert answer.startswith("peer light on")


async def test_standing_is_read_from_the_homeserver(bench: Bench) -> None:
    there = seen(bench)
    linden = there.town.people["linden"]

    async def standing(member: Member) -> Standing:
        found = await bench.adapter.tell(WhoIs(member, (bench.space,)))
        assert isinstance(found, Standing)
        return found

    before = await standing(bench.member)
    assert (before.right, before.able, before.roles) == (Right.MEMBER, True, frozenset({bench.room.id}))
    person, _ = there.who(bench.member)
    address = f"/_matrix/client/v3/profile/{person.id}/displayname"
    await there.town.wait(person.ask("PUT", address, {"displayname": "Birch"}))
    assert (await standing(bench.member)).joined_at == before.joined_at, "a new name is no new joining"
    await there.town.wait(linden.levels(bench.space.id, {bench.member.id: -1, bench.other.id: 50}))
    assert not (await standing(bench.member)).able
    assert (await standing(bench.other)).right == Right.MODERATOR
    await there.town.wait(linden.kicks(bench.space.id, bench.member.id))
    assert await standing(bench.member) == Standing(Right.NONE)
    await there.town.wait(there.town.let_in(linden, bench.space.id, person))
    again = await standing(bench.member)
    assert again.joined_at is not None
    assert before.joined_at is not None
    assert again.joined_at > before.joined_at, "who comes back has joined anew"


async def test_what_the_bot_may_not_do_is_told_with_the_power_that_it_needs(bench: Bench) -> None:
    there = seen(bench)
    linden = there.town.people["linden"]
    state = f"/_matrix/client/v3/rooms/{bench.room.id}/state/m.room.power_levels"
    levels = await there.town.wait(linden.ask("GET", state))

    async def missing(**needed: int) -> list[tuple[str, object]]:
        events = {kind.replace("_", "."): level for kind, level in needed.items()}
        await there.town.wait(linden.ask("PUT", state, {**levels, "events": {**levels.get("events", {}), **events}}))
        found = await bench.adapter.tell(WhatIsMissing(bench.room, frozenset({Act.WRITE, Act.PIN})))
        assert isinstance(found, Missing)
        return [(line.id, line.facts["power"]) for line in found.lines]

    assert await missing() == []
    for kind in ("m_room_encrypted", "m_reaction", "m_room_redaction"):
        assert await missing(**{kind: 60}) == [("missing-matrix-write", 60)], "a card needs all of them"
    assert await missing(m_room_message=60) == [], "the room is encrypted"
    levels["events"] = {**levels.get("events", {}), "m.room.pinned_events": 70}
    assert await missing(m_reaction=60) == [("missing-matrix-write", 60), ("missing-matrix-pin", 70)]
    one = await bench.adapter.tell(WhatIsMissing(bench.room, frozenset({Act.PIN})))
    assert isinstance(one, Missing)
    assert [line.id for line in one.lines] == ["missing-matrix-pin"]


async def test_who_can_read_a_room_is_said_by_its_rules(bench: Bench) -> None:
    there = seen(bench)
    linden = there.town.people["linden"]

    async def readers(room: Room) -> Readers:
        found = await bench.adapter.tell(WhoReads(room))
        assert isinstance(found, Readers)
        return found

    before = await readers(bench.room)
    assert not before.wider
    assert "who-reads-matrix-sealed" in {line.id for line in before.lines}
    await there.town.wait(linden.sets(bench.room.id, "m.room.join_rules", {"join_rule": "public"}))
    assert (await readers(bench.room)).wider
    await there.town.wait(linden.sets(bench.room.id, "m.room.join_rules", {"join_rule": "invite"}))
    await there.town.wait(
        linden.sets(bench.room.id, "m.room.history_visibility", {"history_visibility": "world_readable"})
    )
    assert "who-reads-matrix-world" in {line.id for line in (await readers(bench.room)).lines}


@pytest.mark.parametrize("listed", [True, False])
async def test_only_who_is_on_the_list_brings_the_bot_somewhere(bench: Bench, listed: bool) -> None:
    there = seen(bench)
    await there.restart(allowed=(bench.space.id, *((bench.moderator.id,) if listed else ())))
    linden = there.town.people["linden"]
    room = await there.town.wait(there.town.found(linden, "elsewhere"))
    await there.town.wait(linden.asks_in(room, there.bot))
    await there.town.wait(there.town.until_in(linden, room, there.bot, "join" if listed else "leave"))
    of_space = await there.town.wait(there.town.found(linden, "of the space"))
    await there.town.wait(there.town.belongs(linden, bench.space.id, of_space))
    await there.town.wait(linden.asks_in(of_space, there.bot))
    await there.town.wait(there.town.until_in(linden, of_space, there.bot))


async def test_an_upgraded_space_is_followed_if_it_is_proven(bench: Bench) -> None:
    there = seen(bench)
    linden = there.town.people["linden"]
    person, _ = there.who(bench.member)
    address = f"/_matrix/client/v3/rooms/{bench.space.id}/upgrade"
    new = (await there.town.wait(linden.ask("POST", address, {"new_version": "11"})))["replacement_room"]
    await there.town.wait(linden.asks_in(new, there.bot))
    await there.town.wait(there.town.until_in(linden, new, there.bot))
    await there.town.wait(there.town.let_in(linden, new, person))
    await there.town.wait(linden.kicks(bench.space.id, person.id))
    standing = await bench.adapter.tell(WhoIs(bench.member, (bench.space,)))
    assert isinstance(standing, Standing)
    assert standing.right == Right.MEMBER


@pytest.mark.promise("A7", platform="matrix")
async def test_when_somebody_last_wrote_is_told_of_encrypted_rooms_alone_and_without_their_words(bench: Bench) -> None:
    there = seen(bench)
    linden, room = there.town.people["linden"], bench.room
    assert await bench.adapter.tell(WhenSpoken(room)) == Spoken(None)
    event = await there.town.wait(linden.types(room.id, "good evening"))
    stored = await there.town.wait(linden.ask("GET", f"/_matrix/client/v3/rooms/{room.id}/event/{event}"))
    written = datetime.fromtimestamp(stored["origin_server_ts"] / 1000, UTC)
    assert await bench.adapter.tell(WhenSpoken(room)) == Spoken(written)
    await bench.adapter.perform("k1", "m1", Say(room, card("one")), VOICE)
    assert await bench.adapter.tell(WhenSpoken(room)) == Spoken(written), "what the bot says is no talk"
    clear = await there.town.wait(there.town.found(linden, "in clear"))
    await there.town.wait(linden.asks_in(clear, there.bot))
    await there.town.wait(there.town.until_in(linden, clear, there.bot))
    await there.town.wait(linden.types(clear, "good evening"))
    assert await bench.adapter.tell(WhenSpoken(Room("matrix", clear))) == Spoken(None), "there the words would come"


@pytest.mark.promise("M6", platform="matrix")
@pytest.mark.parametrize("read", [True, False])
async def test_commands_in_rooms_are_read_where_that_is_switched_on_and_nothing_else_is(
    bench: Bench, read: bool
) -> None:
    there = seen(bench)
    linden, person = there.town.people["linden"], there.who(bench.member)[0]
    room = await there.town.wait(there.town.found(linden, "in clear"))
    await there.town.wait(linden.asks_in(room, there.bot))
    await there.town.wait(there.town.until_in(linden, room, there.bot))
    await there.town.wait(there.town.let_in(linden, room, person))
    await there.handled()
    await there.restart(commands_in_rooms=read)
    for words in ("good evening", "!peer light on 3", "!other bots"):
        await there.town.wait(person.types(room, words))
    await typed(bench, "!peer light off")
    await until(lambda: len(bench.sink.intents) == 1 + read)
    asked = {one.command: one for one in bench.sink.intents}
    assert ("peer light on" in asked) is read
    assert "peer light off" in asked
    if read:
        assert asked["peer light on"].room == Room("matrix", room)
        await until(lambda: any("peer light on" in words for words in there.seen(bench.member)))
    assert [content for _, content in person.stands(room, there.bot)] == []
    readers = await bench.adapter.tell(WhoReads(Room("matrix", room)))
    assert isinstance(readers, Readers)
    said = {line.id for line in readers.lines}
    assert ("who-reads-matrix-clear-rooms" in said) is read
    assert ("who-reads-matrix-clear" in said) is not read

"""The contract of an adapter, as tests that every platform passes.

A platform's own test module brings a fixture ``bench`` (a `Bench`) and takes the class over::

    class TestContract(AdapterContract):
        pass
"""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

import pytest

from bot.contract.button import Buttons
from bot.contract.card import Card, Choice
from bot.contract.effect import (
    Absent,
    Accepted,
    Delete,
    Edit,
    EditEvent,
    Effect,
    EndEvent,
    Invite,
    Leave,
    MakeEvent,
    MakeRoom,
    Pin,
    Refused,
    Remove,
    Say,
    SetState,
)
from bot.contract.facts import (
    Act,
    Answer,
    Inside,
    IsInside,
    Keeps,
    Missing,
    Present,
    Readers,
    Right,
    Standing,
    Unanswered,
    WhatIsKept,
    WhatIsMissing,
    WhoIs,
    WhoIsIn,
    WhoReads,
)
from bot.contract.intent import Intent, Reply
from bot.contract.place import Member, Place, Post, Room, Space
from bot.contract.ports import Adapter, Capability, Sink
from bot.contract.text import Said, Text, Voice, text

VOICE = Voice("en", "UTC")
LONG = "porch " * 2_000


def _lines(answer: Answer) -> tuple[Text, ...]:
    assert isinstance(answer, Keeps)
    return answer.lines


class Platform(Protocol):
    """What a test may look at on the far side: what people see."""

    def seen(self, place: Place) -> tuple[str, ...]:
        """Return the text of each message that is at a place, oldest first."""

    def close(self, member: Member) -> None:
        """Let a member take no private messages any more."""

    async def press(self, member: Member, button: str) -> None:
        """Let a member press a choice by its id, as the platform reports it."""

    async def hush(self, room: Room) -> None:
        """Let the bot not write in a room any more, nor pin there."""


class Heard(Sink, Protocol):
    """A core that only notes what it is asked."""

    @property
    def intents(self) -> list[Intent]:
        """What it was asked."""


@dataclass
class Bench:
    """An adapter with its platform, and who and what is there."""

    adapter: Adapter
    platform: Platform
    sink: Heard
    buttons: Buttons
    member: Member
    other: Member
    stranger: Member
    moderator: Member
    space: Space
    room: Room
    nowhere: Room


def card(words: str = "hello") -> Card:
    return Card((text("said", words=Said(words)),))


class AdapterContract:
    """What is the same everywhere."""

    def test_it_has_a_name_and_says_what_it_can(self, bench: Bench) -> None:
        assert bench.adapter.platform == bench.member.platform
        known = {value for name, value in vars(Capability).items() if name.isupper()}
        assert bench.adapter.capabilities <= known
        assert bench.adapter.safe.total_seconds() >= 60

    @pytest.mark.parametrize("private", [True, False])
    async def test_the_same_key_twice_gives_one_message(self, bench: Bench, private: bool) -> None:
        to: Place = bench.member if private else bench.room
        before = len(bench.platform.seen(to))
        first = await bench.adapter.perform("key-1", "mark-1", Say(to, card()), VOICE)
        again = await bench.adapter.perform("key-1", "mark-1", Say(to, card()), VOICE)
        assert isinstance(first, Accepted)
        assert first == again
        assert len(bench.platform.seen(to)) == before + 1

    async def test_another_key_gives_another_message(self, bench: Bench) -> None:
        await bench.adapter.perform("key-1", "mark-1", Say(bench.member, card()), VOICE)
        await bench.adapter.perform("key-2", "mark-2", Say(bench.member, card()), VOICE)
        assert len(bench.platform.seen(bench.member)) == 2

    async def test_an_unknown_place_is_refused_as_gone(self, bench: Bench) -> None:
        effects: tuple[Effect, ...] = (
            Say(bench.nowhere, card()),
            Say(bench.stranger, card()),
            Edit(Post(bench.member, "nothing"), card()),
            Invite(bench.nowhere, bench.member),
            Remove(bench.nowhere, bench.member),
            Leave(bench.nowhere),
            SetState(bench.nowhere, "topic", text("said", words="x")),
            MakeRoom(Space(bench.space.platform, "nowhere"), text("said", words="x")),
        )
        for number, effect in enumerate(effects):
            assert await bench.adapter.perform(f"key-{number}", f"mark-{number}", effect, VOICE) == Refused("gone")

    async def test_what_is_already_gone_counts_as_taken_away(self, bench: Bench) -> None:
        said = await bench.adapter.perform("key-1", "mark-1", Say(bench.member, card()), VOICE)
        assert isinstance(said, Accepted)
        for number in range(2, 4):
            away = await bench.adapter.perform(
                f"key-{number}", f"mark-{number}", Delete(Post(bench.member, said.id)), VOICE
            )
            assert isinstance(away, Accepted)
        assert bench.platform.seen(bench.member) == ()

    async def test_closed_private_messages_are_refused_as_closed(self, bench: Bench) -> None:
        bench.platform.close(bench.member)
        assert await bench.adapter.perform("key-1", "mark-1", Say(bench.member, card()), VOICE) == Refused("closed")
        assert bench.platform.seen(bench.member) == ()

    async def test_what_is_long_arrives_whole(self, bench: Bench) -> None:
        assert isinstance(await bench.adapter.perform("k", "m", Say(bench.member, card(LONG)), VOICE), Accepted)
        shown = "".join("".join(bench.platform.seen(bench.member)).split())
        assert shown == "".join(LONG.split())

    async def test_an_edit_takes_the_place_of_what_was_said(self, bench: Bench) -> None:
        if Capability.EDITS not in bench.adapter.capabilities:
            pytest.skip("this platform does not edit")
        said = await bench.adapter.perform("key-1", "mark-1", Say(bench.room, card("before")), VOICE)
        assert isinstance(said, Accepted)
        post = Post(bench.room, said.id)
        assert isinstance(await bench.adapter.perform("key-2", "mark-2", Edit(post, card("after")), VOICE), Accepted)
        assert bench.platform.seen(bench.room)[-1] == "after"
        assert "before" not in bench.platform.seen(bench.room)

    async def test_pinning_what_was_said(self, bench: Bench) -> None:
        if Capability.PINS not in bench.adapter.capabilities:
            pytest.skip("this platform does not pin")
        said = await bench.adapter.perform("key-1", "mark-1", Say(bench.room, card()), VOICE)
        assert isinstance(said, Accepted)
        assert isinstance(
            await bench.adapter.perform("key-2", "mark-2", Pin(Post(bench.room, said.id)), VOICE), Accepted
        )
        gone = Pin(Post(bench.room, "nothing"))
        assert await bench.adapter.perform("key-3", "mark-3", gone, VOICE) == Refused("gone")

    async def test_what_was_done_is_found_by_its_mark_and_nothing_else_is(self, bench: Bench) -> None:
        said = await bench.adapter.perform("key-1", "mark-1", Say(bench.member, card()), VOICE)
        assert await bench.adapter.find("mark-1", Say(bench.member, card())) == said
        assert await bench.adapter.find("mark-2", Say(bench.member, card())) == Absent()

    async def test_a_room_is_made_once_and_people_are_let_in_and_out(self, bench: Bench) -> None:
        if Capability.ROOMS not in bench.adapter.capabilities:
            pytest.skip("this platform makes no rooms")
        make = MakeRoom(bench.space, text("said", words=Said("Room")))
        made = await bench.adapter.perform("key-1", "mark-1", make, VOICE)
        assert isinstance(made, Accepted)
        assert made.id
        assert await bench.adapter.perform("key-1", "mark-1", make, VOICE) == made
        assert await bench.adapter.find("mark-1", make) == made
        room = Room(bench.room.platform, made.id)
        for number, member in enumerate((bench.member, bench.other, bench.member)):
            assert isinstance(
                await bench.adapter.perform(f"in-{number}", f"m-{number}", Invite(room, member), VOICE), Accepted
            )
        assert isinstance(await bench.adapter.perform("out", "m-out", Remove(room, bench.member), VOICE), Accepted)
        assert isinstance(await bench.adapter.perform("left", "m-left", Leave(room), VOICE), Accepted)

    async def test_a_room_that_is_closed_lets_nobody_in(self, bench: Bench) -> None:
        if Capability.ROOMS not in bench.adapter.capabilities:
            pytest.skip("this platform makes no rooms")
        make = MakeRoom(bench.space, text("said", words=Said("Room")))
        made = await bench.adapter.perform("key-1", "mark-1", make, VOICE)
        assert isinstance(made, Accepted)
        room = Room(bench.room.platform, made.id)
        assert await bench.adapter.tell(IsInside(room, bench.member)) == Inside(here=False, others=0)
        assert isinstance(await bench.adapter.tell(IsInside(bench.nowhere, bench.member)), Unanswered)
        assert isinstance(await bench.adapter.perform("in-1", "m-1", Invite(room, bench.member), VOICE), Accepted)
        let_in = await bench.adapter.tell(IsInside(room, bench.member))
        assert isinstance(let_in, Inside)
        assert let_in.here != let_in.asked, "they are in it, or were asked in"
        assert isinstance(await bench.adapter.perform("out-0", "m-0", Remove(room, bench.member), VOICE), Accepted)
        for key in ("out-1", "out-2"):
            assert isinstance(await bench.adapter.perform(key, key, Leave(room, close=True), VOICE), Accepted)
        after = await bench.adapter.tell(IsInside(room, bench.member))
        assert isinstance(after, Unanswered) or after == Inside(here=False, others=0, closed=True)
        assert await bench.adapter.perform("in", "m-in", Invite(room, bench.member), VOICE) == Refused("gone")

    async def test_a_room_that_is_to_be_erased_is_over_whether_or_not_the_platform_lets_the_bot_erase_it(
        self, bench: Bench
    ) -> None:
        if Capability.ROOMS not in bench.adapter.capabilities:
            pytest.skip("this platform makes no rooms")
        make = MakeRoom(bench.space, text("said", words=Said("Room")))
        made = await bench.adapter.perform("key-1", "mark-1", make, VOICE)
        assert isinstance(made, Accepted)
        room = Room(bench.room.platform, made.id)
        over = Leave(room, close=True, erase=True)
        assert isinstance(await bench.adapter.perform("out", "m-out", over, VOICE), Accepted)
        after = await bench.adapter.tell(IsInside(room, bench.member))
        assert isinstance(after, Unanswered) or after == Inside(here=False, others=0, closed=True)
        assert await bench.adapter.perform("in", "m-in", Invite(room, bench.member), VOICE) == Refused("gone")

    async def test_a_room_is_no_wider_than_what_it_was_made_for(self, bench: Bench) -> None:
        if Capability.ROOMS not in bench.adapter.capabilities:
            pytest.skip("this platform makes no rooms")
        for visible in (False, True):
            key = f"key-{visible}"
            make = MakeRoom(bench.space, text("said", words=Said("Room")), visible=visible)
            made = await bench.adapter.perform(key, key, make, VOICE)
            assert isinstance(made, Accepted)
            assert await bench.adapter.find(key, make) == made
            room = Room(bench.room.platform, made.id)
            readers = await bench.adapter.tell(WhoReads(room, visible))
            assert isinstance(readers, Readers)
            assert readers.lines
            assert not readers.wider
            assert isinstance(await bench.adapter.perform(f"out-{key}", key, Leave(room), VOICE), Accepted)

    async def test_an_event_is_made_once_moved_and_taken_away_where_there_are_events(self, bench: Bench) -> None:
        starts, about = datetime(2040, 3, 5, 19, tzinfo=UTC), text("said", words=Said("Come"))
        make = MakeEvent(bench.room, text("said", words=Said("Circle")), about, starts, starts + timedelta(hours=1))
        done = await bench.adapter.perform("key-1", "mark-1", make, VOICE)
        events = Capability.EVENTS in bench.adapter.capabilities
        event = Post(bench.room, done.id if isinstance(done, Accepted) else "nothing")
        edit = EditEvent(event, starts + timedelta(days=1), starts + timedelta(days=1, hours=1))
        if not events:
            assert done == Refused("impossible")
            assert await bench.adapter.perform("key-2", "mark-2", edit, VOICE) == Refused("impossible")
            assert await bench.adapter.perform("key-3", "mark-3", EndEvent(event), VOICE) == Refused("impossible")
            return
        assert isinstance(done, Accepted)
        assert await bench.adapter.perform("key-1", "mark-1", make, VOICE) == done
        assert await bench.adapter.find("mark-1", make) == done
        more: tuple[Effect, ...] = (edit, edit, EndEvent(event), EndEvent(event))
        for number, effect in enumerate(more):
            again = await bench.adapter.perform(f"more-{number}", f"more-{number}", effect, VOICE)
            assert isinstance(again, Accepted)
        assert await bench.adapter.perform("key-4", "mark-4", edit, VOICE) == Refused("gone")
        assert await bench.adapter.find("mark-1", make) == Absent()

    async def test_it_tells_what_the_platform_knows(self, bench: Bench) -> None:
        standing = await bench.adapter.tell(WhoIs(bench.member, (bench.space,)))
        assert isinstance(standing, Standing)
        assert standing.right == Right.MEMBER
        moderator = await bench.adapter.tell(WhoIs(bench.moderator, (bench.space,)))
        assert isinstance(moderator, Standing)
        assert moderator.right == Right.MODERATOR
        assert await bench.adapter.tell(WhoIs(bench.stranger, (bench.space,))) == Standing(Right.NONE)
        readers = await bench.adapter.tell(WhoReads(bench.room))
        assert isinstance(readers, Readers)
        assert readers.lines
        assert all(line.id.startswith("who-reads-") for line in readers.lines)
        present = await bench.adapter.tell(WhoIsIn((bench.space,)))
        assert isinstance(present, Present)
        assert present.members is None or bench.member in present.members

    async def test_it_says_what_it_keeps_itself(self, bench: Bench) -> None:
        platform = bench.adapter.platform
        at_all = await bench.adapter.tell(WhatIsKept(platform))
        assert isinstance(at_all, Keeps)
        assert at_all.lines
        of_one = await bench.adapter.tell(WhatIsKept(platform, bench.stranger))
        assert of_one == Keeps(()), "of somebody who never came"
        for line in (*at_all.lines, *_lines(await bench.adapter.tell(WhatIsKept(platform, bench.member)))):
            assert line.id.startswith(f"keeps-{platform}")

    async def test_what_it_says_it_may_is_done_and_what_it_says_it_may_not_is_refused(self, bench: Bench) -> None:
        acts = frozenset({Act.WRITE, Act.PIN})
        asked = WhatIsMissing(bench.room, acts)
        assert await bench.adapter.tell(asked) == Missing(())
        assert isinstance(await bench.adapter.perform("key-1", "mark-1", Say(bench.room, card()), VOICE), Accepted)
        await bench.platform.hush(bench.room)
        answer = await bench.adapter.tell(asked)
        assert isinstance(answer, Missing)
        assert answer.lines
        for line in answer.lines:
            assert line.id.startswith(f"missing-{bench.adapter.platform}")
            assert line.facts["place"] == bench.room
        assert await bench.adapter.tell(WhatIsMissing(bench.room, frozenset())) in (Missing(()), Missing(answer.lines))
        assert isinstance(await bench.adapter.perform("key-2", "mark-2", Say(bench.room, card()), VOICE), Refused)

    async def test_where_it_is_not_it_never_says_that_all_is_well(self, bench: Bench) -> None:
        rooms = frozenset({Act.ROOMS})
        assert await bench.adapter.tell(WhatIsMissing(bench.space, rooms)) == Missing(())
        for place in (bench.nowhere, Space(bench.space.platform, "nowhere")):
            answer = await bench.adapter.tell(WhatIsMissing(place, rooms | {Act.WRITE}))
            assert isinstance(answer, Unanswered) or (isinstance(answer, Missing) and answer.lines)

    async def test_only_choices_of_ours_for_this_place_are_asked_for(self, bench: Bench) -> None:
        choice = Choice("peer.yes", text("said", words="Yes"), "abc")
        own = bench.buttons.write(choice, bench.member)
        foreign = bench.buttons.write(choice, bench.other)
        for button in (own, foreign, own[:-1] + ("A" if own[-1] != "A" else "B"), "v1.peer.yes.abc.AAAAAAAAAAAA", "x"):
            await bench.platform.press(bench.member, button)
        first, *others = bench.sink.intents
        assert (first.command, first.subject, first.member) == ("peer.yes", "abc", bench.member)
        assert [(intent.command, intent.subject) for intent in others] == [("about.old-button", "")] * 4

    async def test_cancelling_ends_it(self, bench: Bench) -> None:
        running = asyncio.ensure_future(bench.adapter.run(bench.sink))
        for _ in range(20):
            await asyncio.sleep(0)
        assert not running.done()
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asyncio.wait_for(running, 5)


def answer(words: str) -> Reply:
    """Return a reply of one line."""
    return Reply(card(words), VOICE)

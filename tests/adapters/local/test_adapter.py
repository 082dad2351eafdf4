import pytest

from adapters.local import LocalAdapter, Message, Opened, World, private
from bot.contract.card import Card, Choice, Document
from bot.contract.effect import (
    Accepted,
    Delete,
    Edit,
    Effect,
    Invite,
    Leave,
    MakeRoom,
    Refused,
    Remove,
    Say,
    SetState,
)
from bot.contract.facts import (
    Inside,
    IsInside,
    Present,
    Readers,
    Right,
    Spoken,
    Standing,
    Unanswered,
    WhenSpoken,
    WhoIs,
    WhoIsIn,
    WhoReads,
)
from bot.contract.place import Member, Post, Room, Space
from bot.contract.text import Said, Voice, text
from tests.adapters.contract import VOICE, card
from tests.adapters.local.fakes import NOW, NotingSink, buttons


def choice(action: str = "peer.yes", subject: str = "abc") -> Choice:
    return Choice(action, text("yes"), subject)


async def test_a_reply_is_seen_by_its_asker_alone(adapter: LocalAdapter) -> None:
    answer = await adapter.type("birch", "peer light on", {"hours": "4"}, key="k1")
    assert isinstance(answer, Message)
    assert answer.only_you
    assert answer.text == "peer light on"
    assert await adapter.pane("birch") == (answer,)
    for other in ("alder", "rowan", "hazel", "linden"):
        assert await adapter.pane(other) == ()
    assert adapter.world.messages("porch") == ()


async def test_the_same_event_twice_is_answered_once(adapter: LocalAdapter) -> None:
    await adapter.type("birch", "peer light on", key="k1")
    assert await adapter.type("birch", "peer light on", key="k1") is None
    assert len(await adapter.pane("birch")) == 1


async def test_each_event_has_a_key_of_its_own(adapter: LocalAdapter, sink: NotingSink) -> None:
    await adapter.type("birch", "peer light on")
    await adapter.type("birch", "peer light on")
    await adapter.type("rowan", "peer light on")
    assert len({intent.key for intent in sink.intents}) == 3


async def test_a_reply_needs_no_open_private_conversation(adapter: LocalAdapter) -> None:
    adapter.world.change("birch", NOW, open=False)
    assert isinstance(await adapter.type("birch", "peer light on"), Message)


async def test_in_private_an_intent_has_no_space_and_in_the_room_it_has(
    adapter: LocalAdapter, sink: NotingSink
) -> None:
    await adapter.type("birch", "peer light on")
    await adapter.type("birch", "peer light on", in_room=True)
    assert [(one.space, one.room) for one in sink.intents] == [(None, None), (adapter.space, adapter.room)]


async def test_the_language_is_the_one_their_app_speaks(adapter: LocalAdapter, sink: NotingSink) -> None:
    adapter.world.change("birch", NOW, locale="de")
    await adapter.type("birch", "peer light on")
    assert sink.intents[-1].locale == "de"


async def test_talk_in_a_room_never_reaches_the_core(adapter: LocalAdapter, sink: NotingSink) -> None:
    await adapter.write("birch", "/peer ask", "porch")
    await adapter.write("birch", "good evening", "porch")
    assert [message.words for message in adapter.world.messages("porch")] == ["/peer ask", "good evening"]
    assert sink.intents == []


async def test_of_talk_in_private_the_core_learns_only_that_it_was(adapter: LocalAdapter, sink: NotingSink) -> None:
    await adapter.write("birch", "I would rather not say this to a program")
    (intent,) = sink.intents
    assert intent.command == "about.unknown"
    assert intent.args == {}
    assert intent.subject == ""
    await adapter.write("birch", "/peer light on 3")
    assert (sink.intents[-1].command, sink.intents[-1].args) == ("peer light on", {"hours": "3"})


async def test_a_command_that_is_not_there_or_cannot_be_typed_is_unknown(
    adapter: LocalAdapter, sink: NotingSink
) -> None:
    for command in ("peer.yes", "peer dance", ""):
        await adapter.type("birch", command, {"hours": "1"})
    assert [(one.command, one.args) for one in sink.intents] == [("about.unknown", {})] * 3


async def test_a_form_opens_and_comes_back_with_its_subject(adapter: LocalAdapter, sink: NotingSink) -> None:
    opened = await adapter.press("birch", buttons().write(choice("peer ask", "def"), adapter.member("birch")))
    assert isinstance(opened, Opened)
    assert [field["name"] for field in opened.form["fields"]] == ["languages", "note"]
    assert await adapter.pane("birch") == ()
    await adapter.submit("birch", opened, {"languages": ("en",), "note": ""})
    assert (sink.intents[-1].command, sink.intents[-1].subject) == ("peer ask", "def")
    assert sink.intents[-1].args == {"languages": ("en",), "note": ""}


async def test_a_typed_command_with_a_form_opens_it_only_without_arguments(
    adapter: LocalAdapter, sink: NotingSink
) -> None:
    assert isinstance(await adapter.type("birch", "peer ask"), Opened)
    assert isinstance(await adapter.line("birch", "/peer ask en"), Message)
    assert sink.intents[-1].args == {"languages": ("en",)}


async def test_a_form_of_somebody_else_or_a_forged_one_is_not_taken(adapter: LocalAdapter, sink: NotingSink) -> None:
    opened = await adapter.type("rowan", "peer ask")
    assert isinstance(opened, Opened)
    await adapter.submit("birch", opened, {"note": "secret"})
    await adapter.submit("birch", "v1.peer ask.def.AAAAAAAAAAAA", {"note": "secret"})
    assert [(one.command, one.args) for one in sink.intents[1:]] == [("about.old-button", {})] * 2


async def test_a_choice_in_a_room_may_be_pressed_by_whoever_is_in_it(adapter: LocalAdapter, sink: NotingSink) -> None:
    await adapter.perform("k1", "m1", Say(adapter.room, Card((text("hello"),), choices=(choice(),))), VOICE)
    button = adapter.world.messages("porch")[0].choice("peer.yes")
    await adapter.press("hazel", button)
    assert (sink.intents[-1].command, sink.intents[-1].room) == ("peer.yes", adapter.room)
    adapter.world.change("hazel", NOW, present=False)
    await adapter.press("hazel", button)
    assert sink.intents[-1].command == "about.old-button"


async def test_an_old_choice_works_after_a_restart(adapter: LocalAdapter, sink: NotingSink) -> None:
    await adapter.perform("k1", "m1", Say(adapter.member("birch"), Card((text("hi"),), choices=(choice(),))), VOICE)
    (message,) = await adapter.pane("birch")
    again = LocalAdapter(adapter.world.copy(), adapter.speaker, buttons(), adapter.clock)
    again._sink = sink
    again._ready.set()
    await again.press("birch", message.choice("peer.yes"))
    assert (sink.intents[-1].command, sink.intents[-1].subject) == ("peer.yes", "abc")


async def test_people_are_spoken_of_by_the_name_that_is_shown(adapter: LocalAdapter) -> None:
    said = text("who", one=adapter.member("birch"), other=Member("local", "nobody"), room=adapter.room)
    await adapter.perform("k1", "m1", Say(adapter.member("rowan"), Card((said,))), VOICE)
    assert (await adapter.pane("rowan"))[0].text == "Birch ? porch"


async def test_a_card_is_rendered_whole(adapter: LocalAdapter) -> None:
    shown = Card(
        (text("one"), text("two")),
        title=text("title"),
        choices=(choice(), Choice("peer ask", text("gone"), destroys=True)),
        document=Document("data.txt", "text/plain", "<b>held</b>"),
    )
    await adapter.perform("k1", "m1", Say(adapter.member("rowan"), shown), Voice("de"))
    (message,) = await adapter.pane("rowan")
    assert message.text == "title\none\ntwo"
    assert list(message.choices) == ["yes", "gone"]
    assert message.card["lang"] == "de"
    assert message.card["document"] == {"name": "data.txt", "type": "text/plain", "body": "<b>held</b>"}
    assert [one["destroys"] for one in message.card["choices"]] == [False, True]


async def test_other_platforms_are_not_here(adapter: LocalAdapter) -> None:
    assert await adapter.perform("k1", "m", Say(Member("discord", "birch"), card()), VOICE) == Refused("gone")
    assert await adapter.perform("k2", "m", Say(Room("discord", "porch"), card()), VOICE) == Refused("gone")
    assert await adapter.tell(WhoIs(Member("discord", "birch"), (adapter.space,))) == Standing(Right.NONE)
    assert await adapter.tell(WhoIs(adapter.member("birch"), (Space("local", "elsewhere"),))) == Standing(Right.NONE)
    assert await adapter.tell(WhoReads(Room("local", "nowhere"))) == Unanswered()
    assert await adapter.tell(WhoIsIn((Space("local", "elsewhere"),))) == Present(())


async def test_standing_follows_the_platform_at_once(adapter: LocalAdapter) -> None:
    birch = WhoIs(adapter.member("birch"), (adapter.space,))
    adapter.world.change("birch", NOW, timed_out=True)
    standing = await adapter.tell(birch)
    assert isinstance(standing, Standing)
    assert not standing.able
    assert standing.joined_at == adapter.world.residents["birch"].joined_at
    assert standing.roles == {"adults"}
    adapter.world.change("birch", NOW, present=False)
    assert await adapter.tell(birch) == Standing(Right.NONE)
    present = await adapter.tell(WhoIsIn((adapter.space,)))
    assert isinstance(present, Present)
    assert present.members is not None
    assert adapter.member("birch") not in present.members
    assert await adapter.perform("k1", "m", Say(adapter.member("birch"), card()), VOICE) == Refused("gone")


async def test_a_room_the_bot_has_left_is_gone_for_it_and_stays_for_the_people(
    adapter: LocalAdapter, sink: NotingSink
) -> None:
    made = await adapter.perform("k1", "m1", MakeRoom(adapter.space, text("two", words=Said("two"))), VOICE)
    assert isinstance(made, Accepted)
    room = Room("local", made.id)
    await adapter.perform("k2", "m2", Invite(room, adapter.member("birch")), VOICE)
    readers = await adapter.tell(WhoReads(room))
    assert isinstance(readers, Readers)
    assert [line.id for line in readers.lines] == ["who-reads-local-room"]
    assert not readers.wider
    assert await adapter.perform("k3", "m3", SetState(room, "power", text("x")), VOICE) == Refused("impossible")
    assert await adapter.tell(IsInside(room, adapter.member("birch"))) == Inside(here=True, others=0)
    assert await adapter.tell(IsInside(adapter.room, adapter.member("birch"))) == Unanswered()
    assert isinstance(await adapter.perform("k4", "m4", Leave(room), VOICE), Accepted)
    assert await adapter.perform("k5", "m5", Say(room, card()), VOICE) == Refused("gone")
    assert await adapter.perform("k6", "m6", Invite(room, adapter.member("rowan")), VOICE) == Refused("gone")
    assert isinstance(await adapter.perform("k7", "m7", Leave(room), VOICE), Accepted)
    await adapter.write("birch", "here we are", room.id)
    assert [message.words for message in adapter.world.messages(room.id)] == ["here we are"]
    assert sink.intents == []


async def test_a_room_that_is_closed_is_read_by_those_inside_and_written_in_by_nobody(adapter: LocalAdapter) -> None:
    made = await adapter.perform("k1", "m1", MakeRoom(adapter.space, text("two"), visible=True), VOICE)
    assert isinstance(made, Accepted)
    room = Room("local", made.id)
    await adapter.perform("k2", "m2", Invite(room, adapter.member("birch")), VOICE)
    await adapter.write("birch", "good evening", room.id)
    for key in ("k3", "k4"):
        assert isinstance(await adapter.perform(key, key, Leave(room, close=True), VOICE), Accepted)
    assert await adapter.perform("k5", "m5", Leave(room), VOICE) == Accepted(room.id)
    await adapter.write("birch", "is somebody here", room.id)
    assert [message.words for message in adapter.world.messages(room.id)] == ["good evening"]
    assert await adapter.tell(IsInside(room, adapter.member("birch"))) == Inside(here=True, others=0, closed=True)


@pytest.mark.parametrize("visible", [False, True])
async def test_a_room_that_was_opened_to_all_is_wider_unless_it_was_made_for_that(
    adapter: LocalAdapter, visible: bool
) -> None:
    made = await adapter.perform("k1", "m1", MakeRoom(adapter.space, text("two"), visible), VOICE)
    assert isinstance(made, Accepted)
    room = Room("local", made.id)
    own = Readers((text("who-reads-local-room"),))
    assert await adapter.tell(WhoReads(room, visible)) == own, "nobody looks into a room here who was not let in"
    adapter.world.open_room(room.id, NOW)
    all_of_them = (text("who-reads-local-porch"),)
    assert await adapter.tell(WhoReads(room, visible)) == Readers(all_of_them, wider=not visible)


async def test_a_room_that_is_erased_is_not_there_any_more_for_anybody(adapter: LocalAdapter) -> None:
    made = await adapter.perform("k1", "m1", MakeRoom(adapter.space, text("two")), VOICE)
    assert isinstance(made, Accepted)
    room = Room("local", made.id)
    await adapter.perform("k2", "m2", Invite(room, adapter.member("birch")), VOICE)
    for _ in range(2):
        assert await adapter.perform("k3", "m3", Leave(room, close=True, erase=True), VOICE) == Accepted(room.id)
    assert room.id not in adapter.world.halls
    assert adapter.world.messages(room.id) == ()


async def test_a_room_that_was_taken_away_is_gone(adapter: LocalAdapter) -> None:
    made = await adapter.perform("k1", "m1", MakeRoom(adapter.space, text("two")), VOICE)
    assert isinstance(made, Accepted)
    room = Room("local", made.id)
    posted = await adapter.perform("k2", "m2", Say(room, card()), VOICE)
    assert isinstance(posted, Accepted)
    adapter.world.take_down(room.id, NOW)
    gone: tuple[Effect, ...] = (Say(room, card()), Invite(room, adapter.member("birch")), Leave(room, close=True))
    for number, effect in enumerate(gone):
        assert await adapter.perform(f"g{number}", f"g{number}", effect, VOICE) == Refused("gone")
    assert await adapter.perform("k3", "m3", Delete(Post(room, posted.id)), VOICE) == Accepted(posted.id)
    assert await adapter.tell(WhoReads(room)) == Unanswered()
    assert adapter.world.messages(room.id) == ()


async def test_what_is_held_is_asked_of_the_core_and_posted_nowhere(adapter: LocalAdapter, sink: NotingSink) -> None:
    shown = await adapter.held("birch")
    assert await adapter.held("birch") == shown
    assert shown["lines"] == ["mine data"]
    assert shown["choices"] == []
    assert [intent.member for intent in sink.intents] == [adapter.member("birch")] * 2
    assert await adapter.pane("birch") == ()


@pytest.mark.parametrize("words", ["\u202egnihton", "\x00", "@everyone", "<img src=x onerror=alert(1)>", "a" * 4_001])
async def test_odd_talk_harms_nobody(adapter: LocalAdapter, sink: NotingSink, words: str) -> None:
    await adapter.write("birch", words, "porch")
    assert sink.intents == []
    assert all(len(message.words) <= 4_000 for message in adapter.world.messages("porch"))
    await adapter.write("birch", words)
    assert [intent.command for intent in sink.intents] == ["about.unknown"]


async def test_the_world_is_the_one_it_was_given() -> None:
    world = World.made_up(NOW)
    assert world.messages(private("birch")) == ()


async def test_nothing_is_done_twice_under_one_key_even_when_it_was_undone_since(adapter: LocalAdapter) -> None:
    birch, world = adapter.member("birch"), adapter.world
    make = MakeRoom(adapter.space, text("two"))
    made = await adapter.perform("k1", "m1", make, VOICE)
    assert isinstance(made, Accepted)
    room = Room("local", made.id)
    await adapter.perform("k2", "m2", Invite(room, birch), VOICE)
    assert await adapter.perform("k1", "m1", make, VOICE) == made
    assert world.halls[room.id].inside == ("birch",)
    await adapter.perform("k3", "m3", Remove(room, birch), VOICE)
    assert await adapter.perform("k2", "m2", Invite(room, birch), VOICE) == made
    assert world.halls[room.id].inside == ()
    said = await adapter.perform("k4", "m4", Say(birch, card()), VOICE)
    assert isinstance(said, Accepted)
    edit = Edit(Post(birch, said.id), card("after"))
    await adapter.perform("k5", "m5", edit, VOICE)
    await adapter.perform("k6", "m6", Delete(Post(birch, said.id)), VOICE)
    assert await adapter.perform("k5", "m5", edit, VOICE) == said


async def test_an_answer_that_the_core_gives_twice_is_shown_once(adapter: LocalAdapter) -> None:
    first = await adapter.type("birch", "mine data", key="k1")
    assert await adapter.type("birch", "mine data", key="k1") == first
    assert len(await adapter.pane("birch")) == 1


async def test_when_people_last_wrote_is_known_without_their_words(adapter: LocalAdapter) -> None:
    assert await adapter.tell(WhenSpoken(adapter.room)) == Spoken(None)
    await adapter.write("birch", "good evening", "porch")
    assert await adapter.tell(WhenSpoken(adapter.room)) == Spoken(adapter.clock.now())

"""What people ask on Discord is answered once, to them alone, in time or not at all."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

import pytest

from adapters.discord import DiscordAdapter, client
from bot.contract.card import Card, Choice, Document, Field, Form, Option
from bot.contract.effect import Say
from bot.contract.facts import Right, Standing, WhoIs
from bot.contract.intent import Intent, Reply
from bot.contract.params import Pick, Picks, Words
from bot.contract.place import Member
from bot.contract.text import Said, Voice, text
from bot.logs import log
from tests.adapters.local.fakes import buttons
from tests.discord.bench import ANSWER, Core, Hurried, Runs, asked, card, member, read, room, say, space
from tests.discord.standin import NO_ANSWER, Answer, Guild, Person, StandIn

ORIGINAL = "/webhooks/{webhook_id}/{webhook_token}/messages/@original"
FOLLOW_UP = "/webhooks/{webhook_id}/{webhook_token}"
LONG = "porch " * 1_500


@pytest.fixture
async def adapter(runs: Runs, porch: Guild) -> DiscordAdapter:
    return await runs.start()


@pytest.fixture
def birch(there: StandIn, porch: Guild) -> Person:
    return there.person("birch", porch)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any answer that is not there at once is late, so that no test waits for that."""
    monkeypatch.setattr(client, "AT_ONCE", 0.05)


@pytest.fixture
def lost(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return the codes with which answers were lost."""
    codes: list[int] = []

    def note(name: str, **facts: Any) -> None:
        if name == "discord_answer_lost":
            codes.append(facts["code"])

    monkeypatch.setattr(log, "event", note)
    return codes


def kinds(there: StandIn) -> list[int]:
    """Return the kinds of first answers, as they were sent."""
    return [one.body["type"] for one in there.requests if one.route.endswith("/callback")]


def shown(answer: Answer) -> str:
    """Return what its asker reads."""
    assert answer.message is not None
    return read(answer.message)


def answers(reply: Card) -> Any:
    return lambda _: Reply(reply, Voice())


# -- in time ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("private", [True, False])
async def test_an_answer_is_one_call_and_seen_by_its_asker_alone(
    there: StandIn, adapter: DiscordAdapter, core: Core, porch: Guild, birch: Person, private: bool
) -> None:
    rowan = there.person("rowan", porch)
    channel = None if private else there.channel(porch)
    answer = await birch.slash("peer light on", {"hours": 4}, channel=channel)
    assert (shown(answer), answer.ephemeral) == ("peer light on", True)
    assert (rowan.ephemeral_messages, there.channel(porch).messages, birch.direct_messages) == ([], [], [])
    assert (kinds(there), asked(there, "PATCH", ORIGINAL)) == ([4], [])
    intent = core.intents[0]
    assert (intent.command, intent.member, intent.args) == ("peer light on", member(birch), {"hours": "4"})
    assert intent.locale == "en"
    if private:
        assert (intent.space, intent.room, intent.known) == (None, None, ())
    else:
        assert (intent.space, intent.room) == (space(porch), room(there.channel(porch)))
        [known] = intent.known
        assert known.question == WhoIs(member(birch), (space(porch),))
        assert isinstance(known.answer, Standing)
        assert (known.answer.right, known.answer.able) == (Right.MEMBER, True)


async def test_a_moderator_is_known_as_one(there: StandIn, adapter: DiscordAdapter, core: Core, porch: Guild) -> None:
    linden = there.person("linden", porch, roles=("moderator",))
    await linden.slash("peer light off", channel=there.channel(porch))
    assert [known.answer.right for known in core.intents[0].known if isinstance(known.answer, Standing)] == [
        Right.MODERATOR
    ]


async def test_an_answer_that_takes_longer_is_announced_first(
    there: StandIn, adapter: DiscordAdapter, core: Core, birch: Person, impatient: None
) -> None:
    core.held = asyncio.Event()
    asking = asyncio.create_task(birch.slash("peer light off"))
    await there.until(lambda: kinds(there), "the announcement")
    assert not asking.done()
    core.held.set()
    answer = await asking
    assert (shown(answer), answer.ephemeral) == ("peer light off", True)
    assert (kinds(there), asked(there, "PATCH", ORIGINAL), core.commands) == ([5], [200], ["peer light off"])


async def test_pressing_something_that_takes_longer_leaves_what_was_pressed_as_it_is(
    there: StandIn, adapter: DiscordAdapter, core: Core, birch: Person, impatient: None
) -> None:
    first = await birch.slash("peer light off")
    core.held = asyncio.Event()
    pressing = asyncio.create_task(birch.click(first, "say-yes"))
    await there.until(lambda: len(kinds(there)) == 2, "the announcement")
    core.held.set()
    answer = await pressing
    assert (shown(answer), shown(first)) == ("peer.yes", "peer light off")
    assert [(one.command, one.subject) for one in core.intents] == [("peer light off", ""), ("peer.yes", "abc")]


async def test_a_slow_answer_holds_up_nobody_else(
    there: StandIn, adapter: DiscordAdapter, core: Core, porch: Guild, birch: Person
) -> None:
    rowan = there.person("rowan", porch)
    core.held = asyncio.Event()
    asking = asyncio.create_task(birch.slash("peer light off"))
    await asyncio.wait_for(core.asked.wait(), 10)
    held, core.held = core.held, None
    assert (await rowan.slash("peer light off")).error is None
    assert not asking.done()
    held.set()
    assert (await asking).error is None


async def test_a_long_answer_is_whole_and_private_in_each_part(
    there: StandIn, adapter: DiscordAdapter, core: Core, porch: Guild, birch: Person
) -> None:
    core.answers = answers(card(LONG, Choice("peer.yes", text("say-yes"), "abc")))
    answer = await birch.slash("peer light off", channel=there.channel(porch))
    await there.until(lambda: len(answer.followups) == 2, "the rest")
    parts = [message for message in (answer.message, *answer.followups) if message is not None]
    assert "".join("".join(read(part) for part in parts).split()) == "".join(LONG.split())
    assert all(part.ephemeral for part in parts)
    assert [len(part.buttons) for part in parts] == [0, 0, 1]
    assert (await birch.click(parts[-1], "say-yes")).error is None


async def test_a_file_comes_with_its_card(
    there: StandIn, adapter: DiscordAdapter, core: Core, birch: Person, impatient: None
) -> None:
    document = Document("mine.txt", "text/plain", "grün")
    core.answers = answers(Card((text("said", words=Said("Here")),), document=document))
    for slow in (False, True):
        core.held = asyncio.Event()
        asking = asyncio.create_task(birch.slash("mine data"))
        if slow:
            await there.until(lambda: kinds(there)[-1:] == [5], "the announcement")
        core.held.set()
        answer = await asking
        [file] = answer.files
        assert (file.filename, file.data.decode(), answer.ephemeral) == ("mine.txt", "grün", True)


# -- too late, twice, in vain -----------------------------------------------------------------------------------------


async def test_after_three_seconds_nothing_is_sent_and_it_is_done_once(
    there: StandIn, adapter: DiscordAdapter, core: Core, birch: Person, lost: list[int]
) -> None:
    core.held = asyncio.Event()
    asking = asyncio.create_task(birch.slash("peer light off"))
    await asyncio.wait_for(core.asked.wait(), 10)
    there.pass_time(3.1)
    assert (await asking).error == NO_ANSWER
    core.held.set()
    await there.until(lambda: lost, "the answer to be lost")
    assert (lost, core.commands) == ([10062], ["peer light off"])
    assert (asked(there, "PATCH", ORIGINAL), asked(there, "POST", FOLLOW_UP)) == ([], [])
    core.held = None
    assert (await birch.slash("peer light off")).error is None


async def test_an_announcement_that_is_too_late_ends_it_but_it_is_done(
    there: StandIn, adapter: DiscordAdapter, core: Core, birch: Person, impatient: None, lost: list[int]
) -> None:
    late = there.faults.hold(ANSWER)
    core.held = asyncio.Event()
    asking = asyncio.create_task(birch.slash("peer light off"))
    await late.met.wait()
    there.pass_time(3.1)
    assert late.until is not None
    late.until.set()
    assert (await asking).error == NO_ANSWER
    core.held.set()
    await there.until(lambda: lost == [10062], "the announcement to be lost")
    core.held = None
    assert (await birch.slash("peer light off")).error is None
    assert core.commands == ["peer light off"] * 2
    assert len(birch.ephemeral_messages) == 1


async def test_after_a_quarter_of_an_hour_nothing_more_is_sent(
    there: StandIn, adapter: DiscordAdapter, core: Core, birch: Person, impatient: None, lost: list[int]
) -> None:
    core.held = asyncio.Event()
    asking = asyncio.create_task(birch.slash("peer light off"))
    await there.until(lambda: kinds(there) == [5], "the announcement")
    there.pass_time(15 * 60 + 1)
    assert (await asking).error == NO_ANSWER
    core.held.set()
    await there.until(lambda: lost, "the answer to be lost")
    assert (lost, asked(there, "PATCH", ORIGINAL), core.commands) == ([50027], [401], ["peer light off"])
    core.held = None
    assert (await birch.slash("peer light off")).error is None


async def test_a_token_of_an_interaction_that_is_over_does_not_end_the_bot(
    there: StandIn, runs: Runs, core: Core, birch: Person, impatient: None, lost: list[int]
) -> None:
    adapter = await runs.start()
    core.held = asyncio.Event()
    asking = asyncio.create_task(birch.slash("peer light off"))
    await there.until(lambda: kinds(there) == [5], "the announcement")
    there.pass_time(15 * 60 + 1)
    await asking
    core.held.set()
    await there.until(lambda: lost, "the answer to be lost")
    assert runs.running(adapter)


@pytest.mark.parametrize("press", [True, False])
async def test_what_arrives_twice_is_answered_once(
    there: StandIn, adapter: DiscordAdapter, core: Core, birch: Person, press: bool
) -> None:
    first = await birch.slash("peer light off")
    if press:
        await birch.click(first, "say-yes")
    before, seen = len(core.intents), len(birch.ephemeral_messages)
    again = [frame.payload["d"] for frame in there.frames if frame.name == "INTERACTION_CREATE"][-1]
    there.socket._say(there.socket.connected[0], "INTERACTION_CREATE", again)
    await there.until(lambda: len(core.intents) == before + 1, "it to be heard again")
    assert (await birch.slash("peer light off")).error is None
    assert len(birch.ephemeral_messages) == seen + 1


@pytest.mark.parametrize("landed", [True, False])
@pytest.mark.parametrize("status", [500, 503])
async def test_a_broken_reply_to_the_answer_gives_one_answer(
    there: StandIn, adapter: DiscordAdapter, core: Core, birch: Person, hurried: Hurried, status: int, landed: bool
) -> None:
    there.faults.fail(ANSWER, status, landed=landed)
    answer = await birch.slash("peer light off")
    assert (shown(answer), answer.followups) == ("peer light off", [])
    assert (await birch.slash("peer light off")).error is None
    assert len(birch.ephemeral_messages) == 2


@pytest.mark.parametrize("slow", [True, False])
@pytest.mark.parametrize("landed", [True, False])
async def test_a_connection_cut_at_the_answer_gives_one_answer(
    there: StandIn, adapter: DiscordAdapter, core: Core, birch: Person, impatient: None, landed: bool, slow: bool
) -> None:
    there.faults.reset(ANSWER, landed=landed)
    there.faults.reset(f"PATCH {ORIGINAL}", landed=landed)
    core.held = asyncio.Event()
    asking = asyncio.create_task(birch.slash("peer light off"))
    if slow:
        await there.until(lambda: len(kinds(there)) == 2, "the announcement")
    core.held.set()
    answer = await asking
    assert (shown(answer), answer.followups, core.commands) == ("peer light off", [], ["peer light off"])
    await birch.slash("peer light off")
    assert len(birch.ephemeral_messages) == 2


async def test_a_further_part_is_not_sent_again_when_nobody_knows(
    there: StandIn, adapter: DiscordAdapter, core: Core, birch: Person, lost: list[int]
) -> None:
    core.answers = answers(card(LONG))
    there.faults.reset(f"POST {FOLLOW_UP}", landed=True)
    answer = await birch.slash("peer light off")
    await there.until(lambda: lost, "the rest to be given up")
    assert len(answer.followups) == 1


@pytest.mark.parametrize("landed", [True, False])
async def test_a_broken_reply_to_the_announcement_loses_no_answer(
    there: StandIn,
    adapter: DiscordAdapter,
    core: Core,
    birch: Person,
    hurried: Hurried,
    impatient: None,
    landed: bool,
) -> None:
    fault = there.faults.fail(ANSWER, 500, landed=landed)
    core.held = asyncio.Event()
    asking = asyncio.create_task(birch.slash("peer light off"))
    await fault.met.wait()
    await there.until(lambda: len(kinds(there)) == 2, "the second try")
    core.held.set()
    answer = await asking
    assert (shown(answer), core.commands) == ("peer light off", ["peer light off"])


async def test_a_limit_is_sat_out_by_the_answer(
    there: StandIn, adapter: DiscordAdapter, core: Core, birch: Person, hurried: Hurried
) -> None:
    there.faults.rate_limit(ANSWER, 0.4)
    assert shown(await birch.slash("peer light off")) == "peer light off"
    assert 0.4 in hurried.waits


async def test_answers_do_not_stand_behind_messages_in_a_limit_for_all(
    there: StandIn, adapter: DiscordAdapter, core: Core, porch: Guild, birch: Person
) -> None:
    limited = there.faults.rate_limit("POST /channels/{channel_id}/messages", 25.0, everywhere=True)
    saying = asyncio.create_task(say(adapter, room(there.channel(porch))))
    await limited.met.wait()
    assert (await birch.slash("peer light off")).error is None
    assert not saying.done()
    saying.cancel()
    await asyncio.gather(saying, return_exceptions=True)


async def test_a_bug_in_the_core_is_noted_and_the_next_command_works(
    there: StandIn, adapter: DiscordAdapter, core: Core, birch: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted: list[str] = []
    monkeypatch.setattr(log, "trouble", lambda name, *_, **__: noted.append(name))

    def broken(_: Intent) -> Reply:
        raise ValueError("somebody's secret")

    core.answers = broken
    asking = asyncio.create_task(birch.slash("peer light off"))
    await there.until(lambda: noted, "it to be noted")
    there.pass_time(3.1)
    assert (await asking).error == NO_ANSWER
    assert noted == ["discord_event_failed"]
    core.answers = None
    assert (await birch.slash("peer light off")).error is None


# -- presses ----------------------------------------------------------------------------------------------------------


async def test_a_choice_in_a_room_is_anybodys(
    there: StandIn, adapter: DiscordAdapter, core: Core, porch: Guild, birch: Person
) -> None:
    channel = there.channel(porch)
    yes = Choice("peer.yes", text("say-yes"), "abc")
    await adapter.perform("key-1", "mark-1", Say(room(channel), card("hello", yes)), Voice())
    answer = await birch.click(channel.messages[0], "say-yes")
    assert (answer.ephemeral, channel.messages[0].edits) == (True, 0)
    assert [(one.command, one.subject, one.room) for one in core.intents] == [("peer.yes", "abc", room(channel))]


@pytest.mark.parametrize("private", [True, False])
async def test_a_choice_that_is_not_ours(
    there: StandIn, adapter: DiscordAdapter, core: Core, porch: Guild, birch: Person, private: bool
) -> None:
    rowan = there.person("rowan", porch)
    channel = there.channel(porch)
    yes = Choice("peer.yes", text("say-yes"), "abc")
    gone = Choice("peer.never", text("say-yes"), "abc")
    forged = [
        buttons().write(yes, member(rowan)),
        buttons().write(gone, member(birch)),
        "v1.peer.yes.abc.AAAAAAAAAAAA",
        "v1.peer.yes",
        "x" * 100,
        "\u0000",
        "🏮",
    ]
    for written in forged:
        await birch.press_raw(written, None if private else channel)
    assert core.commands == ["about.old-button"] * len(forged)
    assert all(one.subject == "" and one.args == {} for one in core.intents)


async def test_a_command_that_nobody_registered(
    there: StandIn, adapter: DiscordAdapter, core: Core, birch: Person
) -> None:
    for data in ({"id": "7", "name": "secret", "type": 1}, {"id": "7", "name": "peer.yes", "type": 1, "options": []}):
        answer = await birch.slash_raw(data)
        assert answer.ephemeral
    assert core.commands == ["about.unknown"] * 2
    assert all(one.args == {} for one in core.intents)


# -- forms ------------------------------------------------------------------------------------------------------------


async def test_a_form_opens_and_comes_back(
    there: StandIn, adapter: DiscordAdapter, core: Core, porch: Guild, birch: Person
) -> None:
    opened = await birch.slash("peer ask", channel=there.channel(porch))
    assert opened.modal is not None
    assert (kinds(there), opened.modal.labels) == ([9], ["param-languages", "param-note"])
    answer = await birch.submit(opened, {"languages": "en, de", "note": "evenings"})
    assert answer.ephemeral
    asked_form, sent = core.intents
    assert (asked_form.command, sent.command, sent.subject) == ("peer ask", "peer ask", "")
    assert (sent.args["note"], sent.space) == ("evenings", space(porch))


async def test_a_command_with_a_form_can_be_typed_whole(
    there: StandIn, adapter: DiscordAdapter, core: Core, birch: Person
) -> None:
    answer = await birch.slash("peer ask", {"note": "evenings"})
    assert (answer.modal, shown(answer), core.intents[0].args) == (None, "peer ask", {"note": "evenings"})


async def test_a_choice_can_open_a_form(there: StandIn, adapter: DiscordAdapter, core: Core, birch: Person) -> None:
    first = await birch.slash("peer light off")
    opened = await birch.click(first, "ask")
    assert opened.modal is not None
    await birch.submit(opened, {"note": "evenings"})
    assert [(one.command, one.subject) for one in core.intents[1:]] == [("peer ask", "def")] * 2


async def test_the_form_of_somebody_else_is_none_of_theirs(
    there: StandIn, adapter: DiscordAdapter, core: Core, porch: Guild, birch: Person
) -> None:
    rowan = there.person("rowan", porch)
    opened = await birch.slash("peer ask")
    assert opened.modal is not None
    data = {"custom_id": opened.modal.custom_id, "components": []}
    await rowan._ask(rowan.dm, 5, data)
    assert core.commands == ["peer ask", "about.old-button"]


@dataclass
class Forms(Core):
    """A core whose forms are as the test says."""

    made: Form | Reply = field(default_factory=lambda: Reply(card("no"), Voice()))
    form_held: asyncio.Event | None = None

    async def form(self, intent: Intent) -> Form | Reply:
        self.intents.append(intent)
        if self.form_held is not None:
            await self.form_held.wait()
        return self.made


@pytest.mark.usefixtures("adapter")
class TestForms:
    @pytest.fixture
    def core(self) -> Forms:
        return Forms()

    def questions(self, number: int) -> tuple[Field, ...]:
        return tuple(Field(f"note{one}", Words(100), text(f"question-{one}"), required=False) for one in range(number))

    async def test_there_is_no_form(self, birch: Person) -> None:
        answer = await birch.slash("peer ask")
        assert (answer.modal, shown(answer), answer.ephemeral) == (None, "no", True)

    async def test_a_form_that_takes_too_long(
        self, core: Forms, birch: Person, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(client, "FORM_WITHIN", 0.05)
        core.form_held = asyncio.Event()
        answer = await birch.slash("peer ask")
        assert (answer.modal, shown(answer), answer.ephemeral) == (None, "discord-form-slow", True)

    async def pages(self, core: Forms, birch: Person, number: int = 7) -> Answer:
        core.made = Form("peer ask", text("title"), self.questions(number), "def")
        opened = await birch.slash("peer ask")
        return await birch.submit(opened, {"note0": "zero", "note4": "four"})

    async def test_more_than_five_questions(self, core: Forms, birch: Person) -> None:
        between = await self.pages(core, birch)
        assert [label for label, _ in between.buttons] == ["choice-form-more", "choice-form-use", "choice-form-stop"]
        assert len(core.intents) == 1
        opened = await birch.click(between, "choice-form-more")
        assert opened.modal is not None
        assert opened.modal.labels == ["question-5", "question-6"]
        await birch.submit(opened, {"note6": "six"})
        sent = core.intents[-1]
        assert (len(core.intents), sent.command, sent.subject) == (2, "peer ask", "def")
        assert {name: value for name, value in sent.args.items() if value} == {
            "note0": "zero",
            "note4": "four",
            "note6": "six",
        }

    async def test_the_first_page_is_enough(self, core: Forms, birch: Person) -> None:
        between = await self.pages(core, birch)
        await birch.click(between, "choice-form-use")
        assert (core.intents[-1].args["note4"], core.intents[-1].subject) == ("four", "def")
        await birch.click(between, "choice-form-use")
        assert core.intents[-1].args == core.intents[-2].args, "after a refusal nothing need be typed again"

    async def test_it_is_left(self, core: Forms, birch: Person) -> None:
        between = await self.pages(core, birch)
        assert shown(await birch.click(between, "choice-form-stop")) == "discord-form-stopped"
        assert shown(await birch.click(between, "choice-form-more")) == "discord-form-lost"
        assert len(core.intents) == 1

    async def test_it_is_lost_by_a_restart(
        self, runs: Runs, adapter: DiscordAdapter, core: Forms, birch: Person
    ) -> None:
        between = await self.pages(core, birch)
        await runs.stop(adapter)
        await runs.start()
        answer = await birch.click(between, "choice-form-more")
        assert (shown(answer), len(core.intents)) == ("discord-form-lost", 1)

    async def test_what_is_offered_while_one_types(self, core: Forms, birch: Person) -> None:
        options = tuple(Option(value, text(f"label-{value}")) for value in ("night", "new", "loss"))
        core.made = Form("peer ask", text("title"), (Field("languages", Picks(), text("words"), False, "", options),))
        assert await birch.autocomplete("peer ask", "languages", "label-n") == [
            ("label-night", "night"),
            ("label-new", "new"),
        ]
        core.made = Reply(card("no"), Voice())
        assert await birch.autocomplete("peer ask", "languages", "n") == []

    async def test_offers_that_take_too_long_are_none(
        self, core: Forms, birch: Person, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(client, "FORM_WITHIN", 0.05)
        core.form_held = asyncio.Event()
        assert await birch.autocomplete("peer ask", "languages", "n") == []

    async def test_a_bug_while_one_types_offers_nothing(
        self, core: Forms, birch: Person, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def broken(_: Intent) -> Form | Reply:
            raise ValueError("somebody's secret")

        monkeypatch.setattr(core, "form", broken)
        assert await birch.autocomplete("peer ask", "languages", "n") == []

    async def test_a_select_keeps_what_stands_there(self, core: Forms, birch: Person) -> None:
        options = tuple(Option(value, text(f"label-{value}")) for value in ("en", "de"))
        core.made = Form("peer ask", text("title"), (Field("languages", Pick(), text("words"), True, "de", options),))
        opened = await birch.slash("peer ask")
        await birch.submit(opened)
        assert core.intents[-1].args == {"languages": "de"}


# -- names ------------------------------------------------------------------------------------------------------------


async def test_a_name_that_does_not_come_holds_up_no_answer(
    there: StandIn,
    adapter: DiscordAdapter,
    core: Core,
    porch: Guild,
    birch: Person,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(client, "NAMES_WITHIN", 0.05)
    rowan = there.person("rowan", porch)
    core.answers = answers(Card((text("named", who=member(rowan)),)))
    there.faults.rate_limit("GET /users/{user_id}", 25.0, everywhere=True)
    assert shown(await birch.slash("peer light off")) == rowan.mention
    monkeypatch.setattr(client, "NAMES_WITHIN", 5.0)
    assert shown(await birch.slash("peer light off")) == f"{rowan.mention} (rowan)"


async def test_somebody_unknown_is_mentioned_all_the_same(adapter: DiscordAdapter, core: Core, birch: Person) -> None:
    core.answers = answers(Card((text("named", who=Member("discord", "1")),)))
    assert shown(await birch.slash("peer light off")) == "<@1>"

"""From an intent to its reply."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.contract.card import Form
from bot.contract.facts import Known, Right, Standing, WhoIs, WhoReads
from bot.contract.intent import Reply
from bot.contract.place import Space
from bot.contract.text import Voice, text
from bot.runtime.facts import Facts
from bot.runtime.lanes import IN_A_LANE
from tests.runtime.scene import HOUR, Scene
from tests.runtime.stage import ANN, BEN, HALL, HOME, START, Stage, ask, private, said, until, words


async def test_a_command_is_answered_and_what_it_left_is_sent(scene: Scene) -> None:
    reply = await scene.runtime.sink.ask(ask("e1", "line up", n="3"))
    assert said(reply) == "lined n=3"
    await scene.runtime.settle()
    assert scene.stage.seen() == ["hall n=3", "porch n=3", "followed n=3"]
    await scene.runtime.wind(START + HOUR)
    assert scene.stage.seen(BEN) == ["later n=3"]
    assert await scene.runtime.next_due() is None


async def test_the_same_event_twice_is_done_once_and_answered_once(scene: Scene) -> None:
    await scene.runtime.sink.ask(ask("e1", "line up", n="3"))
    assert (await scene.runtime.sink.ask(ask("e1", "line up", n="3"))).card is None
    await scene.runtime.settle()
    assert scene.stage.seen(HALL) == ["hall n=3"]


async def test_the_same_event_twice_at_the_same_time_is_done_once(scene: Scene) -> None:
    replies = await asyncio.gather(*(scene.runtime.sink.ask(ask("e1", "line up", n="3")) for _ in range(5)))
    assert sorted(said(reply) for reply in replies) == ["-", "-", "-", "-", "lined n=3"]


async def test_what_reads_is_answered_as_often_as_it_is_asked(scene: Scene) -> None:
    for _ in range(2):
        assert said(await scene.runtime.sink.ask(ask("e1", "look"))).startswith("about community=c1")


async def test_a_refusal_says_why_and_changes_nothing(scene: Scene) -> None:
    assert said(await scene.runtime.sink.ask(ask("e1", "refuse"))) == "refusal-busy"
    await scene.runtime.settle()
    assert scene.stage.seen() == []
    assert said(await scene.runtime.sink.ask(ask("e1", "refuse"))) == "refusal-busy"


async def test_a_bug_ends_with_its_intent_and_changes_nothing(scene: Scene, caplog: pytest.LogCaptureFixture) -> None:
    assert said(await scene.runtime.sink.ask(ask("e1", "break"))) == "went-wrong"
    await scene.runtime.settle()
    assert scene.stage.seen() == []
    assert said(await scene.runtime.sink.ask(ask("e2", "line up"))) == "lined n=0"
    assert "what somebody wrote" not in caplog.text


async def test_words_that_fit_no_parameter_are_refused(scene: Scene) -> None:
    assert said(await scene.runtime.sink.ask(ask("e1", "line up", n="x"))) == "refusal-number-between low=0 high=999"
    assert said(await scene.runtime.sink.ask(ask("e1", "line up", m="1"))) == "refusal-param-unknown"


async def test_a_missing_parameter_is_named_by_its_label(scene: Scene) -> None:
    card = (await scene.runtime.sink.ask(ask("e1", "fill"))).card
    assert card is not None
    assert card.lines[0].facts["param"] == text("param-way")


async def test_what_is_not_in_the_catalogue_is_answered_as_not_understood(scene: Scene) -> None:
    assert said(await scene.runtime.sink.ask(ask("e1", "no such thing", x="y"))).startswith("about ")


# Live facts


async def test_live_facts_are_fetched_and_the_handler_runs_again(scene: Scene) -> None:
    assert said(await scene.runtime.sink.ask(ask("e1", "need"))) == "needed"
    await scene.runtime.settle()
    assert scene.stage.seen() == ["hall n=7"]
    assert [type(question).__name__ for question in scene.stage.told] == ["WhoIs", "WhoReads", "WhoIsIn"]


async def test_a_platform_that_does_not_answer_is_said_and_nothing_is_done(scene: Scene) -> None:
    scene.stage.away = True
    assert said(await scene.runtime.sink.ask(ask("e1", "need"))) == "refusal-platform-away"
    await scene.runtime.settle()
    assert scene.stage.seen() == []
    scene.stage.away = False
    assert said(await scene.runtime.sink.ask(ask("e1", "need"))) == "needed"


async def test_facts_are_kept_a_minute_but_not_where_somebody_is_named(scene: Scene) -> None:
    await scene.runtime.sink.ask(ask("e1", "need"))
    scene.clock.set(START + timedelta(seconds=30))
    await scene.runtime.sink.ask(ask("e2", "need"))
    asked = [type(question).__name__ for question in scene.stage.told[3:]]
    assert asked == ["WhoIs", "WhoReads"]
    scene.clock.set(START + timedelta(seconds=61))
    await scene.runtime.sink.ask(ask("e3", "need"))
    assert len(scene.stage.told) == 8


async def test_facts_that_came_along_are_used(scene: Scene) -> None:
    known = Known(WhoIs(ANN, (HOME,)), Standing(Right.MODERATOR), START)
    assert said(await scene.runtime.sink.ask(replace(ask("e1", "rule"), known=(known,)))).startswith("about")
    assert scene.stage.told == []


async def test_facts_from_a_clock_ahead_of_ours_grow_old_all_the_same(scene: Scene) -> None:
    known = Known(WhoIs(ANN, (HOME,)), Standing(Right.NONE), START + timedelta(days=1))
    assert said(await scene.runtime.sink.ask(replace(ask("e1", "look"), known=(known,)))) == "refusal-right-member"
    scene.clock.set(START + timedelta(minutes=2))
    assert said(await scene.runtime.sink.ask(ask("e2", "look"))).startswith("about")


async def test_who_moderated_a_moment_ago_is_asked_about_anew(scene: Scene) -> None:
    scene.stage.rights["ann"] = Right.MODERATOR
    assert said(await scene.runtime.sink.ask(ask("e1", "rule"))).startswith("about")
    scene.stage.rights["ann"] = Right.MEMBER
    assert said(await scene.runtime.sink.ask(ask("e2", "rule"))) == "refusal-right-moderator"
    assert len(scene.stage.told) == 2


async def test_the_facts_kept_are_bounded(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.runtime.facts.MOST", 10)
    facts = Facts({"stage": scene.stage}, scene.clock)
    for n in range(50):
        into = facts.of_turn((), START)
        await facts.fetch((WhoReads(replace(HALL, id=f"r{n}")),), into)
    assert len(facts.of_turn((), START)) == 10


# Communities and rights


async def test_rights(scene: Scene) -> None:
    assert said(await scene.runtime.sink.ask(ask("e1", "rule"))) == "refusal-right-moderator"
    scene.stage.rights["ann"] = Right.NONE
    scene.clock.set(START + timedelta(minutes=2))
    assert said(await scene.runtime.sink.ask(ask("e2", "look"))) == "refusal-right-member"
    assert said(await scene.runtime.sink.ask(ask("e3", "about"))) == "about community=c1 right=0 subject="
    scene.stage.rights["ann"] = Right.MODERATOR
    scene.clock.set(START + timedelta(minutes=4))
    assert said(await scene.runtime.sink.ask(ask("e4", "rule"))) == "about community=c1 right=3 subject="


async def test_what_anyone_may_ask_is_answered_even_while_the_platform_is_away(scene: Scene) -> None:
    scene.stage.away = True
    assert said(await scene.runtime.sink.ask(ask("e1", "about"))) == "about community=c1 right=0 subject="


async def test_a_space_without_a_community(scene: Scene) -> None:
    elsewhere = replace(ask("e1", "look"), space=Space("stage", "elsewhere"))
    assert said(await scene.runtime.sink.ask(elsewhere)) == "refusal-community-missing"


async def test_in_private_the_one_community_is_meant(scene: Scene) -> None:
    assert said(await scene.runtime.sink.ask(private(ask("e1", "look")))) == "about community=c1 right=1 subject="


async def test_in_private_several_communities_are_asked_about_and_the_words_are_kept(scene: Scene) -> None:
    await scene.settle_in("c2", Space("stage", "other"))
    reply = await scene.runtime.sink.ask(private(ask("e1", "line up", n="5")))
    assert said(reply) == "which-community"
    assert reply.card is not None
    assert [(choice.action, choice.subject) for choice in reply.card.choices] == [("line up", "c1"), ("line up", "c2")]
    assert said(await scene.runtime.sink.ask(private(ask("e2", "line up", "c2")))) == "lined n=5"
    assert said(await scene.runtime.sink.ask(private(ask("e3", "line up", "c2")))) == "lined n=0"


async def test_a_choice_that_names_no_community_cannot_ask_which(scene: Scene) -> None:
    await scene.settle_in("c2", Space("stage", "other"))
    assert said(await scene.runtime.sink.ask(private(ask("e1", "press.me", "q1")))) == "refusal-community-several"


async def test_a_community_one_is_not_in_does_not_open_by_its_id(scene: Scene) -> None:
    scene.stage.rights = {}
    assert said(await scene.runtime.sink.ask(private(ask("e1", "look", "c1")))) == "refusal-right-member"
    assert said(await scene.runtime.sink.ask(private(ask("e1", "look", "c9")))) == "refusal-community-none"
    assert said(await scene.runtime.sink.ask(private(ask("e1", "look")))) == "refusal-community-none"


async def test_many_communities_are_asked_about_at_once(scene: Scene) -> None:
    for n in range(60):
        await scene.settle_in(f"d{n}", Space("stage", f"d{n}"))
    reply = await scene.runtime.sink.ask(private(ask("e1", "look")))
    assert said(reply) == "which-community"


async def test_a_command_without_community_needs_a_space_only_if_it_needs_a_right(scene: Scene) -> None:
    assert said(await scene.runtime.sink.ask(private(ask("e1", "here")))) == "refusal-only-in-space"
    assert said(await scene.runtime.sink.ask(ask("e2", "here"))) == "about community=c1 right=1 subject="


# Voice


async def test_who_has_no_profile_is_spoken_to_as_their_platform_shows_them(scene: Scene) -> None:
    reply = await scene.runtime.sink.ask(replace(ask("e1", "look"), locale="de"))
    assert reply.voice == Voice("de", "UTC")
    refused = await scene.runtime.sink.ask(replace(ask("e1", "refuse"), locale="de"))
    assert refused.voice.locale == "de"


# Drafts


async def test_words_are_shown_back_and_used_once_confirmed(scene: Scene) -> None:
    reply = await scene.runtime.sink.ask(ask("e1", "write", words="good evening", more="a\nb"))
    assert said(reply) == "draft-shown words=good evening+a+b"
    assert reply.card is not None
    use, again, leave = reply.card.choices
    assert (use.action, again.action, leave.action) == ("draft.use", "write", "draft.leave")
    await scene.runtime.settle()
    assert scene.stage.seen() == []
    assert said(await scene.runtime.sink.ask(ask("e2", "draft.use", use.subject))) == "done words=good evening lines=2"
    assert (await scene.runtime.sink.ask(ask("e2", "draft.use", use.subject))).card is None
    assert said(await scene.runtime.sink.ask(ask("e3", "draft.use", use.subject))) == "draft-lost"
    await scene.runtime.settle()
    assert scene.stage.seen() == ["written words=good evening"]


async def _draft(scene: Scene, key: str = "e1") -> str:
    reply = await scene.runtime.sink.ask(ask(key, "write", words="good evening"))
    assert reply.card is not None
    return reply.card.choices[0].subject


async def test_a_draft_that_is_left_is_gone(scene: Scene) -> None:
    token = await _draft(scene)
    assert said(await scene.runtime.sink.ask(ask("e2", "draft.leave", token))) == "draft-left"
    assert said(await scene.runtime.sink.ask(ask("e3", "draft.use", token))) == "draft-lost"
    assert len(scene.runtime._dispatch.drafts) == 0


async def test_a_draft_lapses_after_a_quarter_of_an_hour(scene: Scene) -> None:
    token = await _draft(scene)
    scene.clock.set(START + timedelta(minutes=15))
    assert said(await scene.runtime.sink.ask(ask("e2", "draft.use", token))) == "draft-lost"
    assert len(scene.runtime._dispatch.drafts) == 0


async def test_a_draft_does_not_survive_a_restart(scene: Scene) -> None:
    token = await _draft(scene)
    scene.start()
    assert said(await scene.runtime.sink.ask(ask("e2", "draft.use", token))) == "draft-lost"


async def test_a_draft_belongs_to_who_wrote_it(scene: Scene) -> None:
    token = await _draft(scene)
    theirs = replace(ask("e2", "draft.use", token), member=BEN)
    assert said(await scene.runtime.sink.ask(theirs)) == "draft-lost"
    await scene.runtime.sink.ask(replace(ask("e3", "draft.leave", token), member=BEN))
    assert said(await scene.runtime.sink.ask(ask("e4", "draft.use", token))).startswith("done")


async def test_a_draft_whose_command_is_refused_can_be_used_again(scene: Scene) -> None:
    token = await _draft(scene)
    scene.stage.rights["ann"] = Right.NONE
    scene.clock.set(START + timedelta(minutes=2))
    assert said(await scene.runtime.sink.ask(ask("e2", "draft.use", token))) == "refusal-right-member"
    scene.stage.rights["ann"] = Right.MEMBER
    scene.clock.set(START + timedelta(minutes=4))
    assert said(await scene.runtime.sink.ask(ask("e3", "draft.use", token))).startswith("done")


async def test_drafts_are_bounded_for_each_member(scene: Scene) -> None:
    tokens = [await _draft(scene, f"e{n}") for n in range(10)]
    assert len(scene.runtime._dispatch.drafts) == 3
    assert said(await scene.runtime.sink.ask(ask("f1", "draft.use", tokens[-1]))).startswith("done")


# Relays


async def _tell(scene: Scene, command: str = "tell") -> Reply:
    reply = await scene.runtime.sink.ask(ask("e1", command, words="a worry"))
    assert reply.card is not None
    return await scene.runtime.sink.ask(ask("e2", "draft.use", reply.card.choices[0].subject))


async def test_a_relay_is_sent_before_its_writer_hears_that_it_was(scene: Scene) -> None:
    assert said(await _tell(scene)) == "accepted words=a worry"
    assert scene.stage.seen(BEN) == ["relayed words=a worry"]


async def test_a_refused_relay_is_told_as_such(scene: Scene) -> None:
    scene.stage.fault = lambda _: "refused"
    assert said(await _tell(scene)) == "refused words=a worry"
    assert scene.stage.seen() == []


@pytest.mark.parametrize(
    ("fault", "told", "seen", "tries"),
    [
        ("notsent", "refusal-platform-away", 0, 1),
        ("lost", "refusal-relay-unsure", 0, 3),
        ("landed", "refusal-relay-unsure", 1, 3),
        ("raise", "refusal-relay-unsure", 1, 3),
    ],
)
async def test_a_relay_that_may_not_have_arrived_is_not_called_sent(
    scene: Scene, fault: str, told: str, seen: int, tries: int
) -> None:
    scene.stage.fault = lambda _: fault
    assert said(await _tell(scene)) == told
    assert len(scene.stage.seen()) == seen
    assert len(scene.stage.calls) == tries
    assert len({key for key, _, _ in scene.stage.calls}) == 1
    assert await scene.runtime.next_due() is None


@pytest.mark.parametrize(
    ("fault", "told", "stands"),
    [
        ("ok", "kept words=a worry", True),
        ("notsent", "refusal-platform-away", False),
        ("landed", "refusal-relay-unsure", True),
    ],
)
async def test_what_stands_only_with_what_is_sent_is_taken_back_when_that_is_surely_not(
    scene: Scene, fault: str, told: str, stands: bool
) -> None:
    scene.stage.fault = lambda _: fault
    assert said(await _tell(scene, "tell on")) == told
    assert (await scene.runtime.next_due() is not None) is stands


async def test_a_relay_that_hangs_does_not_keep_its_writer_waiting(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.runtime.dispatch.RELAY_PATIENCE", 0.01)
    scene.stage.hold = asyncio.Event()
    assert said(await _tell(scene)) == "refusal-relay-unsure"
    assert scene.stage.held == 3
    assert scene.stage.seen() == []


async def test_a_relay_whose_answer_is_lost_once_arrives_once(scene: Scene) -> None:
    faults = iter(["landed", "ok"])
    scene.stage.fault = lambda _: next(faults)
    assert said(await _tell(scene)) == "accepted words=a worry"
    assert scene.stage.seen() == ["relayed words=a worry"]


async def test_a_relay_waits_as_the_platform_asks_if_that_is_short(scene: Scene) -> None:
    faults = iter(["notsent soon", "notsent soon", "ok"])
    scene.stage.fault = lambda _: next(faults)
    assert said(await _tell(scene)) == "accepted words=a worry"
    assert scene.stage.seen() == ["relayed words=a worry"]
    assert len({key for key, _, _ in scene.stage.calls}) == 1


# Forms


async def test_a_form_is_made_from_the_declaration(scene: Scene) -> None:
    form = await scene.runtime.sink.form(ask("e1", "fill"))
    assert isinstance(form, Form)
    assert (form.command, form.title, form.subject) == ("fill", text("command-fill"), "c1")
    way, word, sure = form.fields
    assert (way.value, way.required, way.label) == ("voice", True, text("param-way"))
    assert [(option.value, option.label.id) for option in way.options] == [
        ("text", "option-way-text"),
        ("voice", "option-way-voice"),
    ]
    assert [option.value for option in word.options] == ["w1"]
    assert [option.label.id for option in sure.options] == ["option-sure-yes", "option-sure-no"]
    assert sure.value == ""


async def test_a_form_comes_back_with_the_communitys_id(scene: Scene) -> None:
    form = await scene.runtime.sink.form(private(ask("e1", "fill")))
    assert isinstance(form, Form)
    filled = private(ask("e2", "fill", form.subject, way="text"))
    assert said(await scene.runtime.sink.ask(filled)) == "about community=c1 right=1 subject=c1"


async def test_a_form_is_refused_like_its_command(scene: Scene) -> None:
    scene.stage.rights = {}
    reply = await scene.runtime.sink.form(ask("e1", "fill"))
    assert isinstance(reply, Reply)
    assert said(reply) == "refusal-right-member"


async def test_a_form_shows_what_was_typed_into_it(scene: Scene) -> None:
    await _draft(scene)
    form = await scene.runtime.sink.form(ask("e2", "write"))
    assert isinstance(form, Form)
    assert [field.value for field in form.fields] == ["good evening", ""]


# Lanes


async def test_intents_of_one_place_are_done_in_order_and_lanes_do_not_pile_up(scene: Scene) -> None:
    replies = [asyncio.create_task(scene.runtime.sink.ask(ask(f"e{n}", "line up", n=str(n)))) for n in range(20)]
    await asyncio.gather(*replies)
    await scene.runtime.settle()
    assert scene.stage.seen(HALL) == [f"hall n={n}" for n in range(20)]
    assert len(scene.runtime._dispatch.lanes) == 0


async def test_a_flood_in_one_place_is_turned_away_and_other_places_are_served(scene: Scene) -> None:
    scene.stage.listening.clear()
    flood = [
        asyncio.create_task(scene.runtime.sink.ask(ask(f"e{n}", "line up", n=str(n)))) for n in range(IN_A_LANE + 10)
    ]
    other = asyncio.create_task(
        scene.runtime.sink.ask(replace(ask("f1", "line up", n="900"), room=replace(HALL, id="quiet")))
    )
    for _ in range(5):
        await asyncio.sleep(0)
    scene.stage.listening.set()
    assert said(await other) == "lined n=900"
    told = [said(reply) for reply in await asyncio.gather(*flood)]
    assert told.count("refusal-busy") == 10
    assert len(scene.runtime._dispatch.lanes) == 0


async def test_what_takes_long_for_one_holds_up_nobody_else_in_the_room(scene: Scene) -> None:
    shown = (await scene.runtime.sink.ask(ask("e1", "tell", words="a worry"))).card
    assert shown is not None
    scene.stage.hold = asyncio.Event()
    slow = asyncio.create_task(scene.runtime.sink.ask(ask("e2", "draft.use", subject=shown.choices[0].subject)))
    await until(lambda: scene.stage.held > 0 or slow.done())
    assert not slow.done()
    other = replace(ask("e3", "here"), member=BEN)
    async with asyncio.timeout(10):
        assert said(await scene.runtime.sink.ask(other)).startswith("about ")
        form = await scene.runtime.sink.form(replace(ask("e4", "write"), member=BEN))
    assert isinstance(form, Form)
    scene.stage.hold.set()
    await slow


def test_a_card_for_tests_is_readable() -> None:
    assert words(None) == "-"
    assert Stage.__doc__

"""Who may do what: every command by every right, cell by cell (FEATURES X5). A refusal changes nothing."""

import pytest

from bot.contract.facts import Right, Standing
from bot.contract.params import Raw
from commands import CATALOGUE
from commands.setup_walk import STEPS
from tests.commands.desk import MEMBERS, MODERATOR, START, STRANGER, Desk, member

NONE, MEMBER, MOD = "none", "member", "moderator"
WHO = {NONE: STRANGER, MEMBER: "birch", MOD: MODERATOR}

ANYBODY = frozenset({NONE, MEMBER, MOD})
MEMBERS_UP = frozenset({MEMBER, MOD})
MODERATORS = frozenset({MOD})

TABLE: dict[str, frozenset[str]] = {
    "about": ANYBODY,
    "about privacy": ANYBODY,
    "about.old-button": ANYBODY,
    "about.unknown": ANYBODY,
    **{
        f"agreement {what}": MEMBERS_UP
        for what in ("amend", "history", "propose", "read", "recall", "remind", "review")
    },
    "agreement bring-in": MODERATORS,
    # And whom the round is for, and who raised a concern (test_agreement_round.py, test_agreement_concern.py).
    **{f"agreement.{what}": ANYBODY for what in ("aside", "concern", "concern-sent", "consent", "later", "let-go")},
    **{f"agreement.{what}": ANYBODY for what in ("answer-for", "answer-second", "take-back")},
    "agreement.copy": MEMBERS_UP,
    # They look by themselves who is a member, an author, a moderator (test_agreement.py, test_agreement_making.py).
    **{f"agreement.{what}": ANYBODY for what in ("allows", "amends", "anew", "draft", "drop", "look", "past", "share")},
    **{f"agreement.{what}": ANYBODY for what in ("ask", "discuss", "just-wording", "meaning", "open-round", "suggest")},
    **{f"agreement.{what}": ANYBODY for what in ("share-named", "suggest-end", "take-out", "take-out-yes", "take-up")},
    **{f"agreement.{what}": ANYBODY for what in ("look-again", "unsuggest", "version", "withdraw")},
    **{f"agreement.{what}": ANYBODY for what in ("earlier", "others")},
    # They look by themselves who is a member (test_agreement_recall.py, test_agreement_reminders.py).
    **{f"agreement.{what}": ANYBODY for what in ("no-reminders", "quiet")},
    "checkin list": MEMBERS_UP,
    "checkin open": MEMBERS_UP,
    "checkin plan": MEMBERS_UP,
    "checkin prompts": MODERATORS,
    "checkin words": MODERATORS,
    # They look by themselves who is a member, and who is in the room (test_checkin_room.py, test_checkin_round.py).
    **{f"checkin.{what}": ANYBODY for what in ("another", "call-off", "go-on", "guard", "host", "join", "leave")},
    **{f"checkin.{what}": ANYBODY for what in ("listen", "no-prompts", "pass", "pause", "resume", "skip")},
    # And who planned a standing one, or moderates (test_checkin_standing.py).
    **{f"checkin.{what}": ANYBODY for what in ("look", "move", "no-note", "note-me", "noted", "skip-next", "stop")},
    "circle calendar": MEMBERS_UP,
    "circle find": MEMBERS_UP,
    "circle list": MEMBERS_UP,
    "circle pick": MEMBERS_UP,
    "circle plan": MEMBERS_UP,
    "circle roles": MEMBERS_UP,
    # They look by themselves who is a member, who comes and who is the host (test_circle_answers.py, _change, _notes).
    **{f"circle.{what}": ANYBODY for what in ("agree", "come", "end", "every", "guardian", "host", "lead", "leave")},
    **{f"circle.{what}": ANYBODY for what in ("maybe", "more", "move-one", "no-notes", "not-every", "remind")},
    **{
        f"circle.{what}": ANYBODY
        for what in ("reminded", "roles-for", "roles-of", "scribe", "shift", "skip", "skip-one")
    },
    # And who was given the card that ends a search for a time (test_circle_find.py, test_circle_found.py).
    **{f"circle.{what}": ANYBODY for what in ("drop-find", "end-find", "mark", "then", "works", "works-none")},
    "circle.works-not": ANYBODY,
    **{f"circle.{what}": ANYBODY for what in ("show", "show-named", "show-neutral", "unshow")},
    # A file looks by itself who is a member; a feed is changed and switched off by its owner, wherever they are.
    "circle.feed": MEMBERS_UP,
    **{f"circle.{what}": ANYBODY for what in ("feed-names", "file", "no-feed")},
    "elsewhere": ANYBODY,
    "who-can-see": ANYBODY,
    "help": ANYBODY,
    "mine called": ANYBODY,
    "mine community": MEMBERS_UP,
    "mine data": ANYBODY,
    "mine forget": ANYBODY,
    "mine language": ANYBODY,
    "mine limits": ANYBODY,
    "mine next": ANYBODY,
    "mine quiet": ANYBODY,
    "mine reset": ANYBODY,
    "mine settings": ANYBODY,
    "mine stop": ANYBODY,
    "mine usual": ANYBODY,
    "mine wishes": ANYBODY,
    "mine.forget-yes": ANYBODY,
    "mine.keep": ANYBODY,
    "plan cancel": ANYBODY,
    "plan change": ANYBODY,
    "plan list": ANYBODY,
    "plan remind": MEMBERS_UP,
    "plan.joined": MEMBERS_UP,
    "plan.kept": MEMBERS_UP,
    "plan.too": MEMBERS_UP,
    "round join": MEMBERS_UP,
    "round leave": ANYBODY,
    "round plan": MODERATORS,
    "round stop": MODERATORS,
    "round wishes": MEMBERS_UP,
    "round.joined": MEMBERS_UP,
    "round.not": ANYBODY,
    "round.stay": ANYBODY,
    "round.yes": MEMBERS_UP,
    "setup": MODERATORS,
    "setup clear": MODERATORS,
    "setup check": MODERATORS,
    "setup door": MODERATORS,
    "setup elsewhere": MODERATORS,
    "setup features": MODERATORS,
    "setup groups": MODERATORS,
    "setup language": MODERATORS,
    "setup limits": MODERATORS,
    "setup moderators": MODERATORS,
    "setup preview": MODERATORS,
    "setup proposals": MODERATORS,
    "setup room": MODERATORS,
    "setup undo": MODERATORS,
    "setup walk": MODERATORS,
    "setup welcome": MODERATORS,
    "setup willing": MODERATORS,
    "setup words": MODERATORS,
    "talk.leave": ANYBODY,  # it looks by itself: who is not in the room changes nothing (test_talk.py)
    "talk.openers": ANYBODY,
    "tell-moderators": MEMBERS_UP,
    "tell.sent": ANYBODY,  # says how a relay ended, and without one nothing
    "tell.unwilling": ANYBODY,
    "tell.willing": MODERATORS,
    "tell.willing-kept": MODERATORS,
    "tell.write": ANYBODY,  # it looks by itself: it is about the community of whoever reads (test_tell.py)
    "setup.here": frozenset(),  # without the choice that a moderator was given, nobody (tests/commands/test_setup.py)
    "setup.not": ANYBODY,
    "setup.shown": MODERATORS,
    **{f"setup.to-{step}": MODERATORS for step in (*STEPS, "end")},
    "setup.undo-yes": ANYBODY,  # it looks by itself, and does nothing without its choice (test_setup_undo.py)
}
"""Who may, by command. Written out, so that a right that changes is changed twice."""

ARGS: dict[str, dict[str, Raw]] = {
    "agreement bring-in": {"title": "Evenings", "statements": "We are quiet.", "review_day": "9"},
    "agreement propose": {"title": "Evenings", "statements": "We are quiet."},
    "agreement recall": {"statement": "We are quiet.", "asked_by": "unnamed"},
    "agreement remind": {"often": "weekly", "brings": "whole", "wall": "19:00"},
    "agreement.allows": {"allows": "nothing"},
    "agreement.anew": {"title": "Evenings", "statements": "We are quiet."},
    "agreement.open-round": {"round_days": "7", "for_whom": "room", "needs": "2", "review_day": "90"},
    "agreement.concern": {"concern": "It is too late for me", "raised_by": "unnamed"},
    "agreement.concern-sent": {"concern": "It is too late for me", "raised_by": "unnamed"},
    "agreement.answer-second": {"round_days": "7", "for_whom": "room", "needs": "2", "review_day": "90"},
    "agreement.suggest": {"statements": "We are quiet.", "changes": "wording"},
    "checkin plan": {"rhythm": "weekly", "first_day": "3", "wall": "19:00"},
    "circle pick": {"title": "Books", "weekday": "tue", "hour": "19"},
    "circle plan": {"title": "Books", "meets": "every tuesday 19:30"},
    "circle find": {"title": "Books", "times": "tomorrow 10:00; tomorrow 11:00"},
    "circle.lead": {"lead": "30"},
    "circle.then": {"slot": "1", "title": "Books"},
    "circle.move-one": {"when": "tomorrow 10:00"},
    "circle.shift": {"meets": "every tuesday 19:30"},
    "checkin.move": {"when": "tomorrow 10:00"},
    "checkin prompts": {"prompts": "What is near?"},
    "checkin words": {"opening": "Sit down"},
    "mine called": {"called": "B"},
    "plan remind": {"link": "https://example.org/plan", "when": "in 3 days"},
    "plan.kept": {"link": "https://example.org/plan", "when": "in 3 days"},
    "round plan": {"rhythm": "weekly", "first_day": "3", "wall": "19:00"},
    "setup clear": {"which": "words"},
    "setup elsewhere": {"elsewhere": "Night line"},
    "setup groups": {"groups": ("adults",)},
    "setup limits": {"wait_days": "1"},
    "setup moderators": {"moderator_roles": ("keepers",)},
    "setup room": {"room_for": "peers"},
    "setup welcome": {"welcome": "yes"},
    "setup words": {"word_list": "night"},
    "peer apart": {"member": member("hazel")},
    "peer together": {"member": member("hazel")},
    "peer pause": {"day": "3"},
    "peer propose": {"new_word": "moon"},
    "peer words": {"word": "x", "mark": "not"},
    "peer.mark": {"word": "x", "mark": "not"},
}

REFUSED = ("refusal-right-", "refusal-community-none", "refusal-only-in-space")


def test_the_table_names_every_command_but_those_of_peers() -> None:
    others = {name for name in CATALOGUE.commands if not name.startswith("peer")}
    assert set(TABLE) == others


@pytest.mark.parametrize("command", sorted(TABLE))
async def test_every_command_by_every_right(world: Desk, command: str) -> None:
    for who, name in WHO.items():
        before = world.rows()
        # In the space, where a right can be read whatever the command is about.
        shown = await world.ask(name, command, ARGS.get(command, {}), here=True)
        refused = any(one.startswith(REFUSED) for one in shown.ids)
        assert refused == (who not in TABLE[command]), (who, shown.ids)
        if refused:
            assert world.rows() == before
            assert len(shown.ids) == 1


@pytest.mark.parametrize("command", sorted(name for name in CATALOGUE.commands if name.startswith("peer")))
async def test_peer_commands_need_nothing_but_membership(world: Desk, command: str) -> None:
    needs = CATALOGUE.commands[command].right
    assert needs in {Right.NONE, Right.MEMBER}
    for who, name in WHO.items():
        before = world.rows()
        shown = await world.ask(name, command, ARGS.get(command, {}), here=True)
        refused = any(one.startswith(REFUSED) for one in shown.ids)
        assert refused == (who == NONE and needs == Right.MEMBER), (who, shown.ids)
        if refused:
            assert world.rows() == before


@pytest.mark.parametrize("command", sorted(name for name, who in TABLE.items() if who == MODERATORS))
async def test_a_right_is_read_live(world: Desk, command: str) -> None:
    """A moderator who no longer is one is refused; so is anyone with the form or the button of a moderator."""
    community = await world.community()
    world.platform.standings[MODERATOR] = Standing(Right.MEMBER, joined_at=START)
    await world.wind(minutes=2)
    before = world.rows()
    for subject in ("", community):
        shown = await world.ask(MODERATOR, command, ARGS.get(command, {}), here=True, subject=subject)
        assert shown.ids == ("refusal-right-moderator",)
    assert world.rows() == before


@pytest.mark.parametrize("name", [*MEMBERS, STRANGER])
async def test_no_form_of_a_moderator_opens_for_others(world: Desk, name: str) -> None:
    for command, who in TABLE.items():
        if CATALOGUE.commands[command].form and who == MODERATORS:
            intent = world.intent(name, command, here=True)
            answer = await world.runtime.sink.form(intent)
            assert type(answer).__name__ == "Reply"

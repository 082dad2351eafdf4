"""A form, one question at a time: answers by number or word, back, skip, empty, cancel, and a quarter of an hour."""

from datetime import UTC, datetime, timedelta

import pytest

from adapters.matrix import dialog
from adapters.matrix.dialog import KEPT_FOR, MOST, Dialogs, Filled, Over, Question, Step
from bot.contract.card import Card, Field, Form, Option
from bot.contract.params import (
    Days,
    Kind,
    Moments,
    OfDay,
    Pick,
    Picks,
    Raw,
    Roles,
    Someone,
    Until,
    When,
    Whole,
    Words,
    YesNo,
    Zone,
)
from bot.contract.place import Member
from bot.contract.text import Plain, Said, Text, Voice, text
from bot.i18n import Fluent

SPEAKER = Fluent()
NOW = datetime(2027, 3, 4, 18, tzinfo=UTC)
SOON = NOW + timedelta(minutes=1)
BIRCH = Member("matrix", "@birch:localhost")
ROWAN = Member("matrix", "@rowan:localhost")


def options(*values: str) -> tuple[Option, ...]:
    return tuple(Option(value, text("choice-community", place=Said(f"The {value}"))) for value in values)


def ask(
    kind: Kind, *offered: str, required: bool = False, value: Raw = "", locale: str = "en", name: str = "way"
) -> Form:
    fields = (Field(name, kind, text(f"param-{name}"), required, value, options(*offered)),)
    return Form("peer request", text("command-peer-request"), fields, "community", Voice(locale))


def shown(step: Step | None, locale: str = "en") -> str:
    assert isinstance(step, Question | Over)
    return said(step.card, locale)


def said(card: Card, locale: str = "en") -> str:
    lines = ([card.title] if card.title is not None else []) + list(card.lines)
    name = Plain(lambda who: who.id)
    return "\n".join(SPEAKER.say(line, Voice(locale), NOW, name) for line in lines).replace("\u2068", "").replace(
        "\u2069", ""
    )  # fmt: skip


def given(form: Form, *answers: str) -> dict[str, Raw]:
    """Return what comes out of a form after these answers."""
    dialogs = Dialogs(SPEAKER)
    step: Step | None = dialogs.begin(BIRCH, form, NOW)
    for answer in answers:
        assert isinstance(step, Question)
        step = dialogs.answer(BIRCH, answer, SOON)
    assert isinstance(step, Filled)
    assert (step.command, step.subject) == (form.command, form.subject)
    assert dialogs.asking(BIRCH, SOON) is None
    assert len(dialogs) == 0
    return dict(step.args)


def again(form: Form, answer: str) -> str:
    """Return what is said to an answer that does not fit, after making sure that the same question stands."""
    dialogs = Dialogs(SPEAKER)
    first = shown(dialogs.begin(BIRCH, form, NOW))
    step = shown(dialogs.answer(BIRCH, answer, SOON))
    told, _, rest = step.partition("\n")
    assert first.endswith(rest)
    assert len(dialogs) == 1
    return told


def test_a_question_says_what_is_asked_offered_and_there_already_and_the_ways_out() -> None:
    form = ask(Picks(("a", "b"), most=5), "a", "b", value=("b",), name="languages")
    step = Dialogs(SPEAKER).begin(BIRCH, form, NOW)
    assert shown(step) == (
        "Ask for a peer, with details of your own\n"
        "Languages you talk in (1 of 1)\n"
        "1. The a\n2. The b\n"
        "Write the numbers of up to 2 answers, such as: 1, 2\n"
        "What stands here now: The b\n"
        "Write skip to keep it.\n"
        "Write empty to take it out.\n"
        "Write back for the question before, cancel to end and keep nothing."
    )


def test_a_needed_question_has_no_way_around_it() -> None:
    step = shown(Dialogs(SPEAKER).begin(BIRCH, ask(Whole(1, 12), required=True), NOW))
    assert "skip" not in step
    assert "empty" not in step
    assert "cancel" in step


@pytest.mark.parametrize(
    ("kind", "offered", "answer", "raw"),
    [
        (Pick(("a", "b")), ("a", "b"), "2", "b"),
        (Pick(("a", "b")), ("a", "b"), "2.", "b"),
        (Pick(("a", "b")), ("a", "b"), "2\ufe0f\u20e3", "b"),
        (Pick(("a", "b")), ("a", "b"), "  the  B ", "b"),
        (Pick(("a", "b")), ("a", "b"), "B", "b"),
        (Pick(), ("4", "7"), "1", "4"),
        (Picks(("a", "b", "c")), ("a", "b", "c"), "1,3", ("a", "c")),
        (Picks(("a", "b", "c")), ("a", "b", "c"), "3 1", ("c", "a")),
        (Picks(("a", "b", "c")), ("a", "b", "c"), "the a, B", ("a", "b")),
        (Picks(("a", "b", "c"), most=1), ("a", "b", "c"), "1," * 9_000, ("a",)),
        (Picks(), ("new, in town", "x"), "The new, in town", ("new, in town",)),
        (Picks(), (), "one, two", ("one", "two")),
        (Roles(), (), "!room:localhost", ("!room:localhost",)),
        (YesNo(), ("yes", "no"), "No.", "no"),
        (YesNo(), ("yes", "no"), "1", "yes"),
        (Whole(1, 12), (), " 4 ", "4"),
        (Days(30), (), "3", "3"),
        (Until(90), (), "2027-04-01", "2027-04-01"),
        (OfDay(), (), "7:30", "7:30"),
        (When(), (), "tomorrow 19:30", "tomorrow 19:30"),
        (Moments(2, 6), (), "tomorrow 19:30\nFri 19:30", "tomorrow 19:30\nFri 19:30"),
        (Zone(), (), "europe/berlin", "europe/berlin"),
        (Someone(), (), "https://matrix.to/#/@rowan:localhost", ROWAN),
        (Words(100), (), "after nine", "after nine"),
        (Words(100), (), '"back"', "back"),
        (Words(100), (), "“skip”", "skip"),
        (Words(100), (), "2", "2"),
        (Words(100), (), "!important", "!important"),
        (Words(100, 3), (), "one\ntwo", "one\ntwo"),
    ],
)
def test_answers_by_number_and_by_word(kind: Kind, offered: tuple[str, ...], answer: str, raw: Raw) -> None:
    assert given(ask(kind, *offered, required=True), answer) == {"way": raw}


@pytest.mark.parametrize(
    ("kind", "offered", "answer", "told"),
    [
        (Pick(("a", "b")), ("a", "b"), "3", "not one of the answers"),
        (Pick(("a", "b")), ("a", "b"), "0", "not one of the answers"),
        (Pick(("a", "b")), ("a", "b"), "\u0661", "not one of the answers"),
        (Pick(("a", "b")), ("a", "b"), "c", "not one of the answers"),
        (Pick(("a", "b")), ("a", "b"), "\u200b", "not one of the answers"),
        (Pick(("a", "b")), ("a", "b"), "\u0430", "not one of the answers"),
        (Pick(("a", "b")), ("a", "b"), "\ud800", "not one of the answers"),
        (Picks(("a", "b"), most=1), ("a", "b"), "1,2", "more than 1 at once"),
        (Picks(("a", "b")), ("a", "b"), "1,9", "not one of the answers"),
        (Picks(("a", "b")), ("a", "b"), ",,,", "not one of the answers"),
        (YesNo(), ("yes", "no"), "maybe", "not one of the answers"),
        (Whole(1, 12), (), "13", "from 1 to 12"),
        (Whole(1, 12), (), "NaN", "from 1 to 12"),
        (Whole(1, 12), (), "\u0664", "from 1 to 12"),
        (Whole(1, 12), (), "9" * 5_000, "from 1 to 12"),
        (OfDay(), (), "24:00", "21:30"),
        (OfDay(), (), "23:60", "21:30"),
        (OfDay(), (), "12am", "21:30"),
        (OfDay(), (), "noon", "21:30"),
        (When(), (), "tomorrow 7", "07:00 or 19:00"),
        (When(), (), "tomorrow", "tomorrow 19:30"),
        (Moments(2, 6), (), "tomorrow 7; Fri 19:30", "07:00 or 19:00"),
        (Moments(2, 6), (), "tomorrow; Fri 19:30", "could not read time number 1"),
        (Moments(2, 6), (), "tomorrow 19:30", "from 2 to 6 times"),
        (Until(90), (), "tomorrow 7", "2027-03-04"),
        (Until(90), (), "03/04", "2027-03-04"),
        (Until(90), (), "2027-02-30", "2027-03-04"),
        (Zone(), (), "EST", "Europe/Berlin"),
        (Zone(), (), "Etc/GMT+5", "Europe/Berlin"),
        (Zone(), (), "localtime", "Europe/Berlin"),
        (Zone(), (), "../../etc/passwd", "Europe/Berlin"),
        (Zone(), (), "x" * 300, "Europe/Berlin"),
        (Someone(), (), "Rowan", "@name:example.org"),
        (Someone(), (), "@room", "@name:example.org"),
        (Words(100), (), "", "no letters"),
        (Words(100), (), " \t\u2028\u0085", "no letters"),
        (Words(100), (), "\u200b\u200f\u2060\ufeff", "no letters"),
        (Words(100), (), "\x00\x1b", "no letters"),
        (Words(100), (), "x" * 101, "longer than 100"),
        (Words(100), (), "\U0001f3ee" * 51, "longer than 100"),
        (Words(100, 2), (), "a\nb\nc", "more than 2 lines"),
    ],
)
def test_a_wrong_answer_is_told_so_and_asked_again(
    kind: Kind, offered: tuple[str, ...], answer: str, told: str
) -> None:
    assert told in again(ask(kind, *offered, required=True), answer)


def test_a_wrong_answer_is_not_kept() -> None:
    dialogs = Dialogs(SPEAKER)
    dialogs.begin(BIRCH, ask(Whole(1, 12)), NOW)
    dialogs.answer(BIRCH, "13", SOON)
    step = dialogs.answer(BIRCH, "skip", SOON)
    assert isinstance(step, Filled)
    assert step.args == {}


@pytest.mark.parametrize(
    ("value", "answer", "args"),
    [("", "skip", {}), ("4", "skip", {"way": "4"}), ("4", "empty", {}), ("", "empty", {}), ("4", "5", {"way": "5"})],
)
def test_what_stands_is_kept_changed_or_taken_out(value: str, answer: str, args: dict[str, Raw]) -> None:
    assert given(ask(Whole(1, 12), value=value), answer) == args


def test_a_needed_answer_that_stands_may_be_kept_and_not_taken_out() -> None:
    assert given(ask(Whole(1, 12), required=True, value="4"), "skip") == {"way": "4"}
    assert "cannot go on" in again(ask(Whole(1, 12), required=True, value="4"), "empty")
    assert "cannot go on" in again(ask(Whole(1, 12), required=True), "skip")


def three(locale: str = "en") -> Form:
    fields = (
        Field("way", Pick(("text", "voice")), text("param-way"), True, options=tuple(
            Option(value, Text(f"option-way-{value}")) for value in ("text", "voice"))),
        Field("ask_first", YesNo(), text("param-ask_first"), False, options=tuple(
            Option(value, Text(f"option-ask_first-{value}")) for value in ("yes", "no"))),
        Field("day", Until(90), text("param-day"), False),
    )  # fmt: skip
    return Form("peer request", text("command-peer-request"), fields, "abc", Voice(locale))


def test_back_asks_the_question_before_with_the_answer_that_stands() -> None:
    dialogs = Dialogs(SPEAKER)
    dialogs.begin(BIRCH, three(), NOW)
    assert "(2 of 3)" in shown(dialogs.answer(BIRCH, "voice, in a call of your own", SOON))
    assert "(3 of 3)" in shown(dialogs.answer(BIRCH, "skip", SOON))
    assert "(2 of 3)" in shown(dialogs.answer(BIRCH, "back", SOON))
    before = shown(dialogs.answer(BIRCH, "! Back", SOON))
    assert "(1 of 3)" in before
    assert "What stands here now: Voice" in before
    assert "(1 of 3)" in shown(dialogs.answer(BIRCH, "back", SOON))
    dialogs.answer(BIRCH, "1", SOON)
    dialogs.answer(BIRCH, "no", SOON)
    step = dialogs.answer(BIRCH, "2027-03-05", SOON)
    assert isinstance(step, Filled)
    assert step.args == {"way": "text", "ask_first": "no", "day": "2027-03-05"}


def test_in_german_all_of_it_is_german_and_english_words_still_lead_out() -> None:
    dialogs = Dialogs(SPEAKER)
    first = shown(dialogs.begin(BIRCH, three("de"), NOW), "de")
    assert "abbrechen" in first
    assert "Schreiben" in first
    assert "(2 von 3)" in shown(dialogs.answer(BIRCH, "schreiben", SOON), "de")
    assert "(3 von 3)" in shown(dialogs.answer(BIRCH, "Ja", SOON), "de")
    assert "(2 von 3)" in shown(dialogs.answer(BIRCH, "zurück", SOON), "de")
    over = dialogs.answer(BIRCH, "cancel", SOON)
    assert isinstance(over, Over)
    assert len(dialogs) == 0


def test_cancel_keeps_nothing_and_what_comes_after_it_is_no_answer() -> None:
    dialogs = Dialogs(SPEAKER)
    dialogs.begin(BIRCH, three(), NOW)
    dialogs.answer(BIRCH, "1", SOON)
    assert "nothing was done" in shown(dialogs.answer(BIRCH, "cancel", SOON))
    assert dialogs.asking(BIRCH, SOON) is None
    assert dialogs.answer(BIRCH, "1", SOON) is None


def test_another_command_ends_it_and_says_so_once() -> None:
    dialogs = Dialogs(SPEAKER)
    dialogs.begin(BIRCH, three(), NOW)
    over = dialogs.leave(BIRCH)
    assert over is not None
    assert "I left the questions" in shown(over)
    assert dialogs.leave(BIRCH) is None
    assert dialogs.answer(BIRCH, "1", SOON) is None


def test_it_lapses_after_a_quarter_of_an_hour_and_says_so_once() -> None:
    dialogs = Dialogs(SPEAKER)
    dialogs.begin(BIRCH, three(), NOW)
    assert dialogs.lapse(NOW) == NOW + KEPT_FOR
    late = NOW + KEPT_FOR
    assert dialogs.asking(BIRCH, late - timedelta(seconds=1)) == ""
    assert dialogs.lapse(late) is None
    assert len(dialogs) == 0
    assert dialogs.asking(BIRCH, late) == ""
    assert "lapsed after 15 minutes" in shown(dialogs.answer(BIRCH, "1", late))
    assert dialogs.asking(BIRCH, late) is None
    assert dialogs.answer(BIRCH, "1", late) is None


def test_each_answer_gives_another_quarter_of_an_hour() -> None:
    dialogs = Dialogs(SPEAKER)
    dialogs.begin(BIRCH, three(), NOW)
    later = NOW + KEPT_FOR - timedelta(seconds=1)
    dialogs.answer(BIRCH, "nonsense", later)
    assert dialogs.lapse(later) == later + KEPT_FOR


def test_a_lapse_is_not_told_to_whoever_asks_for_something_else() -> None:
    dialogs = Dialogs(SPEAKER)
    dialogs.begin(BIRCH, three(), NOW)
    dialogs.lapse(NOW + KEPT_FOR)
    assert dialogs.leave(BIRCH) is None
    assert dialogs.asking(BIRCH, NOW + KEPT_FOR) is None


def test_the_event_of_the_question_is_known_until_it_is_answered() -> None:
    dialogs = Dialogs(SPEAKER)
    assert dialogs.asking(BIRCH, NOW) is None
    dialogs.asked(BIRCH, "$nobody")
    dialogs.begin(BIRCH, three(), NOW)
    assert dialogs.asking(BIRCH, NOW) == ""
    dialogs.asked(BIRCH, "$first")
    assert dialogs.asking(BIRCH, NOW) == "$first"
    dialogs.answer(BIRCH, "1", SOON)
    assert dialogs.asking(BIRCH, SOON) == ""


def test_everyone_has_a_dialog_of_their_own() -> None:
    dialogs = Dialogs(SPEAKER)
    dialogs.begin(BIRCH, three(), NOW)
    assert dialogs.answer(ROWAN, "1", SOON) is None
    dialogs.begin(ROWAN, ask(Whole(1, 12)), NOW)
    assert isinstance(dialogs.answer(ROWAN, "4", SOON), Filled)
    assert "(2 of 3)" in shown(dialogs.answer(BIRCH, "1", SOON))
    dialogs.forget(BIRCH)
    assert dialogs.answer(BIRCH, "1", SOON) is None


def test_a_new_form_takes_the_place_of_the_one_before() -> None:
    dialogs = Dialogs(SPEAKER)
    dialogs.begin(BIRCH, three(), NOW)
    dialogs.begin(BIRCH, ask(Whole(1, 12)), NOW)
    step = dialogs.answer(BIRCH, "4", SOON)
    assert isinstance(step, Filled)
    assert step.args == {"way": "4"}


def test_a_form_of_no_questions_is_filled_at_once() -> None:
    step = Dialogs(SPEAKER).begin(BIRCH, Form("about", text("command-about"), ()), NOW)
    assert step == Filled("about", "", {})


def test_there_are_never_more_than_so_many() -> None:
    dialogs = Dialogs(SPEAKER)
    for number in range(MOST + 5):
        dialogs.begin(Member("matrix", f"@m{number}:localhost"), ask(Whole(1, 12)), NOW)
    assert len(dialogs) == MOST
    assert dialogs.answer(Member("matrix", "@m0:localhost"), "4", SOON) is None
    dialogs.lapse(NOW + KEPT_FOR)
    assert len(dialogs) == 0
    assert len(dialogs._lapsed) == MOST


def test_nothing_answered_is_in_a_repr() -> None:
    dialogs = Dialogs(SPEAKER)
    dialogs.begin(BIRCH, ask(Words(100)), NOW)
    assert "4127" not in repr(dialogs.answer(BIRCH, "4127", SOON))
    dialogs.begin(BIRCH, ask(Words(100), value="4127"), NOW)
    assert "4127" not in repr(dialogs._open[BIRCH].given.keys())


@pytest.mark.parametrize("locale", SPEAKER.locales)
def test_every_question_is_at_most_sixty_words(locale: str) -> None:
    kinds: tuple[Kind, ...] = (
        Whole(1, 12), Words(500), Words(80, 20), Someone(), Zone(), OfDay(), Days(30), Until(90), Roles(), Picks(),
        When(), Moments(2, 6),
    )  # fmt: skip
    for kind in kinds:
        step = Dialogs(SPEAKER).begin(BIRCH, ask(kind, value="x", locale=locale), NOW)
        assert len(shown(step, locale).split()) <= 60
        assert "{$" not in shown(step, locale)


def test_what_is_said_after_a_restart() -> None:
    assert said(dialog.LOST) == "I lost my place; nothing was kept. You can ask for the same again."

"""Forms of more than five questions: five at a time, for their own member, for a quarter of an hour."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from adapters.discord import pages
from adapters.discord.pages import Page, Pages
from bot.chance import SecretChance
from bot.contract.button import Buttons
from bot.contract.card import Choice, Field, Form
from bot.contract.params import Whole
from bot.contract.place import Member
from bot.contract.text import Voice, text
from bot.i18n import Fluent

NOW = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
ADA, BEN = Member("discord", "1001"), Member("discord", "1002")
VOICE = Voice("de", "Europe/Berlin")


def form(questions: int = 12, subject: str = "s1") -> Form:
    fields = tuple(Field(f"q{at}", Whole(0, 9), text("param-hours"), required=False) for at in range(questions))
    return Form("peer request", text("command-peer-request"), fields, subject, VOICE)


def kept() -> Pages:
    numbers = count(1)
    return Pages(lambda: f"token{next(numbers)}")


def names(asked: tuple[Field, ...] | None) -> list[str]:
    return [one.name for one in asked or ()]


def answers(first: int, last: int, word: str = "1") -> dict[str, str]:
    return {f"q{at}": word for at in range(first, last)}


def test_questions_come_five_at_a_time_until_all_are_answered() -> None:
    every = kept()
    token = every.begin(ADA, form(), NOW)
    seen: list[Page] = []
    for first, last in ((0, 5), (5, 10), (10, 12)):
        assert names(every.fields(token, ADA, NOW)) == [f"q{at}" for at in range(first, last)]
        page = every.filled(token, ADA, answers(first, last), NOW)
        assert page is not None
        seen.append(page)
    assert [page.left for page in seen] == [7, 2, 0]
    done = seen[-1]
    assert done.values == answers(0, 12)
    assert (done.command, done.subject, done.voice) == ("peer request", "s1", VOICE)
    assert done.title == text("command-peer-request")


def test_when_all_is_answered_nothing_is_kept() -> None:
    every = kept()
    token = every.begin(ADA, form(5), NOW)
    assert every.filled(token, ADA, answers(0, 5), NOW) is not None
    assert len(every) == 0
    assert every.look(token, ADA, NOW) is None


def test_what_was_filled_in_so_far_can_be_used_as_it_is() -> None:
    every = kept()
    token = every.begin(ADA, form(), NOW)
    every.filled(token, ADA, answers(0, 5), NOW)
    page = every.look(token, ADA, NOW)
    assert page is not None
    assert page.values == answers(0, 5)


def test_an_answer_that_was_left_empty_counts_as_asked() -> None:
    every = kept()
    token = every.begin(ADA, form(), NOW)
    every.filled(token, ADA, answers(0, 5, ""), NOW)
    assert names(every.fields(token, ADA, NOW))[0] == "q5"


def test_an_earlier_page_sent_once_more_counts_and_nothing_is_asked_twice() -> None:
    every = kept()
    token = every.begin(ADA, form(), NOW)
    every.filled(token, ADA, answers(0, 5), NOW)
    every.filled(token, ADA, answers(5, 10), NOW)
    page = every.filled(token, ADA, answers(0, 5, "2"), NOW)
    assert page is not None
    assert page.left == 2
    assert page.values == answers(0, 5, "2") | answers(5, 10)


def test_what_the_form_did_not_ask_is_dropped() -> None:
    every = kept()
    token = every.begin(ADA, form(), NOW)
    page = every.filled(token, ADA, {"stranger": "x", **answers(0, 5)}, NOW)
    assert page is not None
    assert page.values == answers(0, 5)


def test_somebody_elses_form_is_none_and_stays_as_it_is() -> None:
    every = kept()
    token = every.begin(ADA, form(), NOW)
    assert every.fields(token, BEN, NOW) is None
    assert every.look(token, BEN, NOW) is None
    assert every.filled(token, BEN, answers(0, 5, "9"), NOW) is None
    page = every.look(token, ADA, NOW)
    assert page is not None
    assert (page.values, page.left) == ({}, 12)


def test_a_form_lapses_a_quarter_of_an_hour_after_the_last_answer() -> None:
    every = kept()
    token = every.begin(ADA, form(), NOW)
    later = NOW + timedelta(minutes=14)
    assert every.filled(token, ADA, answers(0, 5), later) is not None
    assert every.look(token, ADA, later + timedelta(minutes=14)) is not None
    assert every.filled(token, ADA, answers(5, 10), later + timedelta(minutes=15)) is None
    assert len(every) == 0


def test_forms_that_lapsed_go_when_anyones_is_looked_at() -> None:
    every = kept()
    every.begin(ADA, form(), NOW)
    every.begin(BEN, form(), NOW + timedelta(minutes=15))
    assert len(every) == 1


def test_nobody_can_push_out_the_forms_of_others() -> None:
    every = kept()
    bens = every.begin(BEN, form(), NOW)
    tokens = [every.begin(ADA, form(), NOW) for _ in range(10)]
    assert len(every) == 1 + pages.MOST_OF_ONE
    assert every.look(bens, BEN, NOW) is not None
    assert [token for token in tokens if every.look(token, ADA, NOW)] == tokens[-pages.MOST_OF_ONE :]


def test_no_more_are_kept_than_a_thousand_and_the_oldest_goes() -> None:
    every = kept()
    tokens = [every.begin(Member("discord", str(at)), form(), NOW) for at in range(pages.MOST + 1)]
    assert len(every) == pages.MOST
    assert every.look(tokens[0], Member("discord", "0"), NOW) is None
    assert every.look(tokens[1], Member("discord", "1"), NOW) is not None


def test_a_form_that_was_left_is_gone_and_leaving_twice_is_no_trouble() -> None:
    every = kept()
    token = every.begin(ADA, form(), NOW)
    every.end(token)
    every.end(token)
    assert every.look(token, ADA, NOW) is None


@pytest.mark.parametrize("token", ["", "token9", "x" * 10_000])
def test_a_token_of_nothing_is_none(token: str) -> None:
    every = kept()
    assert every.look(token, ADA, NOW) is None
    assert every.fields(token, ADA, NOW) is None
    assert every.filled(token, ADA, {}, NOW) is None
    assert len(every) == 0


def test_tokens_are_different_and_fit_into_the_id_of_a_button() -> None:
    every = Pages(SecretChance().new_id)
    one, other = every.begin(ADA, form(), NOW), every.begin(ADA, form(), NOW)
    assert one != other
    buttons = Buttons(bytes(32))
    for choice in (
        *every.card(one, page_of(every, one)).choices,
        Choice("form.page", text("command-peer-request"), one),
    ):
        assert buttons.read(buttons.write(choice, ADA), ADA) == (choice.action, one)


def begun(every: Pages) -> tuple[str, Page]:
    token = every.begin(ADA, form(), NOW)
    return token, page_of(every, token)


def page_of(every: Pages, token: str) -> Page:
    page = every.look(token, ADA, NOW)
    assert page is not None
    return page


def test_a_form_is_used_only_when_all_that_must_be_answered_was_asked() -> None:
    every = kept()
    token, page = begun(every)
    last = replace(page.form.fields[-1], required=True)
    open_still = replace(page, form=replace(page.form, fields=(*page.form.fields[:-1], last)))
    actions = [choice.action for choice in every.card(token, open_still).choices]
    assert actions == ["form.more", "form.stop"]


def test_between_two_pages_there_are_three_ways_on() -> None:
    every = kept()
    card = every.card(*begun(every))
    assert [(choice.action, choice.subject, choice.destroys) for choice in card.choices] == [
        ("form.more", "token1", False),
        ("form.use", "token1", False),
        ("form.stop", "token1", False),
    ]
    assert card.lines[0].facts["count"] == 12


def test_cards_are_spoken_in_every_language() -> None:
    every, speaker = kept(), Fluent()
    token, page = begun(every)
    for card in (every.card(token, replace(page, left=1)), every.card(token, page), every.lost(), every.stopped()):
        for one in (*card.lines, *(choice.label for choice in card.choices)):
            said = {speaker.plain(one, locale) for locale in speaker.locales}
            assert len(said) == len(speaker.locales)
            assert one.id not in said


def test_what_was_answered_is_not_shown_by_repr() -> None:
    page = Page(ADA, form(subject="s1"), {"q0": "what somebody typed"}, 7, NOW)
    assert "typed" not in repr(page)
    assert "1001" not in repr(page)
    assert "q0" not in repr(page)


def test_who_is_forgotten_has_no_form_any_more_and_others_keep_theirs() -> None:
    every = kept()
    every.begin(ADA, form(), NOW)
    token = every.begin(BEN, form(), NOW)
    assert every.has(ADA, NOW)
    every.forget(ADA)
    assert not every.has(ADA, NOW)
    assert every.look(token, BEN, NOW) is not None
    assert not every.has(BEN, NOW + timedelta(minutes=15)), "a form that has lapsed is none"

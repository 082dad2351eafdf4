"""The life of an agreement: all that can happen, all that cannot, and what no path may ever lead to."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Final

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from bot.domain import agreement as a
from bot.domain.agreement import Change, Concern, Moment, Step, Terms, Totals, agreed, of_meaning, step, totals
from bot.domain.errors import Refusal
from tests.agreement_table import printed, table

NOW: Final = datetime(2027, 3, 4, 12, tzinfo=UTC)
DAY: Final = timedelta(days=1)
TERMS: Final = Terms(NOW + 7 * DAY, 3, NOW + 90 * DAY)
SECOND: Final = timedelta(seconds=1)

ASH: Final = "ash"
"""Whoever asks, in moments in which everything holds."""
BIRCH: Final = "birch"
ROWAN: Final = "rowan"

# A moment for every event in which all that is asked for holds, whatever the state.
_BY_ASH: Final = Moment(NOW, by=ASH, author=ASH, moderates=True, asked=True, terms=TERMS, review_at=NOW + 90 * DAY)
_CHANGE: Final = replace(_BY_ASH, change=Change(BIRCH, 1, meaning=False))
_RAISED: Final = Concern(BIRCH, NOW - DAY, left=True)
_OVER: Final = Moment(NOW, terms=replace(TERMS, until=NOW), consents=3)
_UNTOUCHED: Final = Moment(NOW, touched_at=NOW - a.RESTS_AFTER)
FITS: Final = {
    **dict.fromkeys(a.EVENTS, _BY_ASH),
    a.SUGGEST: _CHANGE,
    a.CONFIRM_WORDING: _CHANGE,
    a.CONFIRM_MEANING: _CHANGE,
    a.TAKE_OUT: replace(_BY_ASH, brought=True),
    a.LET_GO: replace(_BY_ASH, concern=Concern(ASH, NOW)),
    a.ANSWER_FOR: replace(_BY_ASH, concern=_RAISED),
    a.CONFIRM_ANSWER: replace(_BY_ASH, concern=replace(_RAISED, first=ROWAN)),
    a.CLOSE: _OVER,
    a.COME_DUE: Moment(NOW, review_at=NOW),
    a.LAPSE: _UNTOUCHED,
}

# What comes of each event in each state, written out by hand. What is not here is refused.
_STAY = {a.SUGGEST: Step("same")}
_STANDING = {
    **_STAY,
    a.CONFIRM_WORDING: Step(a.REPLACED, "same"),
    a.CONFIRM_MEANING: Step("same", a.QUESTIONS),
}
_UNDER_WAY = {
    **_STAY,
    a.CONFIRM_WORDING: Step(a.REPLACED, "same"),
    a.LET_GO: Step("same"),
    a.ANSWER_FOR: Step("same"),
    a.CONFIRM_ANSWER: Step(a.CONSENT, "", "begins"),
}
_BEFORE = {
    **_UNDER_WAY,
    a.CONFIRM_MEANING: Step(a.REPLACED, a.AMEND),
    a.WITHDRAW: Step(a.REPLACED),
    a.OPEN_ROUND: Step(a.CONSENT, "", "begins"),
    a.LAPSE: Step(a.REPLACED),
}
EXPECTED: Final = {
    a.NOTHING: {a.PROPOSE: Step(a.DRAFT), a.BRING_IN: Step(a.BROUGHT)},
    a.DRAFT: {
        a.REWRITE: Step("same"),
        a.DROP: Step(a.NOTHING),
        a.SHARE: Step(a.QUESTIONS),
        a.LAPSE: Step(a.NOTHING),
    },
    a.QUESTIONS: {**_BEFORE, a.DISCUSS: Step(a.AMEND)},
    a.AMEND: {**_BEFORE, a.ASK: Step(a.QUESTIONS)},
    a.CONSENT: {
        **_UNDER_WAY,
        a.CONFIRM_MEANING: Step(a.REPLACED, a.AMEND, "ends"),
        **dict.fromkeys((a.TAKE_CONSENT, a.STAND_ASIDE, a.DECIDE_LATER, a.TAKE_BACK, a.RAISE), Step("same")),
        a.CLOSE: Step(a.ADOPTED, "", "ends", displaces=True),
    },
    a.BROUGHT: {
        **_STANDING,
        a.TAKE_UP: Step("same", a.QUESTIONS),
        a.TAKE_OUT: Step(a.REPLACED),
        a.COME_DUE: Step(a.REVIEW),
    },
    a.ADOPTED: {**_STANDING, a.COME_DUE: Step(a.REVIEW)},
    a.REVIEW: {**_STANDING, a.TAKE_UP: Step("same", a.QUESTIONS), a.TAKE_OUT: Step(a.REPLACED)},
    a.REPLACED: {},
}


def _code(state: str, event: str, moment: Moment) -> str:
    with pytest.raises(Refusal) as refusal:
        step(state, event, moment)
    return refusal.value.code


@pytest.mark.parametrize(("state", "event"), list(product(a.STATES, a.EVENTS)))
def test_what_may_happen_happens_and_what_may_not_is_refused(state: str, event: str) -> None:
    expected = EXPECTED[state].get(event)
    if expected is None:
        assert _code(state, event, FITS[event]) == "agreement-not-now"
    else:
        begins = state if expected.begins == "same" else expected.begins
        after = state if expected.next == "same" else expected.next
        assert step(state, event, FITS[event]) == replace(expected, next=after, begins=begins)


def test_the_expectations_speak_of_every_state_and_of_every_event() -> None:
    assert set(EXPECTED) == set(a.STATES)
    assert {event for events in EXPECTED.values() for event in events} == set(a.EVENTS)


# Who may. Each is somebody for whom everything else holds.
_NOBODY: Final = {"by": ""}
_ANOTHER: Final = {"by": ROWAN}
_WHO: Final = (
    [
        (event, _NOBODY, "agreement-not-now")
        for event in (a.PROPOSE, a.DISCUSS, a.ASK, a.SUGGEST, a.TAKE_UP, a.OPEN_ROUND)
    ]
    + [(event, _ANOTHER, "agreement-not-author") for event in (a.REWRITE, a.DROP, a.SHARE, a.WITHDRAW)]
    + [(event, {"by": "", "author": ""}, "agreement-not-author") for event in (a.REWRITE, a.SHARE, a.WITHDRAW)]
    + [(event, {"moderates": False}, "right-moderator") for event in (a.BRING_IN, a.TAKE_OUT)]
    + [(event, _NOBODY, "right-moderator") for event in (a.BRING_IN, a.TAKE_OUT)]
    + [
        (event, odd, "agreement-second")
        for event in (a.CONFIRM_WORDING, a.CONFIRM_MEANING)
        for odd in ({"by": BIRCH}, _NOBODY, {"change": None})
    ]
    + [
        (event, odd, "agreement-not-asked")
        for event in (a.TAKE_CONSENT, a.STAND_ASIDE, a.DECIDE_LATER, a.TAKE_BACK, a.RAISE)
        for odd in ({"asked": False}, _NOBODY)
    ]
    + [(a.LET_GO, odd, "agreement-not-raiser") for odd in (_ANOTHER, _NOBODY, {"concern": None})]
    + [
        (
            a.LET_GO,
            {"by": "", "concern": Concern("", NOW)},
            "agreement-not-raiser",
        ),  # who is forgotten is nobody's name
    ]
    + [
        (event, odd, "agreement-second")
        for event in (a.ANSWER_FOR, a.CONFIRM_ANSWER)
        for odd in ({"by": BIRCH}, _NOBODY, {"concern": None})
    ]
    + [
        (a.CONFIRM_ANSWER, {"by": ROWAN}, "agreement-second"),
        (a.CONFIRM_ANSWER, {"concern": _RAISED}, "agreement-second"),
    ]
    + [(event, _ANOTHER, "agreement-not-now") for event in (a.CLOSE, a.COME_DUE, a.LAPSE)]
)

_BAD_TERMS: Final = [
    ({"terms": None}, "agreement-until-between"),
    ({"terms": replace(TERMS, until=NOW + DAY - SECOND)}, "agreement-until-between"),
    ({"terms": replace(TERMS, until=NOW + 30 * DAY + SECOND)}, "agreement-until-between"),
    ({"terms": replace(TERMS, whom="me")}, "option-unknown"),
    ({"terms": replace(TERMS, needs=1)}, "number-between"),
    ({"terms": replace(TERMS, needs=1001)}, "number-between"),
    ({"terms": replace(TERMS, review_at=None)}, "agreement-review-between"),
    ({"terms": replace(TERMS, review_at=TERMS.until)}, "agreement-review-between"),
    ({"terms": replace(TERMS, review_at=NOW + 366 * DAY + SECOND)}, "agreement-review-between"),
    ({"terms": replace(TERMS, silence=True)}, "agreement-silence"),
    ({"terms": replace(TERMS, silence=True), "written": frozenset({a.ANSWERING})}, "agreement-silence"),
    ({"allows": True}, "agreement-for-everyone"),
]
_GUARDS: Final = (
    [(event, {"statements": 0}, "agreement-empty") for event in (a.PROPOSE, a.BRING_IN, a.REWRITE, a.SHARE)]
    + [
        (a.BRING_IN, {"review_at": None}, "agreement-review-between"),
        (a.BRING_IN, {"review_at": NOW}, "agreement-review-between"),
        (a.BRING_IN, {"review_at": NOW + 366 * DAY + SECOND}, "agreement-review-between"),
        (a.BRING_IN, {"allows": True}, "agreement-brought-allows"),
        (a.SHARE, {"another": True}, "agreement-under-way"),
        (a.TAKE_UP, {"another": True}, "agreement-under-way"),
        (a.SUGGEST, {"change": None}, "agreement-changed"),
        (a.CONFIRM_WORDING, {"change": Change(BIRCH, 1, meaning=True)}, "agreement-meaning"),
        (a.TAKE_OUT, {"brought": False}, "agreement-not-now"),
        (a.TAKE_CONSENT, {"now": TERMS.until}, "agreement-over"),
        (a.TAKE_CONSENT, {"terms": None}, "agreement-over"),
        (a.RAISE, {"theirs": True}, "agreement-concern-open"),
        (a.CLOSE, {"terms": TERMS}, "agreement-not-now"),
        (a.CLOSE, {"terms": None}, "agreement-not-now"),
        (a.COME_DUE, {"review_at": NOW + SECOND}, "agreement-not-now"),
        (a.COME_DUE, {"review_at": None}, "agreement-not-now"),
        (a.LAPSE, {"touched_at": None}, "agreement-not-now"),
        (a.LAPSE, {"touched_at": NOW - a.DRAFT_KEPT + SECOND}, "agreement-not-now"),
    ]
    + [
        (event, {"number": 2}, "agreement-changed")
        for event in (a.SUGGEST, a.CONFIRM_WORDING, a.CONFIRM_MEANING)
    ]
    + [
        (event, {"concern": Concern(BIRCH, NOW - 99 * DAY, first=ROWAN)}, "agreement-raiser-here")
        for event in (a.ANSWER_FOR, a.CONFIRM_ANSWER)
    ]
    + [(event, *bad) for event in (a.OPEN_ROUND, a.CONFIRM_ANSWER) for bad in _BAD_TERMS]
)  # fmt: skip


@pytest.mark.parametrize(("event", "odd", "code"), [*_WHO, *_GUARDS])
def test_who_may_not_and_what_does_not_hold_is_refused_in_every_state(
    event: str, odd: dict[str, object], code: str
) -> None:
    for state in (state for state in a.STATES if event in EXPECTED[state]):
        assert _code(state, event, replace(FITS[event], **odd)) == code  # type: ignore[arg-type]


def test_a_change_of_meaning_waits_while_another_version_is_under_way() -> None:
    moment = replace(_CHANGE, another=True)
    assert {_code(state, a.CONFIRM_MEANING, moment) for state in a.STANDING} == {"agreement-under-way"}
    assert step(a.AMEND, a.CONFIRM_MEANING, moment).begins == a.AMEND  # the one under way is this one


def test_a_version_under_way_rests_later_than_a_draft_lapses() -> None:
    moment = Moment(NOW, touched_at=NOW - a.RESTS_AFTER + SECOND)
    assert step(a.DRAFT, a.LAPSE, moment) == Step(a.NOTHING)
    assert _code(a.AMEND, a.LAPSE, moment) == "agreement-not-now"


@pytest.mark.parametrize(
    ("why", "odd", "after"),
    [
        ("a concern is open", {"concerns": 1}, a.AMEND),
        ("too few consents", {"consents": 2}, a.AMEND),
        ("no review date", {"terms": replace(TERMS, until=NOW, review_at=None)}, a.AMEND),
        (
            "its review date went by while the bot was away",
            {"terms": replace(TERMS, until=NOW, review_at=NOW)},
            a.AMEND,
        ),
        ("silence that nobody wrote of", {"consents": 0, "terms": replace(TERMS, until=NOW, silence=True)}, a.AMEND),
        (
            "silence, as the community wrote, but a concern is open",
            {
                "consents": 0,
                "concerns": 1,
                "terms": replace(TERMS, until=NOW, silence=True),
                "written": frozenset({a.SILENCE}),
            },
            a.AMEND,
        ),
        (
            "silence, as the community wrote",
            {"consents": 0, "terms": replace(TERMS, until=NOW, silence=True), "written": frozenset({a.SILENCE})},
            a.ADOPTED,
        ),
        (
            "silence, as the community wrote, in a round that does not count it",
            {"consents": 0, "written": frozenset({a.SILENCE})},
            a.AMEND,
        ),
        (
            "one consent, in a round that says one is enough",
            {"consents": 1, "terms": Terms(NOW, 1, NOW + DAY)},
            a.AMEND,
        ),
        ("the group lets it go", {"statements": 0, "terms": replace(TERMS, until=NOW, review_at=None)}, a.REPLACED),
        ("the group would let it go, but a concern is open", {"statements": 0, "concerns": 1}, a.AMEND),
        ("the group would let it go, with too few consents", {"statements": 0, "consents": 1}, a.AMEND),
    ],
)
def test_how_a_round_ends(why: str, odd: dict[str, object], after: str) -> None:
    came = step(a.CONSENT, a.CLOSE, replace(_OVER, **odd))  # type: ignore[arg-type]
    assert came == Step(after, "", "ends", displaces=after != a.AMEND), why


def test_a_round_that_lets_an_agreement_go_needs_no_review_date() -> None:
    moment = replace(_BY_ASH, statements=0, terms=replace(TERMS, review_at=None))
    assert step(a.AMEND, a.OPEN_ROUND, moment).next == a.CONSENT


def test_after_its_end_a_round_that_is_still_open_hears_concerns_but_no_consent() -> None:
    late = replace(_BY_ASH, now=TERMS.until + DAY)
    assert _code(a.CONSENT, a.TAKE_CONSENT, late) == "agreement-over"
    for event in (a.RAISE, a.TAKE_BACK, a.STAND_ASIDE, a.DECIDE_LATER):
        assert step(a.CONSENT, event, late).next == a.CONSENT


@pytest.mark.parametrize(
    ("why", "concern", "written", "may"),
    [
        ("they left", Concern(BIRCH, NOW, left=True), (), True),
        ("they are forgotten", Concern("", NOW), (), True),
        ("they are here", Concern(BIRCH, NOW - 99 * DAY), (), False),
        ("they are here, and what is written is of silence", Concern(BIRCH, NOW - 99 * DAY), (a.SILENCE,), False),
        ("they are here, but what is written lets two answer", Concern(BIRCH, NOW - 14 * DAY), (a.ANSWERING,), True),
        ("not so soon", Concern(BIRCH, NOW - 14 * DAY + SECOND), (a.ANSWERING,), False),
    ],
)
def test_when_two_members_may_answer_a_concern(why: str, concern: Concern, written: tuple[str, ...], may: bool) -> None:
    first = replace(_BY_ASH, concern=concern, written=frozenset(written))
    second = replace(first, concern=replace(concern, first=ROWAN))
    if may:
        assert step(a.CONSENT, a.ANSWER_FOR, first) == Step(a.CONSENT), why
        assert step(a.CONSENT, a.CONFIRM_ANSWER, second) == Step(a.CONSENT, "", "begins"), why
    else:
        assert _code(a.CONSENT, a.ANSWER_FOR, first) == "agreement-raiser-here", why
        assert _code(a.CONSENT, a.CONFIRM_ANSWER, second) == "agreement-raiser-here", why


@pytest.mark.parametrize(
    ("marked", "before", "after", "allowed", "allows", "meaning"),
    [
        (False, 3, 3, "", "", False),
        (False, 3, 4, "", "", False),
        (True, 3, 3, "", "", True),
        (False, 3, 0, "", "", True),
        (False, 0, 3, "", "", True),
        (False, 3, 3, "", a.SILENCE, True),
        (False, 3, 3, a.ANSWERING, "", True),
    ],
)
def test_what_changes_the_meaning(
    marked: bool, before: int, after: int, allowed: str, allows: str, meaning: bool
) -> None:
    assert of_meaning(marked=marked, before=before, after=after, allowed=allowed, allows=allows) is meaning


def test_what_is_agreed_together() -> None:
    assert {state for state in a.STATES if agreed(state, brought=False)} == {a.BROUGHT, a.ADOPTED, a.REVIEW}
    assert not any(agreed(state, brought=True) for state in a.STATES)


@pytest.mark.parametrize(
    ("consents", "aside", "others", "told"),
    [(4, 0, 0, None), (3, 1, 0, None), (0, 0, 4, None), (5, 0, 0, Totals(5, 0)), (3, 1, 1, Totals(3, 1))],
)
def test_of_a_small_round_only_the_outcome_is_told(consents: int, aside: int, others: int, told: Totals | None) -> None:
    assert totals(consents, aside, others) == told


# Whatever happens, in whatever order.

PEOPLE: Final = (ASH, BIRCH, ROWAN, "hazel")
_who = st.sampled_from(PEOPLE)
_some = st.booleans()


@dataclass
class Round:
    """A round as the group knows it, kept apart from the rule."""

    terms: Terms
    answers: dict[str, str] = field(default_factory=dict)


@dataclass
class Text:
    """A version, as the group knows it."""

    state: str
    author: str = ""
    number: int = 1
    statements: int = 1
    allows: str = ""
    brought: bool = False
    review_at: datetime | None = None
    touched_at: datetime = NOW


@dataclass
class Happened:
    """How a version came to stand."""

    consents: int
    terms: Terms
    concerns: int
    at: datetime
    written: frozenset[str]


class Life(RuleBasedStateMachine):
    """A group that does whatever it likes with one agreement."""

    def __init__(self) -> None:
        super().__init__()
        self.now = NOW
        self.standing: Text | None = None
        self.working: Text | None = None
        self.round: Round | None = None
        self.concerns: list[Concern] = []
        self.change: Change | None = None
        self.after = (1, "")  # what the change makes of it: statements, what it allows
        self.gone: set[str] = set()
        self.adopted: list[Happened] = []
        self.refused = 0

    # What the rule is shown.

    def written(self) -> frozenset[str]:
        if self.standing is None or not agreed(self.standing.state, brought=self.standing.brought):
            return frozenset()
        return frozenset({self.standing.allows} - {""})

    def moment(
        self, text: Text | None, by: str, *, concern: Concern | None = None, terms: Terms | None = None
    ) -> Moment:
        text = text or Text(a.NOTHING)
        answers = list(self.round.answers.values()) if self.round else []
        return Moment(
            self.now,
            by=by,
            moderates=by == ASH,
            asked=by != "" and by not in self.gone,
            author=text.author,
            number=text.number,
            statements=text.statements,
            allows=bool(text.allows),
            brought=text.brought,
            another=self.working is not None and text is not self.working,
            touched_at=text.touched_at,
            review_at=text.review_at,
            terms=terms or (self.round.terms if self.round else None),
            consents=answers.count("consent"),
            concerns=len(self.concerns),
            theirs=any(one.raiser == by for one in self.concerns),
            concern=concern,
            change=self.change,
            written=self.written(),
        )

    def happens(
        self, text: Text | None, event: str, by: str, *, concern: Concern | None = None, terms: Terms | None = None
    ) -> Step | None:
        """Let an event happen to a version, and do what the step says; None if it was refused."""
        moment = self.moment(text, by, concern=concern, terms=terms)
        try:
            came = step(text.state if text else a.NOTHING, event, moment)
        except Refusal:
            self.refused += 1
            return None
        if came.next == a.ADOPTED and event == a.CLOSE:
            assert self.round is not None
            counted = list(self.round.answers.values()).count("consent")
            self.adopted.append(Happened(counted, self.round.terms, len(self.concerns), self.now, self.written()))
        if came.displaces:
            self.standing = None
        if came.round == "ends":
            assert text is not None
            text.review_at = self.round.terms.review_at if self.round else None
            self.round = None
        if came.round == "begins":
            assert moment.terms is not None
            self.round = Round(moment.terms)
        if text is not None:
            text.state, text.touched_at = came.next, self.now
            if text is self.working and came.next not in {a.DRAFT, *a.UNDER_WAY}:
                self.standing = text if came.next in a.STANDING else self.standing
                self.working = None
                self.concerns = self.concerns if came.begins else []
            if text is self.standing and came.next == a.REPLACED:
                self.standing = None
        return came

    def begin(self, text: Text, came: Step, by: str, statements: int, allows: str) -> None:
        """Let a new version begin, as the step says."""
        self.change = None
        new = replace(text, state=came.begins, number=text.number + 1, statements=statements, allows=allows)
        if came.begins in a.STANDING:
            self.standing = new
        else:
            if came.next in a.STANDING:
                new.author, new.brought = by, False
            self.working = new

    # What the group does.

    @rule(by=_who, allows=st.sampled_from(("", *a.WRITTEN)))
    def propose(self, by: str, allows: str) -> None:
        if self.standing is None and self.working is None and self.happens(None, a.PROPOSE, by):
            self.working = Text(a.DRAFT, by, allows=allows, touched_at=self.now)

    @rule(by=_who, days=st.integers(-1, 400))
    def bring_in(self, by: str, days: int) -> None:
        text = Text(a.NOTHING, brought=True, review_at=self.now + days * DAY)
        if self.standing is None and self.working is None and self.happens(text, a.BRING_IN, by):
            self.standing = text

    @initialize(allows=st.sampled_from(("", a.SILENCE, a.ANSWERING)), moderators=_some)
    def begin_somehow(self, allows: str, moderators: bool) -> None:
        """Something is there to work on: else most groups would try what is refused, and little else."""
        if moderators:
            self.bring_in(ASH, 90)
            self.look_again(BIRCH, a.TAKE_UP)
        else:
            self.propose(ASH, allows)
            self.move_on(ASH, a.SHARE)

    @precondition(lambda self: self.working is not None)
    @rule(by=_who, event=st.sampled_from((a.REWRITE, a.DROP, a.SHARE, a.DISCUSS, a.ASK, a.WITHDRAW)))
    def move_on(self, by: str, event: str) -> None:
        self.happens(self.working, event, by)

    @precondition(lambda self: self.working is not None)
    @rule(
        by=_who, days=st.integers(0, 31), needs=st.integers(0, 4), review=st.none() | st.integers(0, 400), silence=_some
    )
    def open_any_round(self, by: str, days: int, needs: int, review: int | None, silence: bool) -> None:
        at = None if review is None else self.now + review * DAY
        self.happens(self.working, a.OPEN_ROUND, by, terms=Terms(self.now + days * DAY, needs, at, silence=silence))

    @precondition(lambda self: self.working is not None and self.working.state in {a.QUESTIONS, a.AMEND})
    @rule(by=_who, needs=st.integers(2, 4))
    def open_a_round(self, by: str, needs: int) -> None:
        silence = a.SILENCE in self.written()
        terms = Terms(self.now + 7 * DAY, needs, self.now + 90 * DAY, silence=silence)
        self.happens(self.working, a.OPEN_ROUND, by, terms=terms)

    @precondition(lambda self: self.round is not None)
    @rule(by=_who, event=st.sampled_from((a.TAKE_CONSENT, a.STAND_ASIDE, a.DECIDE_LATER, a.TAKE_BACK)))
    def answer(self, by: str, event: str) -> None:
        if self.happens(self.working, event, by):
            assert self.round is not None
            self.round.answers.pop(by, None)
            if event != a.TAKE_BACK:
                self.round.answers[by] = event

    @precondition(lambda self: self.round is not None)
    @rule(many=st.integers(1, 4))
    def consent_together(self, many: int) -> None:
        for by in PEOPLE[:many]:
            self.answer(by, a.TAKE_CONSENT)

    @precondition(lambda self: self.round is not None)
    @rule(late=st.sampled_from((0, 0, 0, 100)), by=st.none() | _who)
    def the_round_ends(self, late: int, by: str | None) -> None:
        """The round's end comes, maybe while the bot is away; somebody may be heard before it is closed."""
        assert self.round is not None
        self.now = max(self.now, self.round.terms.until + late * DAY)
        if by is not None:
            self.raise_a_concern(by)
        self.happens(self.working, a.CLOSE, "")

    @precondition(lambda self: self.working is not None and self.working.state in {a.QUESTIONS, a.AMEND})
    @rule(needs=st.integers(2, 4), many=st.integers(1, 4), by=st.none() | _who, late=st.sampled_from((0, 0, 100)))
    def ask_everybody(self, needs: int, many: int, by: str | None, late: int) -> None:
        """A whole round, with a concern or without."""
        self.open_a_round(ASH, needs)
        if self.round is not None:
            self.consent_together(many)
            self.the_round_ends(late, by)

    @precondition(lambda self: self.round is not None)
    @rule(by=_who)
    def raise_a_concern(self, by: str) -> None:
        if self.happens(self.working, a.RAISE, by):
            self.concerns.append(Concern(by, self.now, left=by in self.gone))

    @precondition(lambda self: self.concerns)
    @rule(by=_who, which=st.integers(0, 3))
    def let_go(self, by: str, which: int) -> None:
        concern = self.concerns[which % len(self.concerns)]
        if self.happens(self.working, a.LET_GO, by, concern=concern):
            assert concern.raiser == by
            self.concerns.remove(concern)

    @precondition(lambda self: self.concerns)
    @rule(together=_some)
    def leave_with_a_concern(self, together: bool) -> None:
        """Whoever raised a concern leaves, and others answer it, or try to."""
        raiser = self.concerns[0].raiser
        if raiser and raiser not in self.gone:
            self.leave_or_come_back(raiser)
        first, second = [by for by in PEOPLE if by != raiser][:2]
        self.answer_for(first, 0, a.ANSWER_FOR)
        self.answer_for(second if together else first, len(self.concerns) - 1, a.CONFIRM_ANSWER)

    @precondition(lambda self: self.concerns)
    @rule(by=_who, which=st.integers(0, 3), event=st.sampled_from((a.ANSWER_FOR, a.CONFIRM_ANSWER)))
    def answer_for(self, by: str, which: int, event: str) -> None:
        concern = self.concerns[which % len(self.concerns)]
        terms = Terms(self.now + 7 * DAY, 2, self.now + 90 * DAY)
        if self.happens(self.working, event, by, concern=concern, terms=terms):
            self.concerns.remove(concern)
            if event == a.ANSWER_FOR:
                self.concerns.append(replace(concern, first=by))
            else:
                assert len({by, concern.first, concern.raiser, ""}) == 4 or not concern.raiser
                assert concern.left or not concern.raiser or a.ANSWERING in self.written()

    @rule(
        by=_who, on_standing=_some, marked=_some, statements=st.integers(0, 2), allows=st.sampled_from(("", *a.WRITTEN))
    )
    def suggest(self, by: str, on_standing: bool, marked: bool, statements: int, allows: str) -> None:
        text = self.standing if on_standing else self.working
        if text is not None:
            meaning = of_meaning(
                marked=marked, before=text.statements, after=statements, allowed=text.allows, allows=allows
            )
            before, self.change = self.change, Change(by, text.number, meaning)
            if self.happens(text, a.SUGGEST, by):
                self.after = (statements, allows)
            else:
                self.change = before

    @precondition(lambda self: self.change is not None)
    @rule(by=_who, on_standing=_some, event=st.sampled_from((a.CONFIRM_WORDING, a.CONFIRM_MEANING)))
    def confirm(self, by: str, on_standing: bool, event: str) -> None:
        text = self.standing if on_standing else self.working
        change = self.change
        if text is not None and (came := self.happens(text, event, by)):
            assert change is not None
            assert change.author != by
            assert event == a.CONFIRM_MEANING or not change.meaning
            self.begin(text, came, change.author, *self.after)

    @precondition(lambda self: self.standing is not None)
    @rule(by=_who, event=st.sampled_from((a.TAKE_UP, a.TAKE_OUT)))
    def look_again(self, by: str, event: str) -> None:
        text = self.standing
        assert text is not None
        if (came := self.happens(text, event, by)) and came.begins:
            self.begin(text, came, by, text.statements, text.allows)

    @rule(by=_who)
    def leave_or_come_back(self, by: str) -> None:
        self.gone ^= {by}
        self.concerns = [replace(one, left=one.raiser in self.gone) for one in self.concerns]

    @rule(by=_who)
    def forget(self, by: str) -> None:
        self.concerns = [replace(one, raiser="") if one.raiser == by else one for one in self.concerns]

    @rule(days=st.sampled_from((0, 1, 2, 7, 30, 100, 400)))
    def time_passes(self, days: int) -> None:
        """Time passes, and what it asks for happens."""
        self.now += days * DAY
        for text, events in ((self.working, (a.CLOSE, a.LAPSE)), (self.standing, (a.COME_DUE,))):
            for event in events:
                if text is not None:
                    self.happens(text, event, "")

    # What holds after every step.

    @invariant()
    def nothing_was_adopted_past_anybody(self) -> None:
        for how in self.adopted:
            assert how.concerns == 0
            assert how.terms.review_at is not None
            assert how.terms.review_at > how.at >= how.terms.until
            silent = how.terms.silence and a.SILENCE in how.written
            assert silent or how.consents >= max(2, how.terms.needs)

    @invariant()
    def a_round_is_open_only_in_a_consent_round(self) -> None:
        assert (self.round is not None) == (self.working is not None and self.working.state == a.CONSENT)

    @invariant()
    def at_most_one_stands_and_one_is_under_way(self) -> None:
        assert self.standing is None or self.standing.state in a.STANDING
        assert self.working is None or self.working.state in {a.DRAFT, *a.UNDER_WAY}

    @invariant()
    def what_was_brought_in_never_passes_for_agreed(self) -> None:
        if self.standing is not None and self.standing.state == a.ADOPTED:
            assert not self.standing.brought
            assert self.adopted


def test_no_path_leads_past_a_concern_past_too_few_consents_or_past_a_review_date() -> None:
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=150, stateful_step_count=40, deadline=None, suppress_health_check=[HealthCheck.too_slow]
        ),
    )


def test_the_path_itself_is_there_to_be_found() -> None:
    life = Life()
    life.propose(ASH, "")
    life.move_on(ASH, a.SHARE)
    life.open_a_round(BIRCH, 3)
    life.consent_together(4)
    life.raise_a_concern(ROWAN)
    life.time_passes(7)
    assert life.working is not None
    assert life.working.state == a.AMEND
    life.open_a_round(BIRCH, 3)
    life.let_go(ROWAN, 0)
    life.consent_together(4)
    life.time_passes(7)
    assert life.standing is not None
    assert life.standing.state == a.ADOPTED
    assert len(life.adopted) == 1
    life.time_passes(100)
    assert life.standing.state == a.REVIEW


def test_the_page_prints_the_table_by_which_the_bot_works() -> None:
    assert printed() == table(), "python -m tests.agreement_table writes it"

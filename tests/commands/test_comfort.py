"""How one feels about meeting a word: shown to oneself alone, cleared one by one or all, and honoured."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.commands.desk import MODERATOR, STRANGER, Desk, Shown, desk

WORDS = ("night shifts", "a loss", "new in town")
QUESTION, MET = "peer-question", "peer-introduced"


@pytest.fixture
async def there(tmp_path: Path) -> AsyncIterator[Desk]:
    async with desk(tmp_path) as opened:
        await opened.ask(MODERATOR, "setup words", here=True, word_list="\n".join(WORDS))
        yield opened


def marks(shown: Shown) -> list[tuple[object, object]]:
    """Return the marks in a list: the word and what was said of it."""
    return [(str(line.facts["word"].words), line.facts["mark"]) for line in shown.texts if line.id == "peer-mark"]  # type: ignore[union-attr]


async def test_one_sees_ones_own_marks_and_nobody_elses(there: Desk) -> None:
    none = await there.ask("birch", "peer words")
    assert none.ids == ("peer-marks-none",)
    assert none.actions == ("peer.mark",)
    assert there.rows()["member"] == (), "to look is no yes"
    assert "peer-word-marked" in await there.ask("birch", "peer words", word="a loss", mark="ask")
    await there.ask("birch", "peer words", word="Night Shifts", mark="not")
    mine = await there.ask("birch", "peer words")
    assert marks(mine) == [("night shifts", "not"), ("a loss", "ask")], "in the community's order"
    assert mine.actions == ("peer.clear", "peer.clear", "peer.clear-all", "peer.mark")
    assert await there.ask("birch", "peer words", word="a loss") == mine, "half a mark changes nothing"
    assert "peer-marks-none" in await there.ask("alder", "peer words")


async def test_the_form_marks_a_word(there: Desk) -> None:
    form = await there.form(
        "birch", "peer.mark", subject=(await there.ask("birch", "peer words")).choice("peer.mark").subject
    )
    assert [field.name for field in form.fields] == ["word", "mark"]
    assert [option.label.facts["word"].words for option in form.fields[0].options] == list(WORDS)  # type: ignore[union-attr]
    told = await there.ask("birch", "peer.mark", subject=form.subject, word=form.fields[0].options[2].value, mark="not")
    shown = await there.press("birch", told, "peer words")
    assert marks(shown) == [("new in town", "not")]


async def test_one_mark_is_cleared_and_the_others_are_kept(there: Desk) -> None:
    for word in WORDS:
        await there.ask("birch", "peer words", word=word, mark="not")
    shown = await there.ask("birch", "peer words")
    second = [choice for choice in shown.card.choices if choice.action == "peer.clear"][1] if shown.card else None
    assert second is not None
    told = await there.press("birch", shown, "peer.clear", second.subject)
    assert (told.ids, told.actions) == (("peer-word-marked",), ("peer words",))
    assert marks(await there.ask("birch", "peer words")) == [("night shifts", "not"), ("new in town", "not")]
    before = there.rows()
    assert "peer-mark-missing" in await there.press("birch", shown, "peer.clear", second.subject)
    assert "peer-mark-missing" in await there.press("alder", shown, "peer.clear")
    assert there.rows() == before


async def test_all_marks_are_cleared_with_one_tap(there: Desk) -> None:
    for name in ("birch", "alder"):
        for word in WORDS:
            await there.ask(name, "peer words", word=word, mark="ask")
    shown = await there.ask("birch", "peer words")
    assert "peer-marks-cleared" in await there.press("birch", shown, "peer.clear-all")
    assert "peer-marks-none" in await there.ask("birch", "peer words")
    assert len(marks(await there.ask("alder", "peer words"))) == len(WORDS)
    assert "peer-mark-missing" in await there.press("birch", shown, "peer.clear-all")
    assert "peer-mark-missing" in await there.press(STRANGER, shown, "peer.clear-all")


async def test_a_community_without_words_has_nothing_to_mark(tmp_path: Path) -> None:
    async with desk(tmp_path) as there:
        assert (await there.ask("birch", "peer words")).actions == ()


@pytest.mark.parametrize(("mark", "asked"), [("welcome", False), ("ask", True)])
async def test_ask_me_first_leads_to_a_question_before_an_introduction(there: Desk, mark: str, asked: bool) -> None:
    await there.ask("birch", "peer words", word="a loss", mark=mark)
    await there.ask("alder", "peer light on", hours="6", words=("a loss",))
    await there.ask("birch", "peer request", span="1d")
    question = next(shown for shown in there.sent_to("alder") if QUESTION in shown)
    await there.press("alder", question, "peer.yes")
    assert (not any(MET in shown for shown in there.sent_to("birch"))) is asked
    await there.wind(minutes=25)
    own = [shown for shown in there.sent_to("birch") if QUESTION in shown]
    assert bool(own) is asked
    if asked:
        assert not any(MET in shown for shown in there.sent_to("alder")), "nobody is named before both said yes"
        await there.press("birch", own[0], "peer.yes")
    for name in ("birch", "alder"):
        assert sum(MET in shown for shown in there.sent_to(name)) == 1


async def test_ask_me_first_is_asked_also_where_the_candidate_marked_the_word(there: Desk) -> None:
    await there.ask("alder", "peer words", word="a loss", mark="ask")
    await there.ask("alder", "peer light on", hours="6")
    await there.ask("birch", "peer request", span="1d", words=("a loss",))
    (question,) = [shown for shown in there.sent_to("alder") if QUESTION in shown]
    assert "a loss" in question.words
    assert not any(MET in shown for name in ("birch", "alder") for shown in there.sent_to(name))
    await there.wind(hours=2)
    assert not any(MET in shown for name in ("birch", "alder") for shown in there.sent_to(name)), (
        "without a yes, nothing"
    )

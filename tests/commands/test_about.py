"""What the bot is, what it keeps, where else to turn, and the one answer to everything else."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.contract.text import Plain, Text, Voice, text
from bot.i18n import Fluent
from bot.store.lifetimes import Lifetimes
from commands.about import FREE_TEXT, privacy_page
from tests.commands.desk import MODERATOR, STRANGER, Desk, desk

SPEAKER = Fluent()


def _words(lines: tuple[Text, ...], world: Desk, locale: str = "en") -> str:
    return "\n".join(SPEAKER.say(line, Voice(locale), world.now, Plain(lambda who: who.id)) for line in lines)


# --- The one answer -----------------------------------------------------------------------------------------------


async def test_whatever_is_not_understood_gets_the_same_answer(world: Desk) -> None:
    answers = set()
    for name in ("birch", MODERATOR, STRANGER):
        for here in (False, True):
            for command in ("about.unknown", "no such thing", "peer.nothing"):
                answers.add((await world.ask(name, command, here=here)).lines)
    assert len(answers) == 1
    (answer,) = answers
    assert "nobody was told" in answer[0]
    assert "/elsewhere" in answer[0]


async def test_it_is_the_same_with_and_without_anything_kept(world: Desk) -> None:
    before = await world.ask("birch", "about.unknown")
    await world.ask("birch", "mine called", called="Birke")
    await world.ask("birch", "peer pause", day="3")
    assert (await world.ask("birch", "about.unknown")).lines == before.lines


async def test_an_old_button_says_so_and_does_nothing(world: Desk) -> None:
    before = world.rows()
    shown = await world.ask("birch", "about.old-button", subject="whatever")
    assert shown.ids == ("about-old-button",)
    assert world.rows() == before


@pytest.mark.parametrize("name", ["birch", MODERATOR, STRANGER])
async def test_about_says_what_it_is(world: Desk, name: str) -> None:
    shown = await world.ask(name, "about")
    assert "a program" in shown.words
    assert set(shown.actions) == {"help", "about privacy", "elsewhere"}


# --- Elsewhere ----------------------------------------------------------------------------------------------------


async def test_elsewhere_is_the_same_for_everyone_in_the_community(world: Desk) -> None:
    nothing = await world.ask("birch", "elsewhere")
    assert nothing.ids == ("elsewhere-nothing",)
    await world.ask(MODERATOR, "setup elsewhere", here=True, elsewhere="Night line 123\nhttps://example.org/help")
    answers = {(await world.ask(name, "elsewhere")).lines for name in ("birch", "alder", MODERATOR)}
    answers.add((await world.ask("rowan", "elsewhere", here=True)).lines)
    assert len(answers) == 1
    assert answers.pop()[1:] == ("• Night line 123", "• https://example.org/help")


async def test_elsewhere_of_a_space_that_is_not_set_up_says_so(bare: Desk) -> None:
    assert (await bare.ask("birch", "elsewhere", here=True)).ids == ("elsewhere-nothing",)
    assert (await bare.ask(STRANGER, "elsewhere")).ids == ("elsewhere-nothing",)


async def test_elsewhere_makes_no_row(world: Desk) -> None:
    before = world.rows()
    await world.ask("birch", "elsewhere")
    assert world.rows() == before


# --- Privacy ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("locale", SPEAKER.locales)
async def test_privacy_names_every_table_and_every_column_the_database_really_has(world: Desk, locale: str) -> None:
    lines = await world.read(lambda tx: privacy_page(tx, {"local": ()}))
    columns = await world.read(lambda tx: tx.columns())
    said = {line.facts["table"].id: line for line in lines if line.id == "privacy-table"}  # type: ignore[union-attr]
    assert set(said) == {f"table-{table}" for table in columns}
    real = set(world.rows()) | {"seen"}
    assert {table for table in real if not table.startswith(("alembic", "migration"))} <= set(columns)
    for table, names in columns.items():
        line = said[f"table-{table}"]
        assert line.facts["columns"] == tuple(text(f"column-{name}") for name in names)
    page = _words(lines, world, locale)
    for missing in ("table-", "column-", "lifetime-", "privacy-", "{$"):
        assert missing not in page


async def test_privacy_says_every_lifetime_as_it_is(world: Desk) -> None:
    lines = await world.read(lambda tx: privacy_page(tx, {"local": ()}))
    page = _words(lines, world)
    lifetimes = await world.read(lambda tx: tx.lifetimes())
    assert lifetimes
    for lifetime in lifetimes:
        assert _words((Text(lifetime.text, lifetime.facts),), world) in page


async def test_a_lifetime_that_is_configured_otherwise_is_said_otherwise(world: Desk, tmp_path: Path) -> None:
    usual = (await world.ask("birch", "about privacy")).lines
    folder = tmp_path / "other"
    folder.mkdir(mode=0o700)
    shorter = Lifetimes(seen=timedelta(days=3), marks=timedelta(days=5), backups=timedelta(days=5))
    async with desk(folder, lifetimes=shorter) as other:
        told = (await other.ask("birch", "about privacy")).lines
        await other.ask("birch", "mine limits", budget="1")
        assert "9 March" in (await other.ask("birch", "mine.forget-yes")).words
    assert len(told) == len(usual)
    assert 1 <= sum(one != another for one, another in zip(usual, told, strict=True)) <= 3
    assert "3 days" in "".join(one for one in told if one not in usual)
    assert "5 days" in "".join(one for one in told if one not in usual)


async def test_privacy_names_the_free_text_and_no_other(world: Desk) -> None:
    shown = await world.ask("birch", "about privacy")
    for table, column in FREE_TEXT:
        assert (await world.read(lambda tx: tx.columns()))[table].count(column) == 1
        assert f"table-{table}" in shown
        assert f"column-{column}" in shown


async def test_privacy_says_that_private_lists_are_their_owners(world: Desk) -> None:
    assert "privacy-apart" in await world.ask(STRANGER, "about privacy")


async def test_privacy_speaks_of_the_platforms_that_run(world: Desk) -> None:
    shown = await world.ask("birch", "about privacy")
    assert "privacy-platform-local" in shown
    assert "privacy-platform-discord" not in shown


async def test_privacy_says_what_each_platform_keeps_right_after_the_platform_itself(world: Desk) -> None:
    shown = await world.ask("birch", "about privacy")
    assert shown.ids[shown.ids.index("privacy-platform-local") + 1] == "keeps-local"
    lines = await world.read(lambda tx: privacy_page(tx, {"matrix": (text("keeps-a"),), "discord": (text("keeps-b"),)}))
    told = [line.id for line in lines if line.id.startswith(("privacy-platform", "keeps"))]
    assert told == ["privacy-platform-discord", "keeps-b", "privacy-platform-matrix", "keeps-a"]


async def test_privacy_is_the_same_for_everyone_and_makes_no_row(world: Desk) -> None:
    before = world.rows()
    pages = {(await world.ask(name, "about privacy")).lines for name in ("birch", MODERATOR, STRANGER)}
    assert len(pages) == 1
    assert world.rows() == before

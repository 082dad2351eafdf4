"""Help: one screen, and one for each feature."""

import pytest

from commands import CATALOGUE
from commands.help import PARTS
from tests.commands.desk import MODERATOR, STRANGER, Desk


@pytest.mark.parametrize("name", ["birch", MODERATOR, STRANGER])
async def test_help_fits_one_screen_and_makes_no_row(world: Desk, name: str) -> None:
    before = world.rows()
    shown = await world.ask(name, "help")
    assert len(shown.lines) <= 12
    assert max(map(len, shown.lines)) <= 120
    assert shown.actions == ("help",) * len(PARTS)
    assert world.rows() == before


async def test_every_typed_command_is_in_the_help_of_its_feature_once(world: Desk) -> None:
    found: list[str] = []
    for part in PARTS:
        typed = await world.ask("birch", "help", feature=part)
        pressed = await world.press("birch", await world.ask("birch", "help"), "help", part)
        assert typed.lines == pressed.lines
        found += [line.split(" \N{EN DASH} ")[0] for line in typed.lines[1:] if " \N{EN DASH} " in line]
        assert "command-" not in typed.words
    assert sorted(found) == sorted(
        f"/{name}" for name, command in CATALOGUE.commands.items() if command.typed and name != "help"
    )


async def test_help_leads_back(world: Desk) -> None:
    shown = await world.ask("birch", "help", feature="mine")
    back = await world.press("birch", shown, "help")
    assert back.ids[0] == "help-title"


async def test_help_with_something_else_is_refused(world: Desk) -> None:
    assert "refusal-option-unknown" in await world.ask("birch", "help", feature="everything")

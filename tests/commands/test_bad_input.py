"""The lines of the bad-input list that fit the fields of these commands, through dispatch.

Each gets one kind sentence or is cleaned into something harmless; a refusal changes nothing; and nothing of what was
typed is in any log.
"""

import io
import logging
import unicodedata
from collections.abc import Iterator

import pytest

from bot.contract.params import OfDay, Pick, Picks, Roles, Whole, Words, YesNo, Zone, params
from bot.logs import setup
from commands import CATALOGUE
from tests.commands.desk import MODERATOR, Desk

MARK = "Zq7xWv"
"""Stands in everything typed here that can hold it; it must not be in any log."""

EMPTY = {
    "empty": "",
    "white space": " \t  ",
    "zero width": "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff",
    "bidi alone": "\u202e\u2066\u2069",
    "nul": "\0",
    "controls": "\x01\x1b\x7f\x85\x9b",
    "marks alone": "\u0301" * 20,
    "lone surrogate": "\ud800",
    "tag characters": "\U000e0041\U000e007f",
    "line ends": "\r\n\u2028\u2029\x85",
}
"""Nothing anyone could read."""

LONG = {
    "2,001": MARK + "x" * 1_995,
    "4,001": MARK + "x" * 3_995,
    "6,001": MARK + "x" * 5_995,
    "20,001": MARK + "x" * 19_995,
    "1 MiB": MARK + "x" * (1 << 20),
    "four-byte emoji over the limit": MARK + "\U0001f333" * 120,
    "2,000 marks on a letter, and letters": MARK + "e" + "\u0301" * 2_000 + "x" * 300,
}
"""Over every limit."""

HARMLESS = {
    "right-to-left override": MARK + "\u202egnirts",
    "unbalanced isolate": "\u2067" + MARK,
    "escape": MARK + "\x1b[31m",
    "a family": "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466 " + MARK,
    "a flag": "\U0001f1ea\U0001f1fa " + MARK,
    "cyrillic look-alikes": "\u0440\u0435\u0435r " + MARK,
    "dotless i": "\u0131\u0130 " + MARK,
    "everyone": "@everyone " + MARK,
    "role": "<@&1> <@!2> <#3> </ask:4>",
    "timestamp": "<t:9999999999999:R>",
    "fence": "```\n" + MARK + "```",
    "masked link": f"[{MARK}](https://a.b)",
    "html": f"<img src=x>{MARK}",
    "a letter and many marks": MARK + "e" + "\u0301" * 100,
    "placeable": "{ $words } " + MARK,
}
"""Fit to be shown once it is cleaned."""

ZONES = (
    "EST", "IST", "Etc/GMT+5", "localtime", "../../etc/passwd", "/etc/localtime", "x" * 300, "UTC+2", "Berlin",
    "Europe/", MARK, "\0", "Europe/Berlin\n" + MARK,
)  # fmt: skip
TIMES = (
    "24:00", "23:60", "12am", "noon", "tomorrow 7", "-1:00", "7", "7:0", "07:00:00", "\u0660\u0667:\u0660\u0660",
    "1e9", "NaN", MARK, "\0",
)  # fmt: skip
NUMBERS = ("-5", "1e9", "NaN", "inf", "\u0663", "3.5", "0x3", "99999999999999999999", "9" * 5_000, MARK, "3\0")
PICKS = (MARK, "YES", "text ", "../x", "\0", "x" * 300)

FIELDS = [
    (command.name, declared)
    for command in CATALOGUE.all_commands
    if command.name.startswith(("mine", "setup", "help", "about", "elsewhere"))
    for declared in params(command.args)
]


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything that is logged, at every level."""
    stream = io.StringIO()
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    setup("DEBUG", stream)
    yield stream
    root.handlers[:], root.level = before, level


def _fields(*kinds: type) -> list[tuple[str, str]]:
    return [(command, declared.name) for command, declared in FIELDS if isinstance(declared.kind, kinds)]


async def _refused(world: Desk, log: io.StringIO, command: str, field: str, *inputs: str) -> None:
    before = world.rows()
    for typed in inputs:
        shown = await world.ask(MODERATOR, command, {field: typed}, here=True)
        assert len(shown.texts) == 1, (typed, shown.ids)
        assert shown.ids[0].startswith("refusal-"), (typed, shown.ids)
        assert shown.words != shown.ids[0]
        assert MARK not in shown.words
    assert world.rows() == before
    assert MARK not in log.getvalue()


def test_every_kind_of_field_is_tried() -> None:
    tried = Words | Zone | OfDay | Whole | Pick | Picks | Roles | YesNo
    assert all(isinstance(declared.kind, tried) for _, declared in FIELDS)
    assert len(_fields(Words)) >= 3


@pytest.mark.parametrize(("command", "field"), _fields(Words))
async def test_nothing_to_read_is_refused(world: Desk, log: io.StringIO, command: str, field: str) -> None:
    await _refused(world, log, command, field, *EMPTY.values())


@pytest.mark.parametrize(("command", "field"), _fields(Words))
async def test_too_long_is_refused(world: Desk, log: io.StringIO, command: str, field: str) -> None:
    await _refused(world, log, command, field, *LONG.values())


@pytest.mark.parametrize(("command", "field"), _fields(Words))
async def test_the_rest_is_cleaned_shown_back_and_never_logged(
    world: Desk, log: io.StringIO, command: str, field: str
) -> None:
    for typed in HARMLESS.values():
        before = world.rows()
        shown = await world.send(world.intent(MODERATOR, command, {field: typed}, here=True))
        assert shown.ids == ("draft-shown",)
        assert world.rows() == before
        saved = await world.press(MODERATOR, shown, "draft.use", here=True)
        assert saved.ids[0] in {"mine-saved", "setup-saved"}
        for line in saved.lines:
            assert not any(unicodedata.category(letter) in {"Cc", "Cs", "Zl", "Zp"} for letter in line)
            assert not set(line) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067")
            assert "\u0301" * 9 not in line
    assert MARK not in log.getvalue()


async def test_one_title_composed_or_not_is_one_word(world: Desk) -> None:
    await world.ask(MODERATOR, "setup words", here=True, word_list="cafe\u0301\ncaf\u00e9")
    community = await world.community()
    assert [one.words for one in await world.read(lambda tx: tx.communities.words(community))] == ["caf\u00e9"]


@pytest.mark.parametrize(("command", "field"), _fields(Zone))
async def test_zones(world: Desk, log: io.StringIO, command: str, field: str) -> None:
    await _refused(world, log, command, field, *ZONES)


@pytest.mark.parametrize("typed", ["america/new_york", "Europe/Kiev", "america/new york", "utc"])
async def test_zones_as_people_write_them(world: Desk, typed: str) -> None:
    assert "mine-saved" in await world.ask("birch", "mine language", zone=typed)


@pytest.mark.parametrize(("command", "field"), _fields(OfDay))
async def test_times(world: Desk, log: io.StringIO, command: str, field: str) -> None:
    await _refused(world, log, command, field, *TIMES)


@pytest.mark.parametrize(("command", "field"), _fields(Whole))
async def test_numbers(world: Desk, log: io.StringIO, command: str, field: str) -> None:
    await _refused(world, log, command, field, *NUMBERS)


@pytest.mark.parametrize(("command", "field"), _fields(Pick, Picks, YesNo))
async def test_picks(world: Desk, log: io.StringIO, command: str, field: str) -> None:
    await _refused(world, log, command, field, *PICKS)


@pytest.mark.parametrize("command", sorted({command for command, _ in FIELDS}))
async def test_a_word_for_which_there_is_no_parameter(world: Desk, log: io.StringIO, command: str) -> None:
    await _refused(world, log, command, "more", MARK)

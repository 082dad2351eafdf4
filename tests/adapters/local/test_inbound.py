import pytest

from adapters.local.inbound import LONGEST, UNKNOWN, line
from bot.contract.params import Raw, params, values
from bot.contract.place import Member
from bot.domain.errors import Refusal
from tests.adapters.local.fakes import CATALOGUE

ROWAN = Member("local", "rowan")


def who(shown: str) -> Member | None:
    return ROWAN if shown.casefold() == "rowan" else None


@pytest.mark.parametrize(
    ("typed", "command", "args"),
    [
        ("/peer light on", "peer light on", {}),
        ("/peer light on 4", "peer light on", {"hours": "4"}),
        ("  /  PEER   Light on  hours=4 ", "peer light on", {"hours": "4"}),
        ("/peer light on 4 5", "peer light on", {"hours": "4", "more": "more"}),
        ("/peer light off please", "peer light off", {"more": "more"}),
        ("/peer apart Rowan", "peer apart", {"member": ROWAN}),
        ("/peer apart @rowan no", "peer apart", {"member": ROWAN, "sure": "no"}),
        ("/peer apart sure=no Rowan", "peer apart", {"sure": "no", "member": ROWAN}),
        ("/peer apart nobody", "peer apart", {"member": "nobody"}),
        ('/peer apart "Rowan"', "peer apart", {"member": ROWAN}),
        ("/peer ask en,de", "peer ask", {"languages": ("en", "de")}),
        ("/peer ask en after nine, if you like", "peer ask", {"languages": ("en",), "note": "after nine, if you like"}),
        ('/peer ask note="a = b" en', "peer ask", {"note": "a = b", "languages": ("en",)}),
        ("/peer ask en a=b", "peer ask", {"languages": ("en",), "note": "a=b"}),
        ('/peer ask note="never closed', "peer ask", {"note": "never closed"}),
        ("/peer ask note=", "peer ask", {"languages": ("note=",)}),
    ],
)
def test_words_stand_in_order_or_by_name(typed: str, command: str, args: dict[str, Raw]) -> None:
    read = line(typed, CATALOGUE, who)
    assert (read.command, dict(read.args)) == (command, args)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "/",
        "   ",
        "hello, are you there?",
        "/peer",
        "/peer asking",
        "/peer.yes",
        "/peer yes abc",
        "/about.unknown",
        "\u200b\u200f\u2060\ufeff",
        "\u202e/peer ask",
        "\x00\x1b[31m",
        "/p\u0435er ask",
        "/peer ask" + "x" * LONGEST,
        "/" * 5_000,
        "a\u0301" * 2_000,
    ],
)
def test_what_is_not_a_command_is_unknown_and_its_words_go_no_further(typed: str) -> None:
    read = line(typed, CATALOGUE, who)
    assert read.command == UNKNOWN
    assert not read.args


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("/peer light on \u0664", "number-between"),
        ("/peer light on -5", "number-between"),
        ("/peer light on 1e9", "number-between"),
        ("/peer light on NaN", "number-between"),
        ("/peer light on inf", "number-between"),
        ("/peer light on 99999999999999999999", "number-between"),
        ("/peer light on 4 and more", "param-unknown"),
        ("/peer apart", "param-missing"),
        ("/peer apart <@!1>", "member-unknown"),
        ("/peer apart <script>", "member-unknown"),
        ("/peer apart @everyone", "member-unknown"),
        ("/peer apart Rowan maybe", "option-unknown"),
        ("/peer ask tlh", "option-unknown"),
        ("/peer ask en \u200b\u200b", "words-empty"),
        ("/peer ask en " + "x" * 101, "words-long"),
        ("/peer ask en " + "\U0001f3ee" * 51, "words-long"),
    ],
)
def test_what_does_not_fit_is_refused_by_a_rule(typed: str, code: str) -> None:
    read = line(typed, CATALOGUE, who)
    with pytest.raises(Refusal) as refused:
        values(CATALOGUE.commands[read.command].args, read.args)
    assert refused.value.code == code


def test_every_typed_command_is_read_by_its_own_name() -> None:
    for command in CATALOGUE.all_commands:
        if command.typed:
            assert line(f"/{command.name}", CATALOGUE, who).command == command.name
            assert {one.name for one in params(command.args)} >= set(line(f"/{command.name}", CATALOGUE, who).args)


def test_what_was_typed_is_in_no_repr() -> None:
    assert "after nine" not in repr(line("/peer ask en after nine", CATALOGUE, who))

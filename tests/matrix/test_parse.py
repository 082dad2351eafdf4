"""What people type, read: forgiving of how it is written, and deaf to everything else."""

import re
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import adapters.matrix
from adapters.matrix.heard import LONGEST_BODY, words_of
from adapters.matrix.parse import WORDS, Word, keycap, line, member, number, waves, word
from bot.contract.params import Raw, params, values
from bot.contract.place import Member
from bot.contract.typed import UNKNOWN
from bot.domain.errors import Refusal
from bot.i18n import Fluent
from commands import CATALOGUE
from tests.adapters.local.fakes import CATALOGUE as SMALL

SPEAKER = Fluent()
ROWAN = Member("matrix", "@rowan:localhost")


@pytest.mark.parametrize(
    ("typed", "command", "args"),
    [
        ("!peer light on", "peer light on", {}),
        ("  !  PEER\tLight   on  hours=4 ", "peer light on", {"hours": "4"}),
        ("!peer light on HOURS=4", "peer light on", {"hours": "4"}),
        ("\uff01peer light on 4", "peer light on", {"hours": "4"}),
        ("!peer light on 4 5", "peer light on", {"hours": "4", "more": "more"}),
        ("!peer ask EN,de", "peer ask", {"languages": ("en", "de")}),
        ("!peer ask Deutsch, en", "peer ask", {"languages": ("de",), "note": "en"}),
        ('!peer ask en note="new in town"', "peer ask", {"languages": ("en",), "note": "new in town"}),
        ("!peer ask en note=“new in town”", "peer ask", {"languages": ("en",), "note": "new in town"}),
        ("!peer ask en note=”new in town”", "peer ask", {"languages": ("en",), "note": "new in town"}),
        ("!peer ask en note=„new in town“", "peer ask", {"languages": ("en",), "note": "new in town"}),
        ("!peer ask en note=«new in town»", "peer ask", {"languages": ("en",), "note": "new in town"}),
        ("!peer ask en note=»new in town«", "peer ask", {"languages": ("en",), "note": "new in town"}),
        ("!peer ask en that's fine", "peer ask", {"languages": ("en",), "note": "that's fine"}),
        ('!peer ask note="never closed', "peer ask", {"note": "never closed"}),
        ("!peer apart @rowan:localhost", "peer apart", {"member": ROWAN}),
        ("!peer apart @rowan:localhost:", "peer apart", {"member": ROWAN}),
        ("!peer apart <@rowan:localhost>", "peer apart", {"member": ROWAN}),
        ("!peer apart https://matrix.to/#/@rowan:localhost", "peer apart", {"member": ROWAN}),
        ("!peer apart https://matrix.to/#/%40rowan%3Alocalhost?via=localhost", "peer apart", {"member": ROWAN}),
        ("!peer apart matrix:u/rowan:localhost?action=chat no", "peer apart", {"member": ROWAN, "sure": "no"}),
        ("!peer apart [The Mods](https://matrix.to/#/@rowan:localhost) nein", "peer apart",
         {"member": ROWAN, "sure": "no"}),
        ("!peer apart sure=Yes @rowan:localhost", "peer apart", {"sure": "yes", "member": ROWAN}),
        ("!peer apart Rowan", "peer apart", {"member": "Rowan"}),
    ],
)  # fmt: skip
def test_a_command_and_its_words(typed: str, command: str, args: dict[str, Raw]) -> None:
    read = line(typed, SMALL, SPEAKER, "de")
    assert (read.command, dict(read.args)) == (command, args)


@pytest.mark.parametrize(
    "typed",
    [
        "", "!", "   ", "! ", "peer ask", "/peer ask", "hello !peer ask", "!peer", "!peer asking", "!peer.yes",
        "!about.unknown", "!peer yes abc", "\u200b!peer ask", "\u202e!peer ask", "\u2068!peer ask", "!p\u0435er ask",
        "!peer\u200bask", "!peer as\u0131k", "\x00!peer ask", "\x1b[31m!peer ask", "!\ud83d", "a\u0301" * 2_000,
        "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466", "\U0001f1e9\U0001f1ea\U000e0067\U000e007f",
        "> !peer ask", "```\n!peer ask\n```", "||!peer ask||", "# !peer ask", "[!peer ask](https://example.org)",
        "!peer ask " + "x" * LONGEST_BODY, "!" * 5_000, "@room", "@everyone", "!" + "(" * 5_000, "![](" * 3_000,
    ],
)  # fmt: skip
def test_what_is_no_command_is_unknown_and_its_words_go_no_further(typed: str) -> None:
    read = line(typed, SMALL, SPEAKER)
    assert read.command == UNKNOWN
    assert not read.args


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("!peer light on \u0664", "number-between"),
        ("!peer light on -5", "number-between"),
        ("!peer light on 1e9", "number-between"),
        ("!peer light on NaN", "number-between"),
        ("!peer light on inf", "number-between"),
        ("!peer light on 99999999999999999999", "number-between"),
        ("!peer light on 4 and more", "param-unknown"),
        ("!peer apart", "param-missing"),
        ("!peer apart @room", "member-unknown"),
        ("!peer apart @everyone", "member-unknown"),
        ("!peer apart <@!1>", "member-unknown"),
        ("!peer apart <@&role>", "member-unknown"),
        ("!peer apart @\u200beveryone", "member-unknown"),
        ("!peer apart @ro\u202ewan:localhost", "member-unknown"),
        ("!peer apart @rowan", "member-unknown"),
        ("!peer apart @rowan:", "member-unknown"),
        ("!peer apart @rowan:local_host", "member-unknown"),
        ("!peer apart @:localhost", "member-unknown"),
        ("!peer apart https://matrix.to/#/%40a%00b:localhost", "member-unknown"),
        ("!peer apart https://matrix.to/#/!room:localhost", "member-unknown"),
        ("!peer apart https://evil.example/#/@rowan:localhost", "member-unknown"),
        ("!peer apart @" + "x" * 101 + "y" * 160 + ":localhost", "member-unknown"),
        ("!peer apart @\U0001f3ee" + "\u00e9" * 121 + ":localhost", "member-unknown"),
        ("!peer apart @rowan:localhost maybe", "option-unknown"),
        ("!peer ask tlh", "option-unknown"),
        ("!peer ask en \u200b\u200b", "words-empty"),
        ("!peer ask en \u2060\ufeff", "words-empty"),
        ("!peer ask en \x00\x1b\x07", "words-empty"),
        ("!peer ask en " + "x" * 101, "words-long"),
        ("!peer ask en " + "\U0001f3ee" * 51, "words-long"),
    ],
)
def test_what_does_not_fit_is_refused_by_a_rule(typed: str, code: str) -> None:
    read = line(typed, SMALL, SPEAKER)
    assert read.command != UNKNOWN
    with pytest.raises(Refusal) as refused:
        values(SMALL.commands[read.command].args, read.args)
    assert refused.value.code == code


def test_every_typed_command_is_read_by_its_own_name() -> None:
    for command in CATALOGUE.all_commands:
        read = line(f"!{command.name}", CATALOGUE, SPEAKER)
        assert read.command == (command.name if command.typed else UNKNOWN)
        assert not read.args
    assert {one.name for one in params(SMALL.commands["peer apart"].args)} == {"member", "sure"}


def test_what_was_typed_is_in_no_repr() -> None:
    read = line("!peer ask en after nine @rowan:localhost", SMALL, SPEAKER)
    assert dict(read.args)
    assert "nine" not in repr(read)


@pytest.mark.parametrize(
    ("shown", "who"),
    [
        ("@rowan:localhost", "@rowan:localhost"),
        ("@rowan:example.org:8448", "@rowan:example.org:8448"),
        ("@rowan:[2001:db8::1]:8448", "@rowan:[2001:db8::1]:8448"),
        ("@R\u00f6wan/x=y:localhost", "@R\u00f6wan/x=y:localhost"),
        ("[@mod:localhost](https://matrix.to/#/@rowan:localhost)", "@rowan:localhost"),
        ("[a](https://example.org)", None),
        ("@a b:localhost", None),
        ("@a\u2003b:localhost", None),
        ("@\ud800:localhost", None),
        ("", None),
        ("@" * 5_000, None),
    ],
)
def test_who_is_meant(shown: str, who: str | None) -> None:
    found = member(shown)
    assert (found.id if found is not None else None) == who


@pytest.mark.parametrize(
    ("typed", "which"),
    [
        ("1", 1), (" 2. ", 2), ("3)", 3), ("!4", 4), ("12", 12), ("07", 7), (keycap(9), 9), (keycap(10), 10),
        ("2\u20e3", 2),
        ("0", None), ("00", None), ("100", None), ("-1", None), ("1.5", None), ("1 2", None), ("one", None), ("", None),
        ("\u0661", None), ("\u00b2", None), ("\uff12", None), ("\u0967", None), ("1e1", None), ("1" * 9_000, None),
    ],
)  # fmt: skip
def test_a_number_of_a_list(typed: str, which: int | None) -> None:
    assert number(typed) == which


def test_every_keycap_is_its_number_and_there_are_ten() -> None:
    assert [number(keycap(one)) for one in range(1, 11)] == list(range(1, 11))
    assert [keycap(one) for one in (-1, 0, 11)] == ["", "", ""]


@pytest.mark.parametrize(
    ("key", "meant"),
    [
        ("\U0001f44b", True), ("\U0001f44b\U0001f3fd", True), ("\U0001f44b\ufe0f", True),
        ("\U0001f44d", False), ("", False), ("\U0001f3fd", False), ("\U0001f44b" * 2, False),
        ("\U0001f44b" * 3_000, False),
    ],
)  # fmt: skip
def test_the_wave_in_every_tone(key: str, meant: bool) -> None:
    assert waves(key) is meant


@pytest.mark.parametrize("locale", SPEAKER.locales)
def test_the_words_of_every_language_and_the_english_ones(locale: str) -> None:
    for one, shown in WORDS.items():
        assert word(f"! {SPEAKER.plain(shown, locale).upper()}. ", SPEAKER, locale) == one
        assert word(SPEAKER.plain(shown, "en"), SPEAKER, locale) == one
    assert len({SPEAKER.plain(shown, locale) for shown in WORDS.values()}) == len(WORDS)


@pytest.mark.parametrize("words", ["", "yes please", "n\u043e", "ye\u200bs", "back" * 100, "\ud800"])
def test_what_is_none_of_these_words(words: str) -> None:
    assert word(words, SPEAKER, "de") is None


def test_a_word_of_another_language_is_none() -> None:
    found: Word | None = word("ja", SPEAKER, "en")
    assert found is None


def pill(address: str, shown: str = "Rowan") -> dict[str, object]:
    html = f'!peer apart <a href="{address}">{shown}</a>: no'
    return {"msgtype": "m.text", "body": f"!peer apart {shown}: no", "format": "org.matrix.custom.html",
            "formatted_body": html}  # fmt: skip


@pytest.mark.parametrize("shown", ["Rowan", "@mod:localhost", "<b>x</b>", "", "a<br>b"])
def test_a_pill_is_whom_it_links_to_whatever_it_shows(shown: str) -> None:
    heard = words_of(pill("https://matrix.to/#/@rowan:localhost", shown))
    assert heard == ("!peer apart @rowan:localhost: no", "")
    assert dict(line(heard[0], SMALL, SPEAKER).args) == {"member": ROWAN, "sure": "no"}


@pytest.mark.parametrize(
    "html",
    [
        "<mx-reply>quoted</mx-reply>!peer ask <a href='https://matrix.to/#/@rowan:localhost'>x</a>",
        "<p>!peer ask <a href='https://matrix.to/#/@rowan:localhost'><img src=x onerror=y>x</a></p>",
        "!peer ask <a href='https://matrix.to/#/@rowan:localhost'>x</a><!-- <script>",
        "<details>" * 101 + "!peer ask <a href='https://matrix.to/#/@rowan:localhost'>x</a>" + "</details>" * 101,
        "</mx-reply></a></a>!peer ask <a href=https://matrix.to/#/@rowan:localhost>x</a>",
    ],
)
def test_of_html_only_words_and_pills_are_read(html: str) -> None:
    content = {"msgtype": "m.text", "body": "b", "format": "org.matrix.custom.html", "formatted_body": html}
    assert words_of(content) == ("!peer ask @rowan:localhost", "")


@pytest.mark.parametrize(
    "html",
    [
        "<![foo[",
        "<!x",
        "<a href=",
        "&#x110000;",
        "&" * 19_000,
        "<" * 19_000,
        "<a " * 6_000,
        '<a href="' * 1_900,
        "<!--" * 4_000,
        "<mx-reply>" * 1_900,
    ],
)
def test_broken_html_is_read_without_harm(html: str) -> None:
    content = pill("https://matrix.to/#/@rowan:localhost")
    content["formatted_body"] = f"{content['formatted_body']}{html}"
    found = words_of(content)
    assert found is not None
    assert found[0].startswith("!peer apart")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ({"msgtype": "m.text", "body": "x"}, ("x", "")),
        ({"msgtype": "m.text", "body": "x", "formatted_body": "y", "format": "org.matrix.custom.html"}, ("x", "")),
        ({"msgtype": "m.text", "body": "> <@mod:localhost> !mine forget\n> more\n\n!peer ask",
          "m.relates_to": {"m.in_reply_to": {"event_id": "$a"}}}, ("!peer ask", "$a")),
        ({"msgtype": "m.text", "body": "> <@mod:localhost> !mine forget\n\n!peer ask"},
         ("> <@mod:localhost> !mine forget\n\n!peer ask", "")),
        ({"msgtype": "m.text", "body": "2", "m.relates_to": {"rel_type": "m.thread", "event_id": "$t",
          "m.in_reply_to": {"event_id": "$a"}}}, ("2", "$a")),
        ({"msgtype": "m.text", "body": "x", "m.relates_to": {"m.in_reply_to": {"event_id": 4}}}, ("x", "")),
        ({"msgtype": "m.text", "body": "x", "m.relates_to": []}, ("x", "")),
        ({"msgtype": "m.text", "body": "* x", "m.new_content": {"body": "!mine forget"},
          "m.relates_to": {"rel_type": "m.replace", "event_id": "$a"}}, None),
        ({"msgtype": "m.notice", "body": "!peer ask"}, None),
        ({"msgtype": "m.emote", "body": "!peer ask"}, None),
        ({"msgtype": "m.text"}, None),
        ({"msgtype": "m.text", "body": ["x"]}, None),
        ({"msgtype": "m.text", "body": 1}, None),
        ({"msgtype": "m.text", "body": "x" * (LONGEST_BODY + 1)}, None),
        ({"msgtype": ["m.text"], "body": "x"}, None),
        (None, None), ([], None), ("m.text", None), ({}, None),
    ],
)  # fmt: skip
def test_the_words_of_a_message(content: object, expected: tuple[str, str] | None) -> None:
    assert words_of(content) == expected


def spaces_twice(pattern: str) -> bool:
    """Return whether two endless repeats that both take white space follow one another: slow on a row of spaces."""
    took = False
    for op, value in import_module("re._parser").parse(pattern):
        if str(op) not in {"MAX_REPEAT", "MIN_REPEAT"}:
            took = False
            continue
        low, high, inner = value
        takes = str(high) == "MAXREPEAT" and str(inner[0][0]) in {"ANY", "IN"} and _takes_space(inner[0])
        if takes and took:
            return True
        took = takes or (took and not low)
    return False


def _takes_space(one: Any) -> bool:
    op, value = one
    if str(op) == "ANY":
        return True
    negated = any(str(kind) == "NEGATE" for kind, _ in value)
    named = any(what == ord(" ") or str(what) == "CATEGORY_SPACE" for _, what in value)
    return named != negated


def test_no_pattern_is_slow_on_a_row_of_spaces() -> None:
    assert spaces_twice(r"!.*?\s+in=(\S+)\s*"), "the measure sees none"
    modules = [
        import_module(f"adapters.matrix.{one.stem}") for one in Path(adapters.matrix.__file__).parent.glob("*.py")
    ]
    patterns = {one.pattern for module in modules for one in vars(module).values() if isinstance(one, re.Pattern)}
    assert patterns
    assert not [one for one in patterns if isinstance(one, str) and spaces_twice(one)]

"""Cards and forms as Discord's payloads: everything arrives, nothing is over a limit, and no word becomes markup."""

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.discord.render import Render, Rendered, mark_id, speaks_of
from adapters.discord.shown import Shown, plain
from adapters.discord.split import units
from bot.contract.button import Buttons
from bot.contract.card import Card, Choice, Document, Field, Option
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
    Whole,
    Words,
    YesNo,
    Zone,
    params,
)
from bot.contract.place import Member, Place, Room
from bot.contract.text import Fact, Literal, Said, Text, Voice, text
from bot.i18n import Fluent
from commands import CATALOGUE
from tests.discord.standin.spec import Spec

NOW = datetime(2027, 3, 4, 18, tzinfo=UTC)
BIRCH = Member("discord", "100000000000000001")
ROWAN = Member("discord", "100000000000000002")
ROOM = Room("discord", "200000000000000001")
VOICE = Voice("en", "UTC")
SPEAKER = Fluent()
BUTTONS = Buttons(b"k" * 32)
TYPED = frozenset(name for name, command in CATALOGUE.commands.items() if command.typed)
RENDER = Render(SPEAKER, BUTTONS, TYPED)
SHOWN = RENDER.shown(NOW)

SEND = "/channels/{channel_id}/messages"
ANSWER = "/interactions/{interaction_id}/{interaction_token}/callback"
TEXT, ROW, FILE = 10, 1, 13
MOST_PARTS, MOST_IN_ROW, MOST_TEXT, MOST_OPTIONS = 40, 5, 4000, 25
"""Discord's own numbers, written once more: those of the code may be wrong."""
LARGEST_ID = 2**31 - 1

FAMILY = "\U0001f469\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"
GRINNING = "\U0001f600"

MARKUP = (
    "@everyone",
    "@here",
    "@EVERYONE",
    "<@100000000000000002>",
    "<@!100000000000000002>",
    "<@&300000000000000001>",
    "<#200000000000000001>",
    "</peer ask:400000000000000001>",
    "<t:9999999999999:R>",
    "<:lamp:500000000000000001>",
    "<id:browse>",
    "**bold** and __underlined__ and *slanted* and _slanted_",
    "~~struck~~",
    "||hidden||",
    "`code`",
    "```\nbroken out\n```",
    "[a bank](https://example.org/elsewhere)",
    "# a heading",
    "-# small",
    "> quoted",
    ">>> all quoted",
    "- a list",
    "1. a list",
    "+ a list",
    "a line\n# a heading\n- a list",
    "\\*escaped before\\*",
    "\\\\@everyone",
    "a last backslash \\",
)

STRANGE = (
    "",
    " ",
    "\u200b\u200d\ufeff",
    "\u202eright to left",
    "\u2067never closed",
    "e" + "\u0301" * 2000,
    "\ud83d",
    "\0\x1b[31m\x85",
    "one\r\ntwo\u2028three\u2029four",
    "\u00e9 e\u0301",
    "\u0440\u0430\u0443",
    "\u0131\u0130",
    FAMILY * 9,
    "\U0001f1e9\U0001f1ea",
    "\U0001f3f4\U000e0067\U000e0062\U000e007f",
)
"""What people type and hostile programs send, for every field that shows somebody's words."""

LIVE = (
    r"@(everyone|here)",
    r"<(@|#|/|t:|:|id:)",
    r"\]\(",
    r"[`*~|]",
    r"(?<![a-z0-9])_|_(?![a-z0-9])",
    r"^\s*(#{1,3}|-#|>|>>>|[-+]|\d+\.) ",
)
"""What Discord would make something of."""

ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~]|\d+\.)")
"""A backslash takes the effect of punctuation (CommonMark section 2.4) and of a number that begins a list."""


def left_of(shown: str) -> str:
    """Return what is left when everything that is escaped is taken out: it must be without effect."""
    return ESCAPED.sub("\ufffc", shown).translate({0x2068: None, 0x2069: None})


def unescaped(shown: str) -> str:
    """Return what a person reads of escaped words."""
    without = shown.translate({0x2068: None, 0x2069: None})
    return ESCAPED.sub(r"\1", re.sub("@\u200b(?=everyone|here)", "@", without, flags=re.IGNORECASE))


def live(shown: str) -> list[str]:
    return [pattern for pattern in LIVE if re.search(pattern, left_of(shown), re.MULTILINE | re.IGNORECASE)]


def said(words: str) -> Text:
    return text("setup-word", word=Said(words))


def messages(card: Card, place: Place = BIRCH, shown: Shown = SHOWN, **more: Any) -> list[Rendered]:
    return RENDER.messages(card, place, VOICE, shown, **more)


def parts(rendered: Rendered, kind: int) -> list[dict[str, Any]]:
    return [part for part in rendered.payload["components"] if part["type"] == kind]


def words_of(rendered: Rendered) -> str:
    return "\n".join(part["content"] for part in parts(rendered, TEXT))


def buttons_of(rendered: Rendered) -> list[dict[str, Any]]:
    return [button for row in parts(rendered, ROW) for button in row["components"]]


def choices(count: int) -> tuple[Choice, ...]:
    return tuple(Choice("peer.yes", text("setup-word", word=Said(f"{at}")), f"s{at}") for at in range(count))


def fits(found: list[Rendered]) -> None:
    """Assert everything that Discord refuses, and some that it does not say."""
    for rendered in found:
        payload = rendered.payload
        assert payload["flags"] == 1 << 15
        assert payload["allowed_mentions"] == {"parse": []}
        assert "content" not in payload
        rows = parts(rendered, ROW)
        assert len(payload["components"]) + sum(len(row["components"]) for row in rows) <= MOST_PARTS
        assert all(0 < len(row["components"]) <= MOST_IN_ROW for row in rows)
        assert sum(units(part["content"]) for part in parts(rendered, TEXT)) <= MOST_TEXT
        assert all(part["content"] for part in parts(rendered, TEXT))
        assert all(0 < units(button["label"]) <= 80 for button in buttons_of(rendered))
        assert all(len(button["custom_id"]) <= 100 for button in buttons_of(rendered))
        assert len({button["custom_id"] for button in buttons_of(rendered)}) == len(buttons_of(rendered))
        json.dumps(payload)


def complaints(route: str, body: Any) -> list[str]:
    """Return what Discord's OpenAPI file has against a body; nothing where there is no such file."""
    spec = Spec()
    if spec.unchecked:
        return []
    spec.request("POST", route, body)
    assert spec.requests == 1
    return spec.violations


# Words of people


@pytest.mark.parametrize("words", MARKUP)
def test_words_of_people_have_no_effect(words: str) -> None:
    shown = SHOWN.said(words)
    assert live(shown) == []
    assert unescaped(shown) == words


@pytest.mark.parametrize("words", MARKUP)
def test_the_check_itself_sees_markup(words: str) -> None:
    if words not in {"\\*escaped before\\*", "a last backslash \\"}:
        assert live(words) != []


@given(st.text(st.sampled_from(list("<>@#/*_~|`[]()\\-+1.: \nateveryonehere")), max_size=60))
def test_no_mixture_of_marks_has_an_effect(words: str) -> None:
    assert live(SHOWN.said(words)) == []


@given(st.text(st.sampled_from(list("<>@#*~|`[]()\\ \nab")), max_size=60))
def test_nothing_of_the_words_is_lost(words: str) -> None:
    assert unescaped(SHOWN.said(words)) == words


@pytest.mark.parametrize("words", [*MARKUP, *STRANGE])
def test_a_card_with_anything_in_it_is_sent_and_mentions_nobody(words: str) -> None:
    card = Card((said(words),), title=said(words), choices=(Choice("peer.yes", said(words), "s1"),))
    found = messages(card)
    fits(found)
    assert live("".join(words_of(rendered) for rendered in found).removeprefix("### ")) == []


def test_words_of_people_are_isolated() -> None:
    assert SHOWN.said("left") == "\u2068left\u2069"


def test_an_open_address_stays_one() -> None:
    assert plain("see https://example.org/a_b_c?x=1&y=2 there") == "see https://example.org/a_b_c?x=1&y=2 there"
    assert plain("https://matrix.to/#/!a_b:c.d") == "https://matrix.to/#/!a_b:c.d"


# What sentences speak of


def test_people_are_mentioned_with_the_name_of_their_account() -> None:
    assert SHOWN.name(BIRCH) == "<@100000000000000001>"
    assert RENDER.shown(NOW, {BIRCH: "bir_ch"}).name(BIRCH) == "<@100000000000000001> (bir\\_ch)"


def test_rooms_are_linked_and_servers_named() -> None:
    assert SHOWN.name(ROOM) == "<#200000000000000001>"
    assert live(RENDER.shown(NOW, {ROOM: "**The** <@1> porch"}).name(ROOM)) == []
    assert RENDER.shown(NOW, {ROOM: "\u202ehcrop\n# porch"}).name(ROOM) == "\u2068\u202ehcrop \\# porch\u2069"


@pytest.mark.parametrize(
    ("command", "ids", "shown"),
    [
        ("peer ask", {}, "/peer ask"),
        ("peer ask", {"peer": "7"}, "</peer ask:7>"),
        ("about", {"about": "8"}, "</about show:8>"),
        ("about", {}, "/about show"),
        ("no such thing", {"no": "9"}, "/no such thing"),
    ],
)
def test_commands_are_shown_as_they_are_typed(command: str, ids: dict[str, str], shown: str) -> None:
    assert Shown(NOW, commands=TYPED, ids=ids).command(command) == shown


def test_a_literal_cannot_break_out() -> None:
    assert SHOWN.literal("Europe/London") == "`Europe/London`"
    assert SHOWN.literal("a`b``c").count("`") == 2


@pytest.mark.parametrize(
    ("after", "style"),
    [
        (timedelta(), "t"),
        (timedelta(hours=19, minutes=59), "t"),
        (timedelta(hours=-19), "t"),
        (timedelta(hours=20), "f"),
        (timedelta(days=400), "f"),
    ],
)
def test_an_instant_says_its_day_where_the_hour_alone_would_not_tell(after: timedelta, style: str) -> None:
    instant = NOW + after
    assert SHOWN.stamp(instant) == f"<t:{int(instant.timestamp())}:{style}>"


def test_whom_a_card_names_is_found_wherever_it_is_said() -> None:
    inner = text("x", who=(BIRCH, (ROOM,)))
    card = Card((text("y", inner=inner, word=Said("x"), zone=Literal("UTC")),), title=text("z", who=ROWAN))
    assert speaks_of(card) == {BIRCH, ROWAN, ROOM}
    assert speaks_of(Card((text("y"),))) == frozenset()


# Messages


@settings(max_examples=40)
@given(
    st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=3000), min_size=1, max_size=8),
    st.integers(0, 60),
)
def test_everything_arrives_and_nothing_is_over_a_limit(lines: list[str], count: int) -> None:
    found = messages(Card(tuple(said(line) for line in lines), choices=choices(count)), mark="m")
    fits(found)
    arrived = "".join("".join(words_of(rendered) for rendered in found).split())
    assert arrived == "".join("".join(f"•{SHOWN.said(line)}" for line in lines).split())
    ids = [button["custom_id"] for rendered in found for button in buttons_of(rendered)]
    assert [BUTTONS.read(one, BIRCH) for one in ids] == [("peer.yes", f"s{at}") for at in range(count)]


@pytest.mark.parametrize("length", [1, 2000, 2001, 3996, 3997, 4000, 4001, 6001, 8001])
@pytest.mark.parametrize("letter", ["x", GRINNING, FAMILY])
def test_long_words_are_cut_between_letters_alone(length: int, letter: str) -> None:
    found = messages(Card((said(letter * (length // units(letter) + 1)),)))
    fits(found)
    assert "".join(words_of(one) for one in found).count(letter) == length // units(letter) + 1
    for rendered in found:
        assert not words_of(rendered).startswith("\u200d")
        assert not words_of(rendered).endswith("\u200d")


def test_what_fits_is_one_message_and_choices_stand_under_the_last_text() -> None:
    assert len(messages(Card((said("x"), said("y")), choices=choices(3)))) == 1
    found = messages(Card(tuple(said("x " * 900) for _ in range(5)), choices=choices(3)))
    assert len(found) == 3
    assert [len(buttons_of(rendered)) for rendered in found] == [0, 0, 3]


@pytest.mark.parametrize(
    ("count", "spread"), [(0, [0]), (5, [5]), (6, [6]), (25, [25]), (26, [25, 1]), (51, [25, 25, 1])]
)
def test_more_choices_than_one_message_holds_stand_in_the_next(count: int, spread: list[int]) -> None:
    found = messages(Card((said("x"),), choices=choices(count)))
    fits(found)
    assert [len(buttons_of(rendered)) for rendered in found] == spread


def test_all_buttons_look_alike_but_one_that_destroys() -> None:
    label = text("choice-form-stop")
    card = Card((said("x"),), choices=(Choice("a.b", label, "1"), Choice("a.c", label, "2", destroys=True)))
    assert [button["style"] for button in buttons_of(messages(card)[0])] == [2, 4]


@pytest.mark.parametrize("label", ["x" * 200, GRINNING * 60, FAMILY * 20, "**x**", "", "one\ntwo"])
def test_a_label_is_one_short_plain_line(label: str) -> None:
    found = messages(Card((said("x"),), choices=(Choice("peer.yes", said(label), "s1"),)))
    fits(found)
    shown = buttons_of(found[0])[0]["label"]
    assert "\n" not in shown
    assert "\\" not in shown
    shown.encode("utf-16-le")


def test_a_label_without_words_is_still_a_button() -> None:
    found = messages(Card((said("x"),), choices=(Choice("peer.yes", text(""), "s1"),)))
    fits(found)


def test_a_choice_belongs_to_its_place() -> None:
    card = Card((said("x"),), choices=choices(1))
    private, shared = (buttons_of(messages(card, place)[0])[0]["custom_id"] for place in (BIRCH, ROOM))
    assert BUTTONS.read(private, BIRCH) == BUTTONS.read(shared, ROOM) == ("peer.yes", "s0")
    assert BUTTONS.read(private, ROWAN) is BUTTONS.read(private, ROOM) is BUTTONS.read(shared, BIRCH) is None


@given(st.text(max_size=40), st.text(max_size=40))
def test_a_mark_is_a_number_that_discord_keeps(one: str, other: str) -> None:
    assert 0 < mark_id(one) <= LARGEST_ID
    assert mark_id(one) == mark_id(one)
    if one != other:
        assert mark_id(one) != mark_id(other)


def test_the_last_message_carries_the_mark_once() -> None:
    card = Card(tuple(said("x " * 900) for _ in range(5)), choices=choices(30))
    found = messages(card, mark="m")
    carried = [[part.get("id") for part in rendered.payload["components"] if "id" in part] for rendered in found]
    assert carried == [[]] * (len(found) - 1) + [[mark_id("m")]]
    assert all("id" not in part for rendered in messages(card) for part in rendered.payload["components"])


def test_only_what_comes_by_itself_into_a_private_conversation_says_that_nobody_listens_there() -> None:
    card = Card((said("x"),))
    deaf = f"-# {SPEAKER.say(text('discord-deaf'), VOICE, NOW, SHOWN)}"
    assert words_of(messages(card, alone=True)[-1]).split("\n")[-1] == deaf
    assert deaf not in words_of(messages(card)[-1])


def test_a_document_goes_with_the_last_message() -> None:
    document = Document("mine.json", "application/json", "{}")
    found = messages(Card(tuple(said("x " * 900) for _ in range(3)), document=document))
    fits(found)
    assert [rendered.files for rendered in found] == [()] * (len(found) - 1) + [(document,)]
    assert parts(found[-1], FILE) == [{"type": FILE, "file": {"url": "attachment://mine.json"}}]
    assert found[-1].payload["attachments"] == [{"id": 0, "filename": "mine.json"}]


def test_an_edit_is_one_message_that_keeps_mark_and_choices() -> None:
    card = Card(tuple(said("x " * 900) for _ in range(5)), choices=choices(3))
    one = RENDER.one(card, BIRCH, VOICE, SHOWN, mark="m")
    fits([one])
    assert one.payload["components"][0]["id"] == mark_id("m")
    assert len(buttons_of(one)) == 3
    small = Card((said("x"),), choices=choices(2))
    assert RENDER.one(small, BIRCH, VOICE, SHOWN).payload == messages(small)[0].payload


def test_nothing_of_a_message_is_in_its_repr() -> None:
    assert "secret" not in repr(messages(Card((said("secret"),)))[0])


# Forms


def question(
    kind: Kind, value: Raw = "", options: int = 0, *, required: bool = False, label: str = "x"
) -> dict[str, Any]:
    field = Field("name", kind, said(label), required, value, tuple(_option(at) for at in range(options)))
    modal = RENDER.modal(text("command-peer-ask"), (field,), "v1.peer ask..123456789012", VOICE, NOW)
    assert complaints(ANSWER, {"type": 9, "data": modal}) == []
    (found,) = modal["components"]
    assert found["type"] == 18
    return dict(found)


def _option(at: int) -> Option:
    return Option(f"o{at}", text("setup-word", word=Said(f"option {at}")))


@pytest.mark.parametrize(
    ("kind", "options", "expected"),
    [
        (Pick(("o0", "o1")), 2, {"type": 3, "max_values": 1}),
        (Picks(most=2), 4, {"type": 3, "max_values": 2}),
        (Picks(most=9), 4, {"type": 3, "max_values": 4}),
        (YesNo(), 2, {"type": 3, "max_values": 1}),
        (Pick(), MOST_OPTIONS, {"type": 3}),
        (Pick(), MOST_OPTIONS + 1, {"type": 4}),
        (Picks(), 0, {"type": 4}),
        (Someone(), 0, {"type": 5, "max_values": 1}),
        (Roles(3), 0, {"type": 6, "max_values": 3}),
        (Words(60), 0, {"type": 4, "style": 1}),
        (Words(200), 0, {"type": 4, "style": 2}),
        (Words(60, lines=3), 0, {"type": 4, "style": 2, "max_length": 183}),
        (Words(4000, lines=9), 0, {"type": 4, "max_length": 4000}),
        (Whole(1, 9), 0, {"type": 4}),
        (Days(9), 0, {"type": 4}),
        (Zone(), 0, {"type": 4}),
        (OfDay(), 0, {"type": 4}),
        (Moments(2, 6), 0, {"type": 4, "style": 2, "max_length": 600}),
        (Until(9), 0, {"type": 4}),
    ],
)
@pytest.mark.parametrize("required", [True, False])
def test_each_kind_has_its_part(kind: Kind, options: int, expected: dict[str, Any], required: bool) -> None:
    part = question(kind, options=options, required=required)["component"]
    assert expected.items() <= part.items()
    assert part["custom_id"] == "name"
    assert part["required"] is required
    if "min_values" in part:
        assert part["min_values"] == (1 if required else 0)


def test_what_stands_there_already_is_shown() -> None:
    assert question(Words(60), "hello")["component"]["value"] == "hello"
    assert question(Words(60, lines=3), "one\ntwo")["component"]["value"] == "one\ntwo"
    picked = question(Picks(most=3), ("o0", "o2"), options=3)["component"]["options"]
    assert [option["default"] for option in picked] == [True, False, True]
    roles = question(Roles(), ("300000000000000001", "not one"))["component"]["default_values"]
    assert roles == [{"id": "300000000000000001", "type": "role"}]


def test_what_stands_there_is_neither_cut_nor_left_out_nor_more_than_can_be_picked() -> None:
    long = question(Words(60), "x" * 90)["component"]
    assert (long["value"], long["max_length"]) == ("x" * 90, 90)
    assert question(Words(60, lines=3), ("one", "two"))["component"]["value"] == "one\ntwo"
    ticked = question(Picks(most=2), ("o0", "o1", "o2"), options=3)["component"]["options"]
    assert sum(option["default"] for option in ticked) == 2


def test_nothing_is_ticked_that_was_not_chosen() -> None:
    options = question(Pick(), options=3)["component"]["options"]
    assert not any(option["default"] for option in options)
    assert "default_values" not in question(Roles())["component"]


@pytest.mark.parametrize("length", [45, 46, 100, 101, 400])
@pytest.mark.parametrize("letter", ["x", GRINNING])
def test_titles_labels_and_options_are_cut(length: int, letter: str) -> None:
    words = letter * (length // units(letter))
    asked = question(Words(60), label=words)
    assert units(asked["label"]) <= 45
    assert ("description" in asked) is (units(words) + 2 > 45)
    assert units(asked.get("description", "")) <= 100
    field = Field("name", Pick(), said("x"), False, "", (Option("o", said(words)),))
    modal = RENDER.modal(said(words), (field,), "v1.x..123456789012", VOICE, NOW)
    assert 0 < units(modal["title"]) <= 45
    assert units(modal["components"][0]["component"]["options"][0]["label"]) <= 100


@pytest.mark.parametrize("words", [*MARKUP, *STRANGE])
def test_a_form_takes_anything_as_its_words(words: str) -> None:
    field = Field("name", Words(4000), said(words), False, words)
    modal = RENDER.modal(said(words), (field,), "v1.x..123456789012", VOICE, NOW)
    (asked,) = modal["components"]
    assert 0 < units(modal["title"]) <= 45
    assert 0 < units(asked["label"]) <= 45
    assert asked["component"].get("value", "") == words
    json.dumps(modal)


# With the words of the bot itself, against Discord's own file


@pytest.mark.parametrize("locale", SPEAKER.locales)
@pytest.mark.parametrize("name", sorted(name for name, one in CATALOGUE.commands.items() if one.form))
def test_every_form_of_the_bot_fits(name: str, locale: str) -> None:
    command = CATALOGUE.commands[name]
    fields = [Field(one.name, one.kind, text(f"param-{one.name}"), one.required) for one in params(command.args)]
    for start in range(0, len(fields), 5):
        here = tuple(fields[start : start + 5])
        modal = RENDER.modal(Text(command.text_id), here, "v1.x..123456789012", Voice(locale), NOW)
        assert complaints(ANSWER, {"type": 9, "data": modal}) == []
        assert len(modal["components"]) <= 5
        assert all(units(part["label"]) <= 45 for part in modal["components"])


FACTS: dict[str, Fact] = {"one": BIRCH, "other": ROWAN}


@pytest.mark.parametrize(
    "card",
    [
        Card((text("peer-introduced", **FACTS),), choices=choices(2)),
        Card((text("about-how"), text("about-unknown")), title=text("setup-preview"), choices=choices(25)),
        Card((text("mine-forgotten-mark", until=NOW),), document=Document("a.json", "application/json", "{}")),
        Card((said("x" * 3990),), choices=choices(26)),
    ],
)
@pytest.mark.parametrize("place", [BIRCH, ROOM])
@pytest.mark.usefixtures("openapi")
def test_messages_fit_the_official_file(card: Card, place: Place) -> None:
    found = messages(card, place, RENDER.shown(NOW, {BIRCH: "birch"}), mark="m", alone=isinstance(place, Member))
    fits(found)
    for rendered in found:
        body = rendered.payload | {"nonce": "k" * 25, "enforce_nonce": True}
        assert complaints(SEND, body) == []
        assert complaints(ANSWER, {"type": 4, "data": rendered.payload | {"flags": (1 << 15) | 64}}) == []

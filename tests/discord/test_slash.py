"""What is registered with Discord, and what comes back when somebody types a command."""

import json
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.discord import slash
from bot.contract.card import Card
from bot.contract.command import Catalogue, Command, NoArgs, Turn
from bot.contract.facts import Right
from bot.contract.params import Days, Pick, Picks, Roles, Someone, Whole, Words, YesNo, Zone, param, values
from bot.contract.place import Member
from bot.contract.tables import Tx
from bot.contract.text import text
from bot.domain.errors import Refusal
from bot.i18n import Fluent
from commands import CATALOGUE
from tests.discord.standin.commands import check_all
from tests.discord.standin.spec import Spec

SPEAKER = Fluent()
TYPED = tuple(command.name for command in CATALOGUE.all_commands if command.typed)


@dataclass(frozen=True, slots=True)
class Everything:
    """One parameter of each kind."""

    hours: int = param(Whole(1, 12), default=1)
    days: int = param(Days(9), default=1)
    stays: bool = param(YesNo(), default=False)
    member: Member | None = param(Someone(), default=None)
    groups: tuple[str, ...] = param(Roles(), default=())
    called: str = param(Words(40), default="")
    elsewhere: tuple[str, ...] = param(Words(200, lines=12), default=())
    zone: str = param(Zone(), default="")
    way: str = param(Pick(("text", "voice")), default="")
    words: tuple[str, ...] = param(Picks(most=2), default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Later:
    """What is needed stands last."""

    hours: int = param(Whole(1, 12), default=1)
    member: Member = param(Someone())


def nothing(turn: Turn[Any], tx: Tx) -> Card:
    """Do nothing."""
    del turn, tx
    return Card((text("about"),))


def one(name: str, args: type[Any] = NoArgs, **more: Any) -> Command[Any]:
    return Command(name, nothing, args=args, **more)


def catalogue(*commands: Command[Any]) -> Catalogue:
    return Catalogue(commands, (), ())


def options(name: str, args: type[Any], **more: Any) -> dict[str, Any]:
    (made,) = slash.registration(catalogue(one(name, args, **more)), SPEAKER)
    return {option["name"]: option for option in made["options"]}


def typed(path: str, *given_options: dict[str, Any]) -> dict[str, Any]:
    """Return the data of an interaction, as Discord nests it."""
    first, *below = path.split(" ")
    inner: list[dict[str, Any]] = list(given_options)
    for depth, word in enumerate(reversed(below)):
        inner = [{"type": 2 if depth else 1, "name": word, "options": inner}]
    return {"id": "1", "type": 1, "name": first, "options": inner}


# What is registered


def test_what_is_registered_is_what_discord_takes() -> None:
    check_all(slash.registration(CATALOGUE, SPEAKER))


def test_what_is_registered_is_like_discords_openapi_file(openapi: str) -> None:
    assert openapi
    made = slash.registration(CATALOGUE, SPEAKER)
    for command in made:
        if "default_member_permissions" in command:  # a number in the file, a text on Discord's pages
            command["default_member_permissions"] = int(command["default_member_permissions"])
    spec = Spec()
    spec.request("PUT", "/applications/{application_id}/commands", made)
    assert spec.requests == 1
    assert spec.violations == []


def test_the_same_commands_register_the_same() -> None:
    first, again = (json.dumps(slash.registration(CATALOGUE, Fluent())) for _ in range(2))
    assert first == again


def test_every_typed_command_has_its_own_place_and_comes_back_from_there() -> None:
    paths = {name: slash.shown_as(name, TYPED) for name in TYPED}
    assert len(set(paths.values())) == len(TYPED)
    for name, path in paths.items():
        assert slash.arguments(typed(path), CATALOGUE) == (name, {})


def test_a_command_that_is_the_beginning_of_others_is_shown_below_itself() -> None:
    assert slash.shown_as("about", TYPED) == "about show"
    assert slash.shown_as("about privacy", TYPED) == "about privacy"
    assert slash.shown_as("peer apart", TYPED) == "peer apart"  # ``peer apart-list`` is another word
    assert slash.shown_as("peer", TYPED) == "peer"  # there is no such command


def test_only_what_can_be_typed_is_registered() -> None:
    made = slash.registration(catalogue(one("help"), one("peer.yes")), SPEAKER)
    assert [command["name"] for command in made] == ["help"]


def test_where_a_command_can_be_used_and_whom_discord_offers_it() -> None:
    moderator, member = Right.MODERATOR, Right.MEMBER
    for_moderators, mixed = slash.registration(
        catalogue(
            one("setup", right=moderator),
            one("setup words", right=moderator),
            one("z open", right=moderator),
            one("z mine", right=member),
        ),
        SPEAKER,
    )
    assert for_moderators["contexts"] == [0]
    assert for_moderators["default_member_permissions"] == 32
    assert mixed["contexts"] == [0, 1]
    assert "default_member_permissions" not in mixed
    assert for_moderators["integration_types"] == mixed["integration_types"] == [0]


def test_each_kind_of_parameter_has_its_kind_of_option() -> None:
    made = options("all", Everything)
    assert {name: option["type"] for name, option in made.items() if name != "elsewhere"} == {
        "hours": 4,
        "days": 4,
        "stays": 3,
        "member": 6,
        "groups": 8,
        "called": 3,
        "zone": 3,
        "way": 3,
        "words": 3,
    }
    assert (made["hours"]["min_value"], made["hours"]["max_value"]) == (1, 12)
    assert (made["days"]["min_value"], made["days"]["max_value"]) == (1, 9)
    assert made["called"]["max_length"] == 40
    assert made["zone"]["autocomplete"] is made["words"]["autocomplete"] is True
    assert [choice["value"] for choice in made["way"]["choices"]] == ["text", "voice"]
    assert "autocomplete" not in made["way"]


def test_several_lines_are_asked_for_by_the_form_alone() -> None:
    assert "elsewhere" not in options("all", Everything)


def test_what_is_needed_stands_first_and_a_form_needs_nothing() -> None:
    plain = list(options("later", Later).values())
    assert [(option["name"], option["required"]) for option in plain] == [("member", True), ("hours", False)]
    assert not any(option["required"] for option in options("later", Later, form=True).values())


def test_names_are_the_same_for_everyone_and_descriptions_are_in_the_readers_language() -> None:
    made = {command["name"]: command for command in slash.registration(CATALOGUE, SPEAKER)}
    mine = made["help"]
    assert mine["description"] == SPEAKER.plain(text("command-help"), "en")
    assert mine["description_localizations"]["de"] == SPEAKER.plain(text("command-help"), "de")
    assert mine["description"] != mine["description_localizations"]["de"]
    assert all("name_localizations" not in command for command in made.values())


# Whether it has changed


def kept_by_discord(ours: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return a list as Discord gives it back: with its own ids, and what is empty left out or said."""
    theirs: list[dict[str, Any]] = json.loads(json.dumps(ours))
    for number, command in enumerate(theirs):
        command |= {"id": str(number), "application_id": "7", "version": "9", "nsfw": False, "dm_permission": True}
        command.setdefault("default_member_permissions", None)
        for option in command["options"]:
            option.pop("required", None) if not option.get("required") else None
        if not command["options"]:
            del command["options"]
    return theirs[::-1]


def test_what_discord_gives_back_is_the_same() -> None:
    ours = slash.registration(CATALOGUE, SPEAKER)
    assert slash.same(ours, kept_by_discord(ours))


@pytest.mark.parametrize("change", ["description", "name", "contexts", "gone", "option", "localised", "more"])
def test_whatever_differs_is_seen(change: str) -> None:
    ours = slash.registration(CATALOGUE, SPEAKER)
    theirs = kept_by_discord(ours)
    peer = next(command for command in theirs if command["name"] == "peer")
    match change:
        case "description" | "name":
            peer[change] = "other"
        case "contexts":
            peer["contexts"] = [0]
        case "gone":
            theirs.remove(peer)
        case "option":
            peer["options"].pop()
        case "localised":
            del peer["description_localizations"]
        case _:
            theirs.append(peer | {"name": "old"})
    assert not slash.same(ours, theirs)


@pytest.mark.parametrize("theirs", [None, {}, "x", [None], [[]], [{}], [{"name": ["x"]}], [{"options": [3]}]])
def test_a_list_that_is_none_is_not_the_same(theirs: Any) -> None:
    assert not slash.same(slash.registration(CATALOGUE, SPEAKER), theirs)


# What comes back


def test_what_was_given_comes_back_as_words() -> None:
    every = catalogue(one("all", Everything))
    data = typed(
        "all",
        {"name": "hours", "type": 4, "value": 4},
        {"name": "stays", "type": 3, "value": "yes"},
        {"name": "member", "type": 6, "value": "42"},
        {"name": "groups", "type": 8, "value": "77"},
        {"name": "words", "type": 3, "value": "grief,  work ,"},
        {"name": "called", "type": 3, "value": "Ada"},
    )
    name, words = slash.arguments(data, every)
    assert name == "all"
    assert values(Everything, words) == Everything(
        hours=4, stays=True, member=Member("discord", "42"), groups=("77",), words=("grief", "work"), called="Ada"
    )


@pytest.mark.parametrize(
    ("option", "value"),
    [
        pytest.param("hours", 10**5000, id="more digits than can be written"),
        pytest.param("hours", -(10**5000), id="as many, below zero"),
        ("hours", 1.5),
        ("hours", float("inf")),
        ("hours", float("nan")),
        ("hours", None),
        ("hours", [4]),
        ("hours", "٤"),
        ("member", "<@42>"),
        ("member", "٤٢"),
        ("member", 42),
        ("stays", "perhaps"),
        ("way", {"value": "text"}),
        ("zone", "../../etc/passwd"),
        ("stranger", "x"),
    ],
)
def test_what_does_not_fit_is_refused_with_a_sentence(option: str, value: Any) -> None:
    every = catalogue(one("all", Everything))
    name, words = slash.arguments(typed("all", {"name": option, "type": 3, "value": value}), every)
    assert name == "all"
    with pytest.raises(Refusal):
        values(Everything, words)


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"name": None},
        {"name": "nobody knows"},
        {"name": "peer.yes"},
        {"name": "peer"},
        {"name": "peer", "options": {}},
        {"name": "peer", "options": [None, 3]},
        {"name": "peer", "options": [{"type": [1], "name": "ask"}]},
        {"name": "peer", "options": [{"type": {}, "name": "ask"}]},
        {"name": "peer", "options": [{"type": 1, "name": ["ask"]}]},
        typed("peer light on off"),
    ],
)
def test_what_is_no_command_of_ours_has_no_name(data: dict[str, Any]) -> None:
    assert slash.arguments(data, CATALOGUE) == ("", {})


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(["peer", "ask", "options"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["name", "type", "options", "value", "focused"]), inner, max_size=5)
    ),
    max_leaves=20,
)


@given(_JSON)
def test_nothing_that_comes_in_raises(data: Any) -> None:
    slash.arguments(data, CATALOGUE)
    slash.focused(data)
    slash.same([], data)


# What is offered while somebody types


def test_the_option_in_which_somebody_types_is_found_at_any_depth() -> None:
    hours, words = {"name": "hours", "type": 4, "value": 4}, {"name": "words", "type": 3, "value": "gr"}
    assert slash.focused(typed("peer light on", hours, words | {"focused": True})) == ("words", "gr")
    assert slash.focused(typed("peer light on", hours, words)) == ("", "")
    assert slash.focused(typed("peer light on", words | {"focused": "yes"})) == ("", "")


LABELS = {"en": "English", "de": "German", "fr": "French"}


def test_one_answer_is_found_by_its_label_and_sent_as_its_value() -> None:
    assert slash.offers(Pick(), LABELS, "GER") == [{"name": "German", "value": "de"}]
    assert [offer["value"] for offer in slash.offers(Pick(), LABELS, "")] == ["en", "de", "fr"]
    assert slash.offers(Pick(), LABELS, "x") == []


def test_of_several_answers_the_last_is_completed_and_those_before_are_kept() -> None:
    kind = Picks(tuple(LABELS), 3)
    assert slash.offers(kind, LABELS, "English, fr") == [{"name": "English, French", "value": "en, fr"}]
    assert slash.offers(kind, LABELS, "en,ger") == [{"name": "en, German", "value": "en, de"}]
    assert [offer["value"] for offer in slash.offers(kind, LABELS, "German, ")] == ["de, en", "de, fr"]


def test_every_answer_that_is_offered_is_taken_when_it_is_chosen() -> None:
    @dataclass(frozen=True, slots=True)
    class Asked:
        languages: tuple[str, ...] = param(Picks(tuple(LABELS), 3), default=())

    asked = catalogue(one("ask", Asked))
    for so_far in ("", "english, ", "German,French,"):
        for offer in slash.offers(Picks(tuple(LABELS), 3), LABELS, so_far):
            option = {"name": "languages", "type": 3, "value": offer["value"]}
            _, words = slash.arguments(typed("ask", option), asked)
            assert values(Asked, words).languages


def test_no_more_and_nothing_longer_is_offered_than_discord_takes() -> None:
    many = {f"{number}": "w" * 300 for number in range(60)}
    found = slash.offers(Pick(), many, "w")
    assert len(found) == 25
    assert all(1 <= len(offer["name"]) <= 100 for offer in found)
    assert slash.offers(Pick(), {"v" * 101: "word"}, "") == []


def test_time_zones_are_found_by_their_place() -> None:
    assert slash.zones("berl")[0] == {"name": "Europe/Berlin", "value": "Europe/Berlin"}
    assert slash.zones(" new york")[0]["value"] == "America/New_York"
    assert len(slash.zones("")) == 25
    assert slash.zones("../../etc/passwd") == slash.zones("x" * 100_000) == []


def test_what_a_command_declares_is_found_by_name() -> None:
    found = slash.declared("peer light on", "hours", CATALOGUE)
    assert found is not None
    assert found.kind == Whole(1, 12)
    assert slash.declared("peer light on", "nobody", CATALOGUE) is None
    assert slash.declared("nobody", "hours", CATALOGUE) is None


def test_a_change_of_the_catalogue_is_a_change_of_what_is_registered() -> None:
    before = catalogue(one("help"))
    after = replace(before, all_commands=(*before.all_commands, one("elsewhere")))
    assert not slash.same(slash.registration(before, SPEAKER), slash.registration(after, SPEAKER))


def test_the_command_line_prints_what_is_registered() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot", "commands", "--platform", "discord"],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        check=True,
        timeout=60,
    )
    assert json.loads(done.stdout) == slash.registration(CATALOGUE, SPEAKER)

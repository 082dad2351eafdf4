"""Interactions read: from an unmodified discord.py, in every shape in which they may come."""

import copy
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.discord.inbound import Event, event, standing
from bot.contract.facts import Right, Standing, WhoIs
from bot.contract.params import Pick, Picks, Roles, Someone, YesNo
from bot.contract.place import Member, Room, Space
from tests.discord.conftest import Starts
from tests.discord.standin import StandIn

NOW = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
JOINED = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
COMMAND, PRESS, COMPLETE, FORM = 2, 3, 4, 5
MANAGE_SERVER, ADMINISTRATOR = 1 << 5, 1 << 3

BIRCH: dict[str, Any] = {
    "id": "4011",
    "username": "birch",
    "discriminator": "0",
    "avatar": None,
    "global_name": "Birch of the porch",
}
TYPED: dict[str, Any] = {"id": "70", "name": "peer", "type": 1, "options": [{"type": 1, "name": "ask", "options": []}]}
PRESSED: dict[str, Any] = {"component_type": 2, "custom_id": "v1.peer.yes.abc.012345678901", "id": 3}


def given_in(data: Any, kind: int = COMMAND, **more: Any) -> dict[str, Any]:
    """What Discord sends when a member of a server does something there."""
    shape: dict[str, Any] = {
        "id": "900",
        "application_id": "7",
        "type": kind,
        "data": data,
        "token": "a-token",
        "version": 1,
        "app_permissions": "0",
        "locale": "de",
        "entitlements": [],
        "attachment_size_limit": 1,
        "authorizing_integration_owners": {"0": "500"},
        "context": 0,
        "guild_id": "500",
        "guild": {"id": "500", "locale": "de", "features": []},
        "channel_id": "600",
        "channel": {"id": "600", "type": 0, "guild_id": "500", "name": "porch", "position": 0, "flags": 0},
        "member": {
            "user": BIRCH,
            "roles": ["21", "22"],
            "joined_at": JOINED.isoformat(),
            "flags": 0,
            "permissions": "1024",
            "communication_disabled_until": None,
            "pending": False,
        },
    }
    return copy.deepcopy(shape | more)


def in_private(data: Any, kind: int = COMMAND, **more: Any) -> dict[str, Any]:
    """What Discord sends when somebody does something in the private conversation with the bot."""
    shape = given_in(data, kind, authorizing_integration_owners={"0": "0"}, context=1, user=BIRCH)
    shape["channel"] = {"id": "601", "type": 1, "recipients": [BIRCH], "flags": 0}
    for name in ("guild", "guild_id", "member"):
        del shape[name]
    return shape | more


def of_library(payload: dict[str, Any]) -> "discord.Interaction[Any]":
    """Return the interaction that discord.py makes of it."""
    client = discord.Client(
        intents=discord.Intents(guilds=True), member_cache_flags=discord.MemberCacheFlags.none(), max_messages=None
    )
    own: Any = {"id": "7", "username": "porchlight", "discriminator": "0000", "avatar": None, "bot": True}
    state: Any = client._connection
    state.user = discord.ClientUser(state=state, data=own)
    made: Any = payload
    return discord.Interaction(data=made, state=state)


def read(payload: dict[str, Any]) -> Event | None:
    return event(of_library(payload), NOW)


def must(payload: dict[str, Any]) -> Event:
    found = read(payload)
    assert found is not None
    return found


def known(payload: dict[str, Any]) -> Standing:
    (one,) = must(payload).known
    assert isinstance(one.answer, Standing)
    return one.answer


def member(**more: Any) -> dict[str, Any]:
    plain: dict[str, Any] = given_in(TYPED)["member"]
    return plain | more


# -- what comes, where, and by whom -----------------------------------------------------------------------------------


def test_a_command_in_a_server() -> None:
    found = must(given_in(TYPED))
    birch, porch = Member("discord", "4011"), Space("discord", "500")
    assert (found.key, found.kind, found.member, found.space) == ("900", "command", birch, porch)
    assert (found.room, found.locale, found.name, found.data) == (Room("discord", "600"), "de", "", TYPED)
    (fact,) = found.known
    assert (fact.question, fact.at) == (WhoIs(birch, (porch,)), NOW)
    assert fact.answer == Standing(Right.MEMBER, joined_at=JOINED, roles=frozenset({"21", "22"}))


def test_a_command_in_the_private_conversation() -> None:
    found = must(in_private(TYPED))
    assert (found.member, found.space, found.room, found.known) == (Member("discord", "4011"), None, None, ())


def test_in_a_private_thread_the_thread_is_the_room() -> None:
    thread = {
        "id": "601",
        "type": 12,
        "guild_id": "500",
        "parent_id": "600",
        "owner_id": "7",
        "name": "a room",
        "message_count": 0,
        "member_count": 3,
        "thread_metadata": {"archived": False, "auto_archive_duration": 60, "archive_timestamp": JOINED.isoformat()},
        "flags": 0,
    }
    assert must(given_in(PRESSED, PRESS, channel=thread)).room == Room("discord", "601")


def test_a_channel_of_a_kind_to_come_is_no_room_and_still_answered() -> None:
    assert must(given_in(TYPED, channel={"id": "600", "type": 77})).room is None


@pytest.mark.parametrize(
    ("kind", "data", "called"), [(PRESS, PRESSED, "press"), (FORM, PRESSED, "form"), (COMPLETE, TYPED, "complete")]
)
def test_presses_forms_and_typing(kind: int, data: dict[str, Any], called: str) -> None:
    found = must(given_in(data, kind))
    assert (found.kind, found.name) == (called, data.get("custom_id", ""))


def test_nothing_of_it_is_in_its_repr() -> None:
    form = PRESSED | {"components": [{"type": 18, "component": {"type": 4, "custom_id": "word", "value": "a secret"}}]}
    shown = repr(must(given_in(form, FORM)))
    assert not any(part in shown for part in ("4011", "500", "600", "900", "secret", "v1.peer", "21", "irch"))


# -- who they are there -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("may", "right"),
    [
        (0, Right.MEMBER),
        (1024, Right.MEMBER),
        (1 << 34, Right.MEMBER),
        (MANAGE_SERVER, Right.MODERATOR),
        (ADMINISTRATOR, Right.MODERATOR),
        ((1 << 53) - 1, Right.MODERATOR),
    ],
)
def test_who_may_manage_the_server_is_a_moderator(may: int, right: Right) -> None:
    assert known(given_in(TYPED, member=member(permissions=str(may)))).right is right


@pytest.mark.parametrize(
    ("why", "more", "able"),
    [
        ("a time-out that lasts", {"communication_disabled_until": "2026-03-02T18:00:01+00:00"}, False),
        ("a time-out that is over", {"communication_disabled_until": "2026-03-02T18:00:00+00:00"}, True),
        ("one without a zone", {"communication_disabled_until": "2026-03-02T18:00:01"}, False),
        ("not yet agreed to what newcomers are asked", {"pending": True}, False),
        (
            "administrators are not held by one",
            {"communication_disabled_until": "2026-03-03T18:00:00+00:00", "permissions": str(ADMINISTRATOR)},
            True,
        ),
    ],
)
def test_who_may_not_speak_is_not_able(why: str, more: dict[str, Any], able: bool) -> None:
    assert known(given_in(TYPED, member=member(**more))).able is able, why


@pytest.mark.parametrize(
    ("written", "read_as"),
    [(None, None), ("2026-01-02T03:04:05", JOINED), ("2026-01-02T04:04:05+01:00", JOINED)],
)
def test_when_they_came_can_always_be_compared(written: str | None, read_as: datetime | None) -> None:
    assert known(given_in(TYPED, member=member(joined_at=written))).joined_at == read_as


def test_a_member_without_roles_has_none() -> None:
    assert known(given_in(TYPED, member=member(roles=[]))).roles == frozenset()


def test_a_members_standing_from_numbers() -> None:
    found = standing(MANAGE_SERVER, JOINED, (1, 2), timed_out_until=NOW + timedelta(1), pending=False, now=NOW)
    assert found == Standing(Right.MODERATOR, able=False, joined_at=JOINED, roles=frozenset({"1", "2"}))


# -- what is none of ours ---------------------------------------------------------------------------------------------


def changed(**more: Any) -> Callable[[], dict[str, Any]]:
    return lambda: given_in(TYPED, **more)


def without_person() -> dict[str, Any]:
    payload = given_in(TYPED)
    del payload["member"]
    return payload


@pytest.mark.parametrize(
    ("why", "made"),
    [
        ("a ping", changed(type=1)),
        ("a kind to come", changed(type=99)),
        ("no person", without_person),
        ("a person of nowhere", lambda: without_person() | {"user": BIRCH}),
        ("a bot", changed(member=member(user=BIRCH | {"bot": True}))),
        ("brought along by somebody", changed(authorizing_integration_owners={"1": "4011"})),
        ("brought along by somebody else", changed(authorizing_integration_owners={"1": "4012"})),
        ("let in by another server", changed(authorizing_integration_owners={"0": "501"})),
        ("let in by nobody", changed(authorizing_integration_owners={})),
        (
            "a conversation of others",
            lambda: in_private(TYPED, context=2, authorizing_integration_owners={"1": "4011"}),
        ),
        ("a command on a message", lambda: given_in(TYPED | {"type": 3})),
        ("a command without a kind", lambda: given_in({"name": "peer"})),
        ("a select, of which we show none", lambda: given_in(PRESSED | {"component_type": 3, "values": ["a"]}, PRESS)),
        ("a button whose id is a number", lambda: given_in(PRESSED | {"custom_id": 5}, PRESS)),
        ("a form whose id is a list", lambda: given_in({"custom_id": ["v1"], "components": []}, FORM)),
    ],
)
def test_what_is_none_of_ours_is_no_event(why: str, made: Callable[[], dict[str, Any]]) -> None:
    assert read(made()) is None, why


@pytest.mark.parametrize("data", [None, [], "peer", 5, True])
@pytest.mark.parametrize("kind", [COMMAND, PRESS, COMPLETE, FORM])
def test_what_has_no_shape_is_no_event(data: Any, kind: int) -> None:
    assert read(given_in(data, kind)) is None


@pytest.mark.parametrize(
    ("given_locale", "read_as"),
    [("en-US", "en"), ("zh-TW", "zh"), ("es-419", "es"), ("xx", "xx")]
    + [(one, "") for one in (None, 5, True, "", "de\n", "<@4011>", "../../de", "d" * 2000, "de-\u0661\u0662")],
)
def test_a_language_is_a_language_or_nothing(given_locale: Any, read_as: str) -> None:
    assert must(given_in(TYPED, locale=given_locale)).locale == read_as


# -- forms ------------------------------------------------------------------------------------------------------------


def filled(*parts: Any) -> dict[str, Any]:
    """What a form gives that asks each question under a label, as ours do."""
    components = [{"type": 18, "id": number, "component": part} for number, part in enumerate(parts)]
    return dict(must(given_in({"custom_id": "v1.x", "components": components}, FORM)).values)


def part(kind: int, name: str, **more: Any) -> dict[str, Any]:
    return {"type": kind, "custom_id": name, "id": 1} | more


def test_each_kind_of_answer_reaches_its_parameter() -> None:
    birch = Member("discord", "4011")
    found = filled(
        part(4, "words", value="two\nlines"),
        part(3, "way", values=["voice"]),
        part(3, "languages", values=["de", "en"]),
        part(3, "sure", values=["yes"]),
        part(5, "whom", values=["4011"]),
        part(6, "one_role", values=["21"]),
        part(6, "roles", values=["21", "22"]),
    )
    assert found["words"] == "two\nlines"
    assert Pick(("text", "voice")).parse(found["way"]) == "voice"
    assert Picks(("de", "en")).parse(found["languages"]) == ("de", "en")
    assert Picks(("text", "voice")).parse(found["way"]) == ("voice",)
    assert YesNo().parse(found["sure"]) is True
    assert Someone().parse(found["whom"]) == birch
    assert Roles().parse(found["one_role"]) == ("21",)
    assert Roles().parse(found["roles"]) == ("21", "22")


@pytest.mark.parametrize(
    ("why", "answer"),
    [
        ("empty words", part(4, "it", value="")),
        ("nothing picked", part(3, "it", values=[])),
        ("nobody picked", part(5, "it", values=[])),
        ("no role picked", part(6, "it", values=[])),
        ("no answer at all", part(4, "it")),
        ("a number for words", part(4, "it", value=5)),
        ("a list for words", part(4, "it", value=["a"])),
        ("words for a list", part(3, "it", values="abc")),
        ("a person who is no id", part(5, "it", values=["birch"])),
        ("a person of other digits", part(5, "it", values=["\u0661\u0662"])),
        ("a person with a line after it", part(5, "it", values=["4011\n"])),
        ("a person of 21 digits", part(5, "it", values=["1" * 21])),
        ("a role that is no id", part(6, "it", values=["<@&21>", None, 21])),
        ("options that are no words", part(3, "it", values=[None, 5, ["a"], {}])),
    ],
)
def test_what_is_no_answer_was_not_given(why: str, answer: dict[str, Any]) -> None:
    assert filled(answer)["it"] in {"", ()}, why


def test_questions_in_rows_are_read_as_well() -> None:
    row = {"type": 1, "id": 1, "components": [part(4, "word", value="porch")]}
    assert must(given_in({"custom_id": "v1.x", "components": [row]}, FORM)).values == {"word": "porch"}


@pytest.mark.parametrize("components", [None, "x", {}, [None, 5, "x", []], [{"custom_id": 5, "value": "x"}], [{}]])
def test_components_without_a_shape_are_left_out(components: Any) -> None:
    assert must(given_in({"custom_id": "v1.x", "components": components}, FORM)).values == {}


def test_nesting_without_end_is_not_followed() -> None:
    deep: dict[str, Any] = part(4, "deep", value="x")
    for _ in range(50_000):
        deep = {"type": 1, "components": [deep]}
    interaction = of_library(given_in({"custom_id": "v1.x", "components": []}, FORM))
    interaction.data = {"custom_id": "v1.x", "components": [deep]}  # type: ignore[assignment]
    found = event(interaction, NOW)
    assert found is not None
    assert found.values == {}


def test_only_forms_have_values() -> None:
    pressed = PRESSED | {"components": [part(4, "word", value="x")]}
    assert must(given_in(pressed, PRESS)).values == {}


# -- whatever comes ---------------------------------------------------------------------------------------------------

_KEYS = st.sampled_from(
    ["custom_id", "type", "component_type", "components", "component", "value", "values", "name", "options", "id"]
)
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_KEYS | st.text(max_size=4), inner, max_size=5),
    max_leaves=20,
)


@given(_JSON, st.sampled_from([COMMAND, PRESS, COMPLETE, FORM]), st.booleans())
def test_nothing_that_was_typed_or_pressed_makes_it_raise(data: Any, kind: int, private: bool) -> None:
    made = in_private({}, kind) if private else given_in({}, kind)
    interaction = of_library(made)
    interaction.data = data
    found = event(interaction, NOW)
    assert found is None or isinstance(found.name, str)
    for value in found.values.values() if found is not None else ():
        assert isinstance(value, str | Member | tuple)


# -- as it comes over the gateway -------------------------------------------------------------------------------------


async def test_a_connected_library_brings_the_same(there: StandIn, starts: Starts) -> None:
    porch = there.guild("Porch")
    rowan = there.person("rowan", porch, locale="de", roles=("moderator",))
    found: list[Event | None] = []

    async def answers(interaction: Any) -> None:
        found.append(event(interaction, NOW))
        await interaction.response.send_message("Heard.", ephemeral=True)

    client = await starts()
    client.answers = answers
    assert client.application_id is not None
    about: Any = {"name": "about", "description": "What I am", "type": 1, "contexts": [0, 1]}
    await client.http.bulk_upsert_global_commands(client.application_id, [about])
    await rowan.slash("about", {}, there.channel(porch))
    await rowan.slash("about", {})
    here, private = found
    assert here is not None
    assert private is not None
    (fact,) = here.known
    role = next(str(one.id) for one in porch.roles.values() if one.name == "moderator")
    assert isinstance(fact.answer, Standing)
    assert (fact.answer.right, fact.answer.able, fact.answer.roles) == (Right.MODERATOR, True, frozenset({role}))
    assert (here.space, here.room) == (
        Space("discord", str(porch.id)),
        Room("discord", str(there.channel(porch).id)),
    )
    assert here.locale == private.locale == "de"
    assert (private.member, private.space, private.room, private.known) == (here.member, None, None, ())
    assert here.data["name"] == "about"

"""What would be refused to the bot in a channel, by Discord's way of adding up roles and overwrites."""

from typing import Any

import pytest

from adapters.discord.missing import allowed, missing, of_server
from bot.contract.facts import Act
from bot.contract.place import Room
from tests.discord.standin import permissions as may

GUILD, BOT, ROLE, OTHER = "500", "600", "700", "800"
ROOM = Room("discord", "900")
ALL_OF = frozenset({Act.WRITE, Act.PIN})


def roles(everyone: int = may.EVERYONE, own: int = may.NEEDED) -> list[dict[str, Any]]:
    return [
        {"id": GUILD, "permissions": str(everyone)},
        {"id": ROLE, "permissions": str(own)},
        {"id": OTHER, "permissions": "0"},
    ]


def over(id_: str, *, allow: int = 0, deny: int = 0) -> dict[str, Any]:
    return {"id": id_, "type": 1 if id_ == BOT else 0, "allow": str(allow), "deny": str(deny)}


def lacks(
    *overwrites: dict[str, Any],
    everyone: int = may.EVERYONE,
    own: int = may.NEEDED,
    acts: frozenset[str] = ALL_OF,
    **channel: Any,
) -> list[str]:
    shape = {"type": 0, "permission_overwrites": list(overwrites), **channel}
    bits = allowed(shape, roles(everyone, own), GUILD, BOT, [ROLE, OTHER])
    found = missing(ROOM, shape, bits, of_server(roles(everyone, own), GUILD, [ROLE, OTHER]), acts)
    assert all(line.facts["place"] == ROOM for line in found)
    return [line.id.removeprefix("missing-discord-") for line in found]


def test_with_what_it_asks_for_nothing_is_refused() -> None:
    assert lacks() == []
    assert lacks(everyone=0) == []


@pytest.mark.parametrize(
    ("bit", "expected"),
    [
        (may.SEND_MESSAGES, ["send"]),
        (may.READ_MESSAGE_HISTORY, ["history"]),
        (may.PIN_MESSAGES, ["pin"]),
        (may.VIEW_CHANNEL, ["view"]),
        (may.SEND_MESSAGES_IN_THREADS, []),
        (may.SEND_MESSAGES | may.PIN_MESSAGES, ["send", "pin"]),
    ],
)
def test_each_permission_that_is_taken_away_is_named(bit: int, expected: list[str]) -> None:
    assert lacks(everyone=0, own=may.NEEDED & ~bit) == expected
    for whom in (ROLE, BOT):
        assert lacks(over(whom, deny=bit)) == expected
    assert lacks(over(GUILD, deny=bit), over(OTHER, allow=bit)) == []


def test_overwrites_count_in_discords_order() -> None:
    send = may.SEND_MESSAGES
    assert lacks(over(GUILD, deny=send)) == ["send"]
    assert lacks(over(GUILD, deny=send), over(ROLE, allow=send)) == []
    assert lacks(over(ROLE, allow=send), over(OTHER, deny=send)) == [], (
        "what one role is allowed is not denied by another"
    )
    assert lacks(over(ROLE, allow=send), over(BOT, deny=send)) == ["send"]
    assert lacks(over(ROLE, deny=send), over(BOT, allow=send)) == []
    assert lacks(over("999", deny=send)) == [], "a role that the bot does not have"


def test_an_administrator_is_refused_nothing() -> None:
    assert lacks(over(BOT, deny=may.ALL), own=may.ADMINISTRATOR) == []


@pytest.mark.parametrize("kind", [10, 11, 12])
def test_threads_have_a_permission_of_their_own_and_can_be_locked(kind: int) -> None:
    assert lacks(over(BOT, deny=may.SEND_MESSAGES), type=kind) == []
    assert lacks(over(BOT, deny=may.SEND_MESSAGES_IN_THREADS), type=kind) == ["threads"]
    assert lacks(type=kind, thread_metadata={"locked": True}) == ["locked"]
    assert lacks(type=kind, thread_metadata={"locked": False}) == []
    assert lacks(over(BOT, allow=may.MANAGE_THREADS), type=kind, thread_metadata={"locked": True}) == []


@pytest.mark.parametrize(("kind", "expected"), [(11, ["take-out"]), (12, []), (0, [])])
def test_nobody_is_taken_out_of_a_thread_that_all_can_look_into_but_by_whoever_manages_threads(
    kind: int, expected: list[str]
) -> None:
    asked = frozenset({Act.TAKE_OUT})
    assert lacks(acts=asked, type=kind) == expected
    assert lacks(over(BOT, allow=may.MANAGE_THREADS), acts=asked, type=kind) == []


def test_events_go_by_what_the_bot_may_in_the_server_whatever_a_channel_says() -> None:
    asked = frozenset({Act.EVENTS})
    assert lacks(over(BOT, deny=may.CREATE_EVENTS), acts=asked) == []
    assert lacks(over(BOT, allow=may.CREATE_EVENTS), own=may.NEEDED & ~may.CREATE_EVENTS, acts=asked) == ["events"]
    assert lacks(own=may.ADMINISTRATOR, acts=asked) == []


def test_only_what_is_asked_about_is_told() -> None:
    everything = over(BOT, deny=may.SEND_MESSAGES | may.PIN_MESSAGES)
    assert lacks(everything, acts=frozenset({Act.WRITE})) == ["send"]
    assert lacks(everything, acts=frozenset({Act.PIN})) == ["pin"]
    assert lacks(everything, acts=frozenset()) == []

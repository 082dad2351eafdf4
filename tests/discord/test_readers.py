"""Who can read, compared with how the stand-in and discord.py add up permissions; and that nobody is left out."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.discord.readers import ALL, readers, right
from bot.contract.facts import Readers
from tests.discord.standin import permissions, shapes
from tests.discord.standin.state import Channel, Guild, Member, Overwrite, Role, Thread, User

NOW = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
PORCH, OWNER, BIRCH = 500, 1, 2
ADMIN, VIEW, MANAGE = permissions.ADMINISTRATOR, permissions.VIEW_CHANNEL, permissions.MANAGE_THREADS


def guild(everyone: int, *roles: int) -> Guild:
    """Return a server whose roles, numbered from 501 on, may do this."""
    made = Guild(PORCH, "Porch", OWNER, NOW)
    for number, may in enumerate((everyone, *roles)):
        made.roles[PORCH + number] = Role(PORCH + number, f"role {number}", may, number)
    return made


def channel(*overwrites: Overwrite) -> Channel:
    return Channel(600, 0, "porch", PORCH, overwrites={one.id: one for one in overwrites})


def thread(*, invitable: bool = False, kind: int = Channel.PRIVATE_THREAD) -> Channel:
    inside = Thread(7, NOW, NOW, invitable=invitable, members={7: NOW})
    return Channel(601, kind, "a room", PORCH, 600, thread=inside)


def look(of: Guild, here: Channel, parent: Channel | None = None, *, visible: bool = False) -> Readers:
    """Return who can read, from the JSON that the stand-in sends."""
    above = shapes.channel(parent) if parent is not None else None
    roles = [shapes.role(one) for one in of.roles.values()]
    return readers(shapes.channel(here), above, roles, str(PORCH), visible=visible)


def lines(found: Readers) -> list[tuple[str, dict[str, Any]]]:
    prefix = "who-reads-discord-"
    return [(line.id.removeprefix(prefix), dict(line.facts)) for line in found.lines if not line.id.endswith("itself")]


def for_role(id_: int, allow: int = 0, deny: int = 0) -> Overwrite:
    return Overwrite(id_, of_member=False, allow=allow, deny=deny)


def for_account(id_: int, allow: int = 0, deny: int = 0) -> Overwrite:
    return Overwrite(id_, of_member=True, allow=allow, deny=deny)


# -- channels ---------------------------------------------------------------------------------------------------------


def test_a_channel_that_everybody_sees() -> None:
    found = look(guild(VIEW, 0), channel())
    assert (lines(found), found.wider) == ([("everyone", {})], True)


@pytest.mark.parametrize(
    ("why", "of", "here", "count", "people"),
    [
        ("nobody but the owner", guild(0, 0), channel(), 0, 0),
        ("one role, by the server", guild(0, VIEW, 0), channel(), 1, 0),
        ("closed to all", guild(VIEW, VIEW), channel(for_role(500, deny=VIEW)), 0, 0),
        (
            "closed to all but one",
            guild(VIEW, 0, 0),
            channel(for_role(500, deny=VIEW), for_role(501, allow=VIEW)),
            1,
            0,
        ),
        ("administrators see all", guild(VIEW, ADMIN, 0), channel(for_role(500, deny=VIEW)), 1, 0),
        ("even where they are kept out", guild(0, ADMIN), channel(for_role(501, deny=VIEW)), 1, 0),
        ("a role that is kept out", guild(0, VIEW, VIEW), channel(for_role(501, deny=VIEW)), 1, 0),
        ("allowed beats denied", guild(0, VIEW), channel(for_role(501, allow=VIEW, deny=VIEW)), 1, 0),
        (
            "two accounts, and one that is kept out",
            guild(0),
            channel(for_account(2, allow=VIEW), for_account(3, allow=VIEW), for_account(4, deny=VIEW)),
            0,
            2,
        ),
        ("an account that may other things", guild(0), channel(for_account(2, allow=MANAGE)), 0, 0),
    ],
)
def test_a_channel_that_some_see(why: str, of: Guild, here: Channel, count: int, people: int) -> None:
    found = look(of, here)
    assert lines(found) == [("some", {"count": count, "people": people})], why
    assert found.wider


def test_a_public_thread_is_as_open_as_the_channel_above() -> None:
    above = channel(for_role(500, deny=VIEW), for_role(501, allow=VIEW))
    found = look(guild(VIEW, 0), thread(kind=Channel.PUBLIC_THREAD), above)
    assert (lines(found), found.wider) == ([("some", {"count": 1, "people": 0}), ("public", {})], True)


def test_a_public_thread_that_was_made_to_be_one_is_not_wider_and_says_the_same() -> None:
    found = look(guild(VIEW, 0), thread(kind=Channel.PUBLIC_THREAD), channel(), visible=True)
    assert (lines(found), found.wider) == ([("everyone", {}), ("public", {})], False)


@pytest.mark.parametrize(
    ("why", "of", "here"),
    [
        ("everybody manages threads", guild(VIEW | MANAGE), thread()),
        ("those inside may let others in", guild(VIEW), thread(invitable=True)),
    ],
)
def test_a_thread_that_was_to_be_looked_into_is_not_wider_for_that(why: str, of: Guild, here: Channel) -> None:
    assert look(of, here, channel()).wider, why
    assert not look(of, here, channel(), visible=True).wider, why


def test_a_thread_of_which_nothing_above_is_known_is_wider_whatever_it_was_made_for() -> None:
    assert look(guild(VIEW), thread(kind=Channel.PUBLIC_THREAD), visible=True).wider


def test_discord_itself_is_always_named() -> None:
    for found in (look(guild(VIEW), channel()), look(guild(VIEW), thread(), channel())):
        assert found.lines[-1].id == "who-reads-discord-itself"


# -- rooms for two ----------------------------------------------------------------------------------------------------


def test_a_room_for_two_is_read_by_those_inside_and_the_owner() -> None:
    found = look(guild(VIEW, 0), thread(), channel())
    assert lines(found) == [("thread", {}), ("managers", {"count": 0, "people": 0})]
    assert not found.wider


@pytest.mark.parametrize(
    ("why", "of", "above", "count", "people"),
    [
        ("two roles that manage threads", guild(VIEW, MANAGE, MANAGE, 0), channel(), 2, 0),
        ("administrators", guild(VIEW, ADMIN, 0), channel(), 1, 0),
        ("a role that may here alone", guild(VIEW, 0), channel(for_role(501, allow=MANAGE)), 1, 0),
        ("a role that may not here", guild(VIEW, MANAGE), channel(for_role(501, deny=MANAGE)), 0, 0),
        ("all were denied it", guild(VIEW, MANAGE), channel(for_role(500, deny=MANAGE)), 0, 0),
        ("an account that may here", guild(VIEW), channel(for_account(2, allow=MANAGE)), 0, 1),
        # Whoever has it and another role that sees the channel reads along.
        ("a role that manages and does not see", guild(0, MANAGE, VIEW), channel(), 1, 0),
    ],
)
def test_who_manages_threads_reads_a_room_for_two(why: str, of: Guild, above: Channel, count: int, people: int) -> None:
    found = look(of, thread(), above)
    assert lines(found) == [("thread", {}), ("managers", {"count": count, "people": people})], why
    assert not found.wider


def test_where_everybody_manages_threads_no_room_is_for_two() -> None:
    found = look(guild(VIEW | MANAGE, 0), thread(), channel())
    assert (lines(found), found.wider) == ([("everyone", {}), ("open", {})], True)


def test_where_everybody_may_manage_threads_of_one_channel_no_room_below_it_is_for_two() -> None:
    found = look(guild(VIEW), thread(), channel(for_role(500, allow=MANAGE)))
    assert (lines(found), found.wider) == ([("everyone", {}), ("open", {})], True)


def test_where_those_inside_may_let_others_in_it_is_not_for_two() -> None:
    found = look(guild(VIEW), thread(invitable=True), channel())
    assert lines(found) == [("thread", {}), ("managers", {"count": 0, "people": 0})]
    assert found.wider


# -- what is not known counts as allowed ------------------------------------------------------------------------------

ROLES = [{"id": "500", "permissions": str(VIEW)}, {"id": "501", "permissions": "0"}]
ROOM = {"type": 12, "thread_metadata": {"invitable": False}}
ABOVE = {"type": 0, "permission_overwrites": []}


def test_the_measure_of_the_next_test() -> None:
    assert not readers(ROOM, ABOVE, ROLES, "500").wider


@pytest.mark.parametrize(
    ("why", "room", "above", "roles"),
    [
        ("the channel above is not known", ROOM, None, ROLES),
        ("nothing is said of who may invite", {"type": 12}, ABOVE, ROLES),
        ("nothing true is said of it", {"type": 12, "thread_metadata": None}, ABOVE, ROLES),
        ("it is said in no known way", {"type": 12, "thread_metadata": {"invitable": 0}}, ABOVE, ROLES),
        ("a kind to come", {"type": 77}, ABOVE, ROLES),
        ("no kind", {}, ABOVE, ROLES),
        ("a kind of no shape", {"type": []}, ABOVE, ROLES),
        ("no roles", ROOM, ABOVE, []),
        ("not the role of all", ROOM, ABOVE, ROLES[1:]),
        (
            "all are allowed nobody knows what",
            ROOM,
            {"permission_overwrites": [{"id": "500", "type": 0, "allow": "?", "deny": "0"}]},
            ROLES,
        ),
    ],
)
def test_what_is_not_known_is_wider(
    why: str, room: dict[str, Any], above: dict[str, Any] | None, roles: list[dict[str, Any]]
) -> None:
    assert readers(room, above, roles, "500").wider, why


@pytest.mark.parametrize("may", [None, -1, "-1", "1e3", "", " ", "\u0661", "1" + "0" * 5000, [], True])
def test_permissions_that_are_none_are_all(may: Any) -> None:
    assert readers(ROOM, ABOVE, [{"id": "500", "permissions": may}], "500").wider


@pytest.mark.parametrize("listed", [None, "x", 5, {}, [None, 5, "x", []], [{}], [{"id": None, "type": [], "deny": {}}]])
def test_overwrites_without_a_shape_take_nothing_away(listed: Any) -> None:
    found = readers({"type": 0, "permission_overwrites": listed}, None, ROLES, "500")
    assert found.lines[0].id == "who-reads-discord-everyone"


def test_an_overwrite_that_denies_nobody_knows_what_keeps_nobody_out() -> None:
    written = [{"id": "500", "type": 0, "allow": "0", "deny": "?"}]
    found = readers({"type": 0, "permission_overwrites": written}, None, ROLES, "500")
    assert found.lines[0].id == "who-reads-discord-everyone"


# -- against the arithmetic of the stand-in ---------------------------------------------------------------------------

_BITS = st.sampled_from([VIEW, MANAGE, ADMIN, permissions.SEND_MESSAGES])
_MAY = st.lists(_BITS, max_size=2).map(lambda bits: sum(set(bits)))
_OVERWRITES = st.lists(
    st.builds(for_role, st.integers(500, 503), _MAY, _MAY) | st.builds(for_account, st.just(BIRCH), _MAY, _MAY),
    max_size=4,
)


@given(st.lists(_MAY, min_size=4, max_size=4), _OVERWRITES, st.sets(st.integers(501, 503)), st.booleans())
def test_whoever_reads_is_told_of(may: list[int], overwrites: list[Overwrite], roles: set[int], private: bool) -> None:
    """Nobody reads who has none of the roles that are counted, and was not let in by themselves."""
    of, above = guild(*may), channel(*overwrites)
    here, parent = (thread(), above) if private else (above, None)
    birch = Member(User(BIRCH, "birch"), NOW, sorted(roles))
    reads = bool(permissions.in_channel(of, birch, here, parent, NOW) & VIEW)
    found = look(of, here, parent)
    told = dict(lines(found))
    if "everyone" in told or not reads:
        return
    counted = told.get("some") or told["managers"]
    bit = MANAGE if private and "managers" in told else VIEW
    by_role = any(_alone(of, above, role) & bit for role in roles)
    by_account = any(one.of_member and one.allow & bit for one in above.overwrites.values())
    assert (by_role and counted["count"]) or (by_account and counted["people"])


@given(st.lists(_MAY, min_size=4, max_size=4), _OVERWRITES)
def test_the_number_of_roles_is_that_of_the_stand_in(may: list[int], overwrites: list[Overwrite]) -> None:
    of, above = guild(*may), channel(*overwrites)
    told = dict(lines(look(of, above)))
    seeing = [role for role in of.roles if _alone(of, above, role) & VIEW]
    assert ("everyone" in told) == (PORCH in seeing)
    assert "everyone" in told or told["some"]["count"] == len(seeing)


def _alone(of: Guild, here: Channel, role: int) -> int:
    """Return what somebody of whom nothing else is known may do with one role, as the stand-in adds it up."""
    somebody = Member(User(9, "linden"), NOW, [] if role == PORCH else [role])
    everywhere = permissions.in_guild(of, somebody, NOW)
    return everywhere if everywhere == permissions.ALL else permissions._overwritten(everywhere, of, somebody, here)


# -- what somebody may in a server ------------------------------------------------------------------------------------


def test_what_somebody_may_is_the_sum_of_their_roles() -> None:
    of_server = {501: VIEW, 502: MANAGE, 503: permissions.MANAGE_GUILD}
    assert right((501, 502), of_server, owner=False, everyone=1) == VIEW | MANAGE | 1
    assert right((), of_server, owner=False, everyone=1) == 1
    assert right((999,), of_server, owner=False, everyone=0) == 0


@pytest.mark.parametrize(
    ("why", "roles", "owner", "everyone"),
    [("the owner", (), True, 0), ("an administrator", (501,), False, 0), ("everybody administers", (), False, ADMIN)],
)
def test_who_may_everything(why: str, roles: tuple[int, ...], owner: bool, everyone: int) -> None:
    assert right(roles, {501: ADMIN, 502: 0}, owner=owner, everyone=everyone) == ALL, why

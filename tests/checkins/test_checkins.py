"""Check-in rooms on every platform: opened, entered, gone round, closed, and nothing kept."""

from tests.checkins.scene import at_rest, card, joins, kept, last, opened, opens, plain
from tests.drivers import Evening, every_platform

CLOSING = "The time we gave this room is over"


async def goes_round(evening: Evening, room: str) -> None:
    """Let alder pass, be asked once more, and pass again in a pause that rowan asked for."""
    alder, rowan = evening.person("alder"), evening.person("rowan")
    lines = len(rowan.sees_in(room))
    assert "Next, if you like: alder" in last(evening, "rowan", room)
    assert "checkin.pass" in rowan.choices_in(room)
    assert "The invitation goes to alder" in plain(evening, await rowan.presses_in(room, "checkin.pass"))
    once = await alder.presses_in(room, "checkin.pass")
    await evening.settle()
    assert "Next, if you like: rowan" in last(evening, "rowan", room)
    await rowan.presses_in(room, "checkin.go-on")
    await evening.settle()
    assert "Next, if you like: alder" in last(evening, "rowan", room), "asked once more"
    await rowan.presses_in(room, "checkin.pause")
    await evening.settle()
    paused = rowan.sees_in(room)
    assert "A pause." in paused[-1]
    twice = await alder.presses_in(room, "checkin.pass")
    await evening.wind(minutes=3)
    assert rowan.sees_in(room) == paused, "the bot is silent"
    await alder.presses_in(room, "checkin.resume")
    await evening.settle()
    assert "The talk is open now" in rowan.sees_in(room)[-1]
    assert len(rowan.sees_in(room)) == lines + 4, "each is a new message"
    for answer in (once, twice):
        assert answer.startswith("You have passed, and that is fine.")
    assert abs(len(once.split()) - len(twice.split())) <= 3


@every_platform("K1", "K3", "K4", "K5", "K6", "K9", "K11")
async def test_a_whole_evening_from_opening_to_closing(evening: Evening) -> None:
    birch, alder, rowan = (evening.person(name) for name in ("birch", "alder", "rowan"))
    before = at_rest(evening)
    answer = await opens(evening, minutes="40", kind="guided", size="5")
    assert "I tell nobody that it was you" in answer
    assert "checkin.call-off" in birch.choices()
    assert not at_rest(evening) - before, "nobody who opened it stands anywhere"
    assert birch.name not in card(evening)
    assert "I keep nothing about it" in await evening.person("hazel").presses_in_room("checkin.skip")
    room = await joins(evening, "alder", "rowan")
    assert at_rest(evening) >= {"alder", "rowan"}, "the control: who is in it is known, sealed, while it is open"
    assert set(evening.people_in(room)) == {"alder", "rowan"}
    assert {"checkin.leave", "checkin.pause", "checkin.host"} <= set(alder.choices_in(room))
    await rowan.presses_in(room, "checkin.host")
    await evening.settle()
    assert "rowan would like to be the host" in last(evening, "rowan", room)
    await evening.wind(minutes=5)
    await evening.restart()
    await goes_round(evening, room)
    lines = len(rowan.sees_in(room))
    assert "Nothing was posted" in await alder.presses_in(room, "checkin.leave")
    await evening.settle()
    assert evening.people_in(room) == ("rowan",)
    assert len(rowan.sees_in(room)) == lines
    await evening.wind(minutes=22)
    assert "This room closes" in rowan.sees_in(room)[-2]
    assert "Next, if you like: rowan" in last(evening, "rowan", room)
    assert "checkin.another" in rowan.choices_in(room)
    await evening.wind(minutes=11)
    assert evening.is_over(room)
    assert CLOSING in rowan.sees_in(room)[-1]
    assert card(evening) == ""
    assert kept(evening) == set()
    assert at_rest(evening) == before
    assert evening.rows()["member"] == 0, "nobody was enrolled"


@every_platform("K8")
async def test_a_room_that_more_can_read_is_closed_before_anybody_is_in_it(evening: Evening) -> None:
    evening.widens_room()
    await opens(evening)
    assert "more people could read it than it was made for" in evening.in_the_room()[-1]
    assert card(evening) == ""
    assert kept(evening) == set()


@every_platform("K8", "K12", "K9")
async def test_who_can_read_is_said_before_and_a_full_room_offers_a_second_one(evening: Evening) -> None:
    room = await opened(evening, "alder", "rowan", size="2", minutes="20", kind="open")
    said = card(evening)
    assert any(words in said for words in ("can read this room", "can read this thread", "in this room can read it"))
    assert said.index("can read") < len(said)
    hazel = evening.person("hazel")
    await evening.wind(minutes=5)
    assert "This room is full" in await hazel.presses_in_room("checkin.join")
    assert "A check-in room opens now" in await hazel.presses("checkin.another")
    await evening.settle()
    assert "I let you in" in await hazel.presses("checkin.join")
    await evening.settle()
    (second,) = set(hazel.rooms())
    assert evening.people_in(second) == ("hazel",)
    await evening.wind(minutes=6)
    assert "There is a second room" in await evening.person("alder").presses_in(room, "checkin.another")
    await evening.wind(minutes=10)
    assert evening.is_over(room)
    assert not evening.is_over(second)


@every_platform("K9")
async def test_a_room_is_deleted_with_its_closing_where_the_community_wishes_it_and_the_bot_may(
    evening: Evening,
) -> None:
    evening.lets_bot_manage()
    assert "I delete each" in await evening.person("linden").asks("checkin words", {"delete_rooms": "yes"})
    room = await opened(evening, "alder", minutes="20", kind="open")
    alder = evening.person("alder")
    assert room in alder.rooms()
    await evening.wind(minutes=11)
    assert "I delete the room then" in alder.sees_in(room)[-1], "said before"
    await evening.wind(minutes=10)
    assert room not in alder.rooms()
    assert kept(evening) == set()


@every_platform("K11")
async def test_a_room_that_is_taken_away_or_shut_to_the_bot_is_over_and_forgotten(evening: Evening) -> None:
    before = at_rest(evening)
    room = await opened(evening, "alder", minutes="30", kind="open")
    evening.deletes_room(room)
    await evening.wind(minutes=21)
    assert kept(evening) - {"outbox"} == set()
    assert "I cannot write in the check-in room any more" in evening.in_the_room()[-1]
    room = await opened(evening, "rowan", minutes="30", kind="open")
    evening.shuts_bot_out(room)
    await evening.wind(minutes=21)
    assert kept(evening) - {"outbox"} == set()
    assert "I cannot write in the check-in room any more" in evening.in_the_room()[-1]
    assert card(evening) == ""
    assert at_rest(evening) == before


@every_platform("K10")
async def test_prompts_come_from_the_community_and_are_switched_off_by_anybody(evening: Evening) -> None:
    linden = evening.person("linden")
    await linden.asks("checkin prompts", {"prompts": "What is near?", "starters": "no"})
    await linden.presses("draft.use")
    room = await opened(evening, "alder", "rowan")
    alder = evening.person("alder")
    await alder.presses_in(room, "checkin.go-on")
    await evening.settle()
    assert "What is near?" in alder.sees_in(room)[-1]
    await alder.presses_in(room, "checkin.no-prompts")
    await evening.settle()
    assert "No more prompts" in alder.sees_in(room)[-1]
    await alder.presses_in(room, "checkin.go-on")
    await evening.settle()
    assert "Next, if you like" in alder.sees_in(room)[-1]
    assert "What is near?" not in alder.sees_in(room)[-1]


@every_platform("K2")
async def test_a_standing_check_in_invites_each_time_anew_and_notes_whoever_wished_one(evening: Evening) -> None:
    birch, alder, rowan = (evening.person(name) for name in ("birch", "alder", "rowan"))
    plan = {"rhythm": "weekly", "first_day": "1", "wall": "19:30", "zone": "Europe/Berlin", "minutes": "30"}
    assert "every week" in await birch.asks("checkin plan", plan, in_room=True)
    assert evening.rows()["standing"] == 0
    assert "Planned." in await birch.presses("draft.use")
    await alder.asks("checkin list")
    assert "I will write to you before each" in await alder.presses("checkin.note-me")
    await evening.wind(days=1, hours=6, minutes=29)  # until a minute before 19:30 in Berlin
    for noted in (1, 2):
        assert card(evening) == ""
        assert ["a check-in room opens" in words for _, words in alder.was_sent()].count(True) == noted
        await evening.wind(minutes=1)
        assert card(evening) != ""
        assert evening.rows()["seat"] == 0, "nobody is in it beforehand"
        room = await joins(evening, "rowan")
        assert evening.people_in(room) == ("rowan",)
        await evening.wind(minutes=31)
        assert evening.is_over(room)
        await evening.wind(days=7, minutes=-32)
    assert "You get no note" in await alder.presses("checkin.no-note")
    assert not any("a check-in room opens" in words for who in (birch, rowan) for _, words in who.was_sent())

"""Asking for a peer: from a ready request to an introduction, and every way out on the way."""

from datetime import timedelta

import pytest

from tests.drivers import Evening, every_platform

GRID = timedelta(minutes=20)


async def lights(evening: Evening, *names: str, **args: str) -> None:
    for name in names:
        await evening.person(name).asks("peer light on", args)


async def asks_for_a_peer(evening: Evening, name: str) -> None:
    await evening.person(name).asks("peer ask")
    await evening.person(name).presses("peer.open")


def nothing_about_peers(evening: Evening) -> bool:
    rows = evening.rows()
    return not any(rows[table] for table in ("opening", "opening_word", "question", "agenda", "outbox", "post"))


@every_platform("P1")
async def test_asking_shows_a_ready_request_and_stores_nothing(evening: Evening) -> None:
    birch = evening.person("birch")
    answer = await birch.asks("peer ask")
    assert "English" in answer
    assert "Ask like this?" in answer
    assert {"peer.open", "peer request", "peer.stop-here", "peer apart"} <= set(birch.choices())
    assert evening.rows()["member"] == 0
    assert evening.rows()["opening"] == 0
    await birch.presses("peer.stop-here")
    assert evening.rows()["member"] == 0


@every_platform("P1")
async def test_a_second_request_no_longer_offers_to_keep_apart(evening: Evening) -> None:
    birch = evening.person("birch")
    await asks_for_a_peer(evening, "birch")
    await birch.asks("peer withdraw")
    await birch.asks("peer ask")
    assert birch.choices().count("peer apart") == 1


@every_platform("P1")
async def test_details_are_asked_in_a_form_and_shown_in_the_open_request(evening: Evening) -> None:
    birch = evening.person("birch")
    await birch.asks("peer request", {"span": "2h", "way": "voice", "place": "direct", "words": ("night shifts",)})
    card = birch.sees()[-1]
    assert "voice" in card
    assert "direct messages" in card
    assert "night shifts" in card
    assert "14:00" in card


@every_platform("P1")
async def test_only_one_request_is_open_at_a_time(evening: Evening) -> None:
    await asks_for_a_peer(evening, "birch")
    assert "Your request is open" in await evening.person("birch").asks("peer ask")
    assert evening.rows()["opening"] == 1


@every_platform("P2")
async def test_a_light_burns_for_the_chosen_time_and_goes_out_by_itself(evening: Evening) -> None:
    alder = evening.person("alder")
    answer = await alder.asks("peer light on", {"hours": "2"})
    assert "14:00" in answer
    assert evening.rows()["opening"] == 1
    await evening.wind(hours=1, minutes=59)
    assert evening.rows()["opening"] == 1
    await evening.wind(minutes=1)
    assert nothing_about_peers(evening)
    assert "without an introduction" in alder.sees()[-1]


@every_platform("P2")
async def test_a_light_may_burn_twelve_hours_and_no_longer(evening: Evening) -> None:
    alder = evening.person("alder")
    assert "from 1 to 12" in await alder.asks("peer light on", {"hours": "13"})
    assert evening.rows()["opening"] == 0
    await alder.asks("peer light on", {"hours": "12"})
    assert evening.rows()["opening"] == 1


@every_platform("P2")
async def test_one_tap_puts_the_light_out(evening: Evening) -> None:
    alder = evening.person("alder")
    await lights(evening, "alder")
    assert "out" in await alder.presses("peer light off")
    assert nothing_about_peers(evening)


@every_platform("P2")
async def test_a_light_is_asked_at_most_as_often_as_its_owner_set(evening: Evening) -> None:
    await lights(evening, "alder", questions="1", hours="6")
    await asks_for_a_peer(evening, "birch")
    assert "Would you like to be introduced?" in evening.person("alder").sees()[-1]
    await evening.wind(minutes=20)
    await asks_for_a_peer(evening, "rowan")
    await evening.wind(hours=3)
    assert sum("Would you like to be introduced?" in words for _, words in evening.person("alder").was_sent()) == 1


@every_platform("P2", but=("matrix",))  # who asks there does so where they can be answered
@pytest.mark.parametrize("command", ["peer light on", "peer request"])
async def test_nothing_opens_for_somebody_who_cannot_be_reached_and_the_way_is_shown(
    evening: Evening, command: str
) -> None:
    alder = evening.person("alder")
    alder.becomes(open=False)
    answer = await alder.asks(command, {"questions": "2"} if "light" in command else {"span": "1d"})
    assert "allow private messages" in answer
    assert evening.rows()["opening"] == 0
    assert evening.rows()["member"] == 0
    alder.becomes(open=True)
    await alder.asks(command, {"questions": "2"} if "light" in command else {"span": "1d"})
    assert evening.rows()["opening"] == 1


@every_platform("P3")
@pytest.mark.parametrize("asked", [True, False])
async def test_a_withdrawn_request_leaves_no_row_no_post_no_job_and_no_byte(evening: Evening, asked: bool) -> None:
    if asked:
        await lights(evening, "alder")
    before = dict(evening.rows())
    birch = evening.person("birch")
    await asks_for_a_peer(evening, "birch")
    opening = birch.choice_subject("peer withdraw").encode()
    assert opening in evening.bytes_at_rest(), "the control: the id is on disk while the request is open"
    assert "Withdrawn and erased" in await birch.presses("peer withdraw")
    after = evening.rows()
    for table in ("opening", "opening_word", "question", "agenda", "outbox", "post"):
        assert after[table] == before[table], table
    assert opening not in evening.bytes_at_rest()
    assert not any("Your request is open until" in words and "one at a time" in words for words in birch.sees())
    assert not any("Would you like to be introduced?" in words for words in evening.person("alder").sees())


@every_platform("P4")
async def test_nobody_is_enrolled_by_being_present_or_by_looking(evening: Evening) -> None:
    for name in ("birch", "alder", "rowan", "hazel"):
        await evening.person(name).writes("good evening, everyone", in_room=True)
        for command in (
            "help",
            "about",
            "about privacy",
            "elsewhere",
            "peer ask",
            "peer status",
            "mine data",
            "mine next",
        ):
            await evening.person(name).asks(command)
    await evening.wind(days=2)
    rows = evening.rows()
    assert rows["member"] == 0
    assert rows["opening"] == rows["question"] == rows["apart"] == 0


@every_platform("P5", "P8", "P12")
async def test_two_find_each_other_and_only_keyed_hashes_stay(evening: Evening) -> None:
    await lights(evening, "alder")
    await asks_for_a_peer(evening, "birch")
    alder, birch = evening.person("alder"), evening.person("birch")
    question = alder.sees()[-1]
    assert "A member would like to talk with a peer: English, text" in question
    assert "Birch" not in question
    assert "Thank you" in await alder.presses("peer.yes")
    assert alder.sees()[-1] == birch.sees()[-1]
    assert "Birch" in birch.sees()[-1]
    assert "Alder" in birch.sees()[-1]
    await alder.presses("peer.enter")
    await birch.presses("peer.enter")
    await evening.wind(hours=1)  # until the bot has left their room
    assert nothing_about_peers(evening)
    assert evening.rows()["met"] == 1
    told = len(alder.was_sent()), len(birch.was_sent())
    await evening.wind(days=7)
    assert (len(alder.was_sent()), len(birch.was_sent())) == told, "afterwards the bot is silent"


@every_platform("P5")
async def test_candidates_are_asked_one_slot_after_another(evening: Evening) -> None:
    for name in ("alder", "rowan", "hazel"):
        await lights(evening, name, hours="6")
        await evening.wind(minutes=1)
    start = evening.now
    await asks_for_a_peer(evening, "birch")
    await evening.wind(hours=2)
    asked = sorted(
        (at - start, name)
        for name in ("alder", "rowan", "hazel")
        for at, words in evening.person(name).was_sent()
        if "Would you like to be introduced?" in words
    )
    assert asked == [(timedelta(), "alder"), (GRID, "rowan"), (2 * GRID, "hazel")]


@every_platform("P5")
async def test_an_older_request_is_asked_again_in_the_same_nameless_words(evening: Evening) -> None:
    await asks_for_a_peer(evening, "birch")
    await evening.wind(hours=2)
    await lights(evening, "alder", hours="6")
    await evening.wind(minutes=20)
    alder, birch = evening.person("alder"), evening.person("birch")
    question = alder.sees()[-1]
    await alder.presses("peer.yes")
    assert "Alder" not in " ".join(birch.sees())
    await evening.wind(minutes=20)
    assert birch.sees()[-1] == question
    await birch.presses("peer.yes")
    assert birch.sees()[-1] == alder.sees()[-1]
    assert "Alder" in birch.sees()[-1]


@every_platform("P5")
async def test_who_wants_to_be_asked_first_is_asked_also_about_a_fresh_request(evening: Evening) -> None:
    await lights(evening, "alder")
    await evening.person("birch").asks("peer request", {"ask_first": "yes"})
    await evening.person("alder").presses("peer.yes")
    assert not any("Alder" in words for words in evening.person("birch").sees())
    await evening.wind(minutes=20)
    assert "Would you like to be introduced?" in evening.person("birch").sees()[-1]


@every_platform("P5")
@pytest.mark.parametrize("who", ["alder", "birch"])
@pytest.mark.parametrize("change", [{"present": False}, {"timed_out": True}])
async def test_whoever_is_gone_or_timed_out_by_then_is_not_introduced(
    evening: Evening, who: str, change: dict[str, bool]
) -> None:
    await lights(evening, "alder")
    await asks_for_a_peer(evening, "birch")
    await evening.wind(minutes=5)
    evening.person(who).becomes(**change)
    await evening.person("alder").presses("peer.yes")
    assert not any("both said yes" in words for name in ("alder", "birch") for words in evening.person(name).sees())
    await evening.wind(hours=1)
    assert evening.rows()["met"] == 0


@every_platform("P5")
async def test_somebody_who_left_is_not_asked(evening: Evening) -> None:
    await lights(evening, "alder", "rowan")
    await evening.wind(minutes=2)
    evening.person("alder").becomes(present=False)
    await asks_for_a_peer(evening, "birch")
    assert "Would you like to be introduced?" in evening.person("rowan").sees()[-1]
    assert not any("introduced?" in words for _, words in evening.person("alder").was_sent())


@every_platform("P5")
async def test_a_late_yes_counts_while_the_request_is_open(evening: Evening) -> None:
    await lights(evening, "alder")
    await asks_for_a_peer(evening, "birch")
    await evening.wind(minutes=45)
    await evening.person("alder").presses("peer.yes")
    assert "both said yes" in evening.person("birch").sees()[-1]


@every_platform("P7")
async def test_introductions_are_the_same_for_both_and_in_either_order(evening: Evening) -> None:
    orders = set()
    for _ in range(12):
        await evening.person("birch").asks("mine stop")
        await evening.person("alder").asks("mine stop")
        await lights(evening, "alder")
        await asks_for_a_peer(evening, "birch")
        await evening.person("alder").presses("peer.yes")
        one, other = evening.person("birch").sees()[-1], evening.person("alder").sees()[-1]
        assert one == other
        orders.add(one.index("Birch") < one.index("Alder"))
        if len(orders) > 1:
            break
        await evening.wind(days=1)
    assert orders == {True, False}


@every_platform("P7")
async def test_no_table_can_say_who_asked(evening: Evening) -> None:
    await lights(evening, "alder")
    await asks_for_a_peer(evening, "birch")
    await evening.person("alder").presses("peer.yes")
    assert evening.rows()["met"] == 1
    columns = evening.columns()["met"]
    assert set(columns) == {"pair", "expires_at"}


@every_platform("P9")
async def test_two_who_do_not_mind_get_a_room_and_are_told_who_can_read_it_before(evening: Evening) -> None:
    await lights(evening, "alder")
    await asks_for_a_peer(evening, "birch")
    alder, birch = evening.person("alder"), evening.person("birch")
    await alder.presses("peer.yes")
    assert "read" in birch.sees()[-1]
    assert birch.rooms() == alder.rooms() == ()
    await birch.presses("peer.enter")
    await alder.presses("peer.enter")
    assert birch.rooms() == alder.rooms() != ()
    assert evening.person("rowan").rooms() == ()


@every_platform("P9", but=("discord",))
async def test_the_bot_leaves_a_room_for_two_once_both_are_in(evening: Evening) -> None:
    await lights(evening, "alder")
    await asks_for_a_peer(evening, "birch")
    alder, birch = evening.person("alder"), evening.person("birch")
    await alder.presses("peer.yes")
    await birch.presses("peer.enter")
    await evening.wind(minutes=30)
    assert evening.bot_is_in(birch.rooms()[0]), "the other may still come in"
    await alder.presses("peer.enter")
    await evening.wind(hours=1)
    assert not evening.bot_is_in(birch.rooms()[0])
    assert birch.rooms() == alder.rooms() != (), "the room is theirs"
    assert evening.rows()["agenda"] == 0


@every_platform("P9", but=("discord",))
async def test_the_bot_waits_a_day_in_a_room_for_two_and_then_its_door_is_closed(evening: Evening) -> None:
    await lights(evening, "alder")
    await asks_for_a_peer(evening, "birch")
    alder, birch = evening.person("alder"), evening.person("birch")
    await alder.presses("peer.yes")
    await birch.presses("peer.enter")
    enter = alder.button("peer.enter")
    await evening.wind(hours=23, minutes=59)
    assert evening.bot_is_in(birch.rooms()[0])
    await evening.wind(minutes=2)
    assert not evening.bot_is_in(birch.rooms()[0])
    assert "does not open" in await alder.presses_button(enter)
    assert alder.rooms() == ()


@every_platform("P9")
async def test_two_who_want_direct_messages_get_each_others_handle(evening: Evening) -> None:
    await lights(evening, "alder")
    await evening.person("birch").asks("peer request", {"place": "direct"})
    await evening.person("alder").presses("peer.yes")
    assert "write to each other directly" in evening.person("birch").sees()[-1]
    assert "peer.enter" not in evening.person("birch").choices()


@every_platform("P13")
async def test_a_pause_keeps_everybody_away_ends_by_itself_and_says_so_once(evening: Evening) -> None:
    alder = evening.person("alder")
    await lights(evening, "alder", hours="12")
    await alder.asks("peer pause", {"day": "2"})
    await asks_for_a_peer(evening, "birch")
    assert "paused" in await alder.asks("peer light on")
    await evening.wind(days=1)
    assert not any("introduced?" in words for _, words in alder.was_sent())
    await evening.wind(days=1)
    assert sum("pause has ended" in words for _, words in alder.was_sent()) == 1
    await evening.wind(days=3)
    assert sum("pause has ended" in words for _, words in alder.was_sent()) == 1
    assert "Your light is on" in await alder.asks("peer light on")


@every_platform("P13")
async def test_a_pause_can_be_ended_early(evening: Evening) -> None:
    alder = evening.person("alder")
    await alder.asks("peer pause", {"day": "3"})
    await alder.presses("peer resume")
    assert "Your light is on" in await alder.asks("peer light on")
    await evening.wind(days=4)
    assert not any("pause has ended" in words for _, words in alder.was_sent())


@every_platform("P14")
async def test_an_opening_that_ends_alone_says_so_once_in_one_plain_line(evening: Evening) -> None:
    ends = []
    for name, neighbours in (("birch", ()), ("rowan", ("alder", "hazel"))):
        await lights(evening, *neighbours, hours="1")
        await evening.person(name).asks("peer request", {"span": "2h"})
        for neighbour in neighbours:
            if "peer.no" in evening.person(neighbour).choices():
                await evening.person(neighbour).presses("peer.no")
        await evening.wind(hours=3)
        told = [words for _, words in evening.person(name).was_sent() if "without an introduction" in words]
        assert len(told) == 1
        ends.append(told[0].replace("14:00", "TIME").replace("17:00", "TIME"))
    assert ends[0] == ends[1]


@every_platform("P15")
async def test_no_wait_place_or_number_of_others_is_ever_shown(evening: Evening) -> None:
    alone = evening.person("birch")
    await asks_for_a_peer(evening, "birch")
    first = alone.sees()[-1], await alone.asks("peer status")
    await alone.asks("mine stop")
    await lights(evening, "alder", "rowan", "hazel")
    await asks_for_a_peer(evening, "birch")
    assert (alone.sees()[-1], await alone.asks("peer status")) == first


@every_platform("P20")
async def test_status_shows_everything_that_is_mine_and_nothing_of_others(evening: Evening) -> None:
    birch, alder = evening.person("birch"), evening.person("alder")
    assert "Nothing of yours is open" in await birch.asks("peer status")
    await lights(evening, "alder")
    await asks_for_a_peer(evening, "birch")
    assert "Your request is open" in await birch.asks("peer status")
    shown = await alder.asks("peer status")
    assert "Your light is on" in shown
    assert "There is a question for you" in shown
    await alder.asks("peer light off")
    assert "Nothing of yours is open" in await alder.asks("peer status")


@every_platform("M11")
async def test_who_left_is_forgotten_a_day_after_it_is_noticed_and_who_came_back_is_not(evening: Evening) -> None:
    await asks_for_a_peer(evening, "birch")
    await asks_for_a_peer(evening, "rowan")
    for name in ("birch", "rowan"):
        evening.person(name).becomes(present=False)
    await evening.wind(hours=1)
    evening.person("rowan").becomes(present=True)
    assert evening.rows()["member"] == 2
    await evening.wind(hours=50)
    assert evening.rows()["member"] == 1
    assert "Rowan" in await evening.person("rowan").asks("mine data")
    assert "nothing about you" in await evening.person("birch").asks("mine data")
    assert evening.rows()["opening"] == evening.rows()["agenda"] == 0

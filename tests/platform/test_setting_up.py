"""Setting up, as moderators do it on every platform: the front door, the steps, and nothing about any member."""

from typing import Final

from tests.drivers import Evening, every_platform


def doors(evening: Evening) -> list[str]:
    return [words for words in evening.in_the_room() if "I bring two people together" in words]


@every_platform("X11")
async def test_the_front_door_stands_once_says_how_to_reach_the_bot_and_goes(evening: Evening) -> None:
    linden, birch = evening.person("linden"), evening.person("birch")
    assert "front door" in await linden.asks("setup door", in_room=True)
    await evening.settle()
    (door,) = doors(evening)
    assert "Talk with a peer" in door
    assert "help" in door
    await evening.restart()
    await linden.asks("setup door", in_room=True)
    await evening.settle()
    assert len(doors(evening)) == 1, "the one before is gone, after a restart too"
    assert "not up" not in await linden.asks("setup check", in_room=True)
    before = evening.in_the_room()
    assert await birch.presses_in_room("peer ask")
    assert "peer.open" in birch.choices(), "from here one can ask"
    assert "ther places" in await evening.person("alder").presses_in_room("elsewhere")
    assert "these can read here" in await evening.person("rowan").presses_in_room("who-can-see"), "of that room"
    assert evening.in_the_room() == before, "what is pressed is answered privately"
    assert evening.rows()["member"] == 0
    await linden.asks("setup door", {"take_door": "yes"}, in_room=True)
    await evening.settle()
    assert doors(evening) == []


REACHED: Final = {"local": "to me", "discord": "in any room", "matrix": "in a private, encrypted room"}
"""Where the front door says that a word reaches the bot."""


@every_platform("X11")
async def test_the_bot_is_reached_where_the_front_door_says(evening: Evening) -> None:
    linden, rowan = evening.person("linden"), evening.person("rowan")
    await linden.asks("setup door", in_room=True)
    await evening.settle()
    (door,) = doors(evening)
    platform = rowan.member.platform
    assert REACHED[platform] in door
    assert "What you can ask for" in await rowan.asks("help", in_room=platform == "discord")
    await linden.asks("setup features", {"switch_off": "requests"}, in_room=True)
    await evening.settle()
    assert "other places to turn. Only you" in evening.in_the_room()[-1], "it offers no request now"
    assert "is switched off" in await rowan.asks("peer ask")
    assert await rowan.presses_in_room("elsewhere")


@every_platform("X12")
async def test_looking_over_says_what_would_be_refused_and_how_to_mend_it(evening: Evening) -> None:
    linden = evening.person("linden")
    assert "would not come" not in await linden.asks("setup room", {"room_for": "moderators"}, in_room=True)
    assert "would not come" not in await linden.asks("setup check", in_room=True)
    evening.takes_writing_away()
    told = await linden.asks("setup check", in_room=True)
    assert "would not come" in told or "my cards need" in told
    told = await linden.asks("setup room", {"room_for": "peers"}, in_room=True)
    assert "would not come" in told or "my cards need" in told


@every_platform("X12")
async def test_what_is_switched_off_is_said_and_what_members_wait_for_still_comes(evening: Evening) -> None:
    linden, birch = evening.person("linden"), evening.person("birch")
    await birch.asks("plan remind", {"link": "https://example.org/plans/ours", "when": "in 3 hours"})
    assert "will remind you" in await birch.presses("draft.use")
    told = await linden.asks("setup features", {"switch_off": "plans"}, in_room=True)
    assert "so they still come" in told
    assert "so they still come" in await linden.asks("setup preview", in_room=True)
    refused = await birch.asks("plan remind", {"link": "https://example.org/plans/ours", "when": "in 4 hours"})
    assert "is switched off" in refused
    assert "plan" not in await birch.asks("help", in_room=True)
    await evening.wind(hours=3)
    assert "https://example.org/plans/ours" in birch.was_sent()[-1][1]


@every_platform("X12")
async def test_setting_up_goes_step_by_step_is_shown_checked_and_taken_back(evening: Evening) -> None:
    linden = evening.person("linden")
    assert "Step 1 of" in await linden.asks("setup walk", in_room=True)
    assert "Step 2 of" in await linden.presses("setup.to-features")
    assert "Saved" in await linden.asks("setup limits", {"wait_days": "7"}, in_room=True)
    assert "Step 2 of" in await linden.asks("setup walk", in_room=True)
    await linden.asks("setup words", {"word_list": "moonlight"}, in_room=True)
    assert "moonlight" in await linden.presses("draft.use")
    assert "moonlight" in await linden.asks("setup preview", in_room=True)
    assert "Looking over" in await linden.asks("setup check", in_room=True)
    assert "takes back" in await linden.asks("setup undo", in_room=True)
    assert "Taken back" in await linden.presses("setup.undo-yes")
    told = await linden.asks("setup", in_room=True)
    assert "moonlight" not in told
    assert "7 days" in told


@every_platform("X12", "M14")
async def test_a_proposed_word_says_nothing_of_who_proposed_it(evening: Evening) -> None:
    linden, birch = evening.person("linden"), evening.person("birch")
    shown = await birch.asks("peer propose", {"new_word": "moonlight"})
    assert "moonlight" in shown
    assert b"moonlight" not in evening.bytes_at_rest()
    await birch.presses("draft.use")
    assert evening.rows()["member"] == 0
    told = await linden.asks("setup proposals", {"take": "moonlight"}, in_room=True)
    assert "One word was added" in told
    assert birch.name not in told
    assert evening.rows()["proposal"] == 0


@every_platform("M14")
async def test_nothing_that_moderators_ask_for_changes_with_what_a_member_does(evening: Evening) -> None:
    linden, birch, alder = evening.person("linden"), evening.person("birch"), evening.person("alder")
    asked = ("setup", "setup preview", "setup undo")
    before = [await linden.asks(command, in_room=True) for command in asked]
    await birch.asks("peer light on", {"hours": "6"})
    await alder.asks("peer pause", {"day": "2"})
    assert [await linden.asks(command, in_room=True) for command in asked] == before

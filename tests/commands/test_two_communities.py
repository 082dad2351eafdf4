"""One platform, two communities of different languages: what is said in a room is said in its own community's."""

from datetime import datetime, time, timedelta

import pytest

from bot.contract.agreements import Agreement, ConsentRound, OpenConcern, Reminder, Suggestion, Version
from bot.contract.effect import Effect, MakeRoom, Result
from bot.contract.place import Room, Space
from bot.contract.queues import WorkTx
from bot.contract.tables import Community
from bot.contract.text import Voice
from bot.domain import agreement as a
from tests.commands.desk import HALL, MODERATOR, PLATFORM, START, Desk, Shown, member

MEADOW = Space(PLATFORM, "meadow")
OURS = Voice("de", "Europe/Berlin")


@pytest.fixture(autouse=True)
async def two(world: Desk) -> None:
    """Let the community of the desk speak German, beside one that speaks English, which was there before."""
    other = Community("other", START - timedelta(days=400), language="en", zone="Europe/Lisbon")
    await world.write(lambda tx: tx.communities.add(other, MEADOW))
    await world.ask(MODERATOR, "setup language", here=True, language="de", zone="Europe/Berlin")


def said_in(world: Desk, *places: Room) -> list[Shown]:
    return [shown for _, to, shown in world.platform.said if isinstance(to, Room) and to in (places or (to,))]


async def test_the_front_door_and_its_edits(world: Desk) -> None:
    await world.ask(MODERATOR, "setup door", here=True)
    assert [shown.voice for shown in said_in(world)] == [OURS]
    await world.ask(MODERATOR, "setup features", {"switch_off": ("requests",)}, here=True)
    ((_, shown),) = [post for post in world.platform.posts.values() if post[0] == HALL]
    assert "door-others-rooms" in shown
    assert shown.voice == OURS


async def test_a_door_that_was_switched_while_it_was_on_its_way(world: Desk) -> None:
    await world.send(world.intent(MODERATOR, "setup door", {}, here=True), settle=False)
    await world.send(world.intent(MODERATOR, "setup features", {"switch_off": ("requests",)}, here=True), settle=False)
    await world.settle()
    ((_, shown),) = [post for post in world.platform.posts.values() if post[0] == HALL]
    assert "door-others-rooms" in shown
    assert shown.voice == OURS


async def test_the_card_of_a_round(world: Desk) -> None:
    await world.ask(MODERATOR, "setup room", here=True, room_for="peers")
    await world.ask(MODERATOR, "round plan", {"rhythm": "once", "first_day": "1", "wall": "19:00"}, here=True)
    (card,) = said_in(world)
    assert "round-card" in card
    assert card.voice == OURS
    assert "19:00" in card.words, "by the community's clock"


async def test_what_is_pressed_on_the_card_of_a_request(world: Desk) -> None:
    await world.ask(MODERATOR, "setup room", here=True, room_for="peers")
    await world.ask("birch", "peer request", {"card": "yes", "place": "direct"})
    (card,) = [shown for shown in said_in(world) if "peer-card" in shown]
    subject = card.choice("peer.glad").subject
    assert (await world.ask("alder", "peer.glad", subject=subject, locale="")).voice == OURS
    assert (await world.ask("hazel", "peer.glad", subject="nothing", locale="")).voice == Voice()


async def test_a_check_in_room_and_what_is_pressed_about_it_in_private(world: Desk) -> None:
    """Who has no profile, on a platform that tells nobody's language, hears the language of the room's community."""
    card = await world.send(world.intent("birch", "checkin open", {}, here=True, locale=""))
    assert card.voice == OURS
    (shown,) = (shown for _, _, shown in world.platform.said if "checkin-card" in shown)
    assert {one.voice for one in said_in(world)} == {OURS}
    joined = await world.ask("alder", "checkin.join", subject=shown.choice("checkin.join").subject, locale="")
    assert "checkin-let-in" in joined
    assert joined.voice == OURS
    left = await world.ask("alder", "checkin.leave", subject=joined.choice("checkin.leave").subject, locale="")
    assert left.voice == OURS
    assert "Du bist gegangen" in left.words
    lost = await world.ask("alder", "checkin.leave", subject="forgotten", locale="")
    assert lost.voice == Voice()


async def test_a_card_without_a_name(world: Desk) -> None:
    await world.ask(MODERATOR, "setup room", here=True, room_for="peers")
    ready = await world.ask("birch", "peer ask", here=True)
    shown = await world.press("birch", ready, "peer.card", here=True)
    await world.press("birch", shown, "peer.open-card", here=True)
    (card,) = said_in(world)
    assert "peer-card" in card
    assert card.voice == OURS


async def test_the_offer_of_a_reminder_and_the_reminder(world: Desk) -> None:
    link = "https://example.org/plans/ours"
    await world.ask("birch", "plan remind", {"link": link, "when": "today 19:30"}, here=True)
    (offer,) = said_in(world)
    assert "19:30" in offer.words
    assert offer.voice == OURS
    await world.wind_to(datetime(2027, 3, 4, 18, 30, tzinfo=START.tzinfo))
    told = world.sent_to("birch")[-1]
    assert "19:30" in told.words, "the time that was chosen, by the same clock"


async def test_a_room_for_two_its_name_and_what_is_said_in_it(world: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    named: list[Voice] = []
    perform = world.platform.perform

    async def noting(key: str, mark: str, effect: Effect, voice: Voice) -> Result:
        named.extend([voice] if isinstance(effect, MakeRoom) else [])
        return await perform(key, mark, effect, voice)

    monkeypatch.setattr(world.platform, "perform", noting)
    await world.ask("alder", "peer light on", here=True, hours="6")
    await world.ask("birch", "peer request", here=True, span="1d")
    question = next(shown for shown in reversed(world.sent_to("alder")) if "peer.yes" in shown.actions)
    assert question.voice.zone == OURS.zone, "until when, by the clock of the community that it is about"
    await world.press("alder", question, "peer.yes")
    assert named == [OURS]
    (made,) = [number for number, effect in enumerate(world.platform.effects, 1) if isinstance(effect, MakeRoom)]
    room = Room(PLATFORM, f"room{made}")
    for name in ("birch", "alder"):
        introduction = next(shown for shown in reversed(world.sent_to(name)) if "peer.enter" in shown.actions)
        await world.press(name, introduction, "peer.enter")
    await world.press("birch", said_in(world, room)[0], "talk.leave", here=room)
    assert [shown.voice for shown in said_in(world, room)] == [OURS, OURS]


async def test_a_proposal_its_round_and_what_is_pinned(world: Desk) -> None:
    given = {"title": "Abends", "statements": "Nach zehn ist Ruhe.", "review_day": "9"}
    draft = await world.ask(
        "birch", "agreement propose", {key: given[key] for key in ("title", "statements")}, here=True
    )
    await world.press("birch", draft, "agreement.share")
    terms = {"round_days": "7", "for_whom": "everyone", "needs": "2", "review_day": "90"}
    await world.ask("alder", "agreement.open-round", terms, subject=draft.choice("agreement.share").subject, here=True)
    await world.ask(MODERATOR, "agreement bring-in", given, here=True)
    await world.wind(days=9)
    said = said_in(world)
    assert {"agreement-talk", "agreement-round", "agreement-ended", "agreement-how-to-change", "agreement-review"} <= {
        id_ for shown in said for id_ in shown.ids
    }
    assert {shown.voice for shown in said} == {OURS}


@pytest.mark.parametrize("part", ["agreement", "version", "round", "suggestion", "concern", "reminder", "nothing"])
async def test_what_is_pressed_in_private_about_an_agreement(world: Desk, part: str) -> None:
    """As of a check-in room: whatever of the agreement the choice names."""
    community = await world.community()

    def stands(tx: WorkTx) -> None:
        tx.agreements.put(Agreement("agreement", community, "Abends"))
        of = Version("version", "agreement", 1, a.CONSENT, ("Nach zehn ist Ruhe.",), world.now, world.now)
        tx.agreements.write(of)
        week = world.now + timedelta(days=7)
        tx.agreements.ask(ConsentRound("round", "version", "everyone", world.now, week, 2, week))
        tx.agreements.suggest(Suggestion("suggestion", "version", member("birch"), ("Ruhe.",), False, world.now))
        tx.agreements.hold(OpenConcern("concern", "agreement", world.now, member("birch")))
        day = world.now.date()
        tx.agreements.remind(Reminder("reminder", "agreement", HALL, "", day, time(), "Europe/Berlin", "whole"))

    await world.write(stands)
    shown = await world.ask("alder", "agreement.version", subject=part, locale="")
    assert shown.voice == (Voice() if part == "nothing" else OURS)


async def test_what_is_pressed_in_private_about_a_circle(world: Desk) -> None:
    await world.ask("birch", "circle plan", here=True, title="Abends", meets="2027-03-09 19:30")
    post = next(shown for shown in said_in(world) if "circle.come" in shown.actions)
    subject = post.choice("circle.come").subject
    come = await world.ask("alder", "circle.come", subject=subject, locale="")
    assert "circle-comes" in come
    assert come.voice == OURS
    community = await world.community()
    (circle,) = await world.read(lambda tx: tx.circles.of_community(community))
    stopped = await world.ask("alder", "circle.no-notes", subject=circle.id, locale="")
    assert stopped.voice == OURS
    await world.ask("birch", "circle find", here=True, title="Abends", times="2027-03-09 19:30; 2027-03-10 19:30")
    subject = said_in(world)[-1].choice("circle.mark").subject
    for action, part in (("circle.mark", subject), ("circle.works", f"{subject}-2")):
        assert (await world.ask("alder", action, subject=part, locale="")).voice == OURS
    gone = await world.ask("alder", "circle.come", subject="nothing", locale="")
    assert gone.voice == Voice()

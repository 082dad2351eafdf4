"""What is agreed, shown once to whoever is new."""

from dataclasses import replace
from datetime import timedelta

from bot.contract.card import Card
from bot.contract.command import Command
from bot.contract.facts import Known, Live, Question, Right, Unanswered, WhoIs
from bot.contract.text import text
from commands import CATALOGUE
from commands.welcome import NEW_FOR, welcoming
from tests.commands.agreement_desk import LINES, TITLE, brings_in, proposes
from tests.commands.agreement_scene import turn
from tests.commands.desk import GROVE, MODERATOR, Desk, Shown, member


async def _ready(world: Desk, welcome: str = "yes") -> None:
    """Let something stand in the hall, let newcomers be shown it or not, and let birch be new."""
    await brings_in(world)
    await world.ask(MODERATOR, "setup welcome", here=True, welcome=welcome)
    world.becomes("birch", joined_at=world.now - timedelta(days=13))


def _welcomed(shown: Shown) -> bool:
    return "welcome-agreement" in shown


def _marks(world: Desk) -> int:
    return len(world.rows()["recall_mark"])


async def test_it_is_off_switched_on_and_taken_back_in_one_step(world: Desk) -> None:
    form = await world.form(MODERATOR, "setup welcome", here=True)
    assert form.fields[0].value == "no"
    assert "setup-is-welcome" in await world.ask(MODERATOR, "setup welcome", here=True, welcome="yes")
    assert (await world.form(MODERATOR, "setup welcome", here=True)).fields[0].value == "yes"
    asked = await world.ask(MODERATOR, "setup undo", here=True)
    assert "command-setup-welcome" in asked
    await world.press(MODERATOR, asked, "setup.undo-yes")
    assert (await world.form(MODERATOR, "setup welcome", here=True)).fields[0].value == "no"


async def test_a_newcomer_is_shown_what_stands_once_beneath_the_first_answer(world: Desk) -> None:
    await _ready(world)
    sent = world.sent_to("birch")
    assert not _welcomed(await world.ask("birch", "agreement read", here=True)), "what only reads keeps no mark"
    first = await proposes(world, title="Mornings", lines=("We begin at nine.",))
    assert _welcomed(first)
    assert _marks(world) == 1
    assert TITLE in first.words
    assert all(line in first.words for line in LINES)
    assert "not yet agreed together" in first.words
    assert "/agreement read" in first.words
    assert "You need not agree" in first.words
    assert not _welcomed(await world.press("birch", first, "agreement.drop"))
    assert not _welcomed(await proposes(world))
    assert world.sent_to("birch") == sent, "the bot wrote to nobody on its own"
    assert await world.profile("birch") is None
    await world.wind(days=NEW_FOR.days + 1, hours=1)
    assert _marks(world) == 0, "nothing says who came"


async def test_who_is_not_new_or_moderates_or_came_nobody_knows_when_is_not_shown_it(world: Desk) -> None:
    await _ready(world)
    world.becomes("hazel", joined_at=world.now - NEW_FOR)
    world.becomes("rowan", joined_at=None)
    world.becomes(MODERATOR, joined_at=world.now, right=Right.MODERATOR)
    for name in ("hazel", "rowan", MODERATOR):
        assert not _welcomed(await proposes(world, name))
    assert _marks(world) == 0


async def test_where_it_is_off_or_nothing_stands_nothing_is_shown_or_marked(world: Desk) -> None:
    await _ready(world, "no")
    assert not _welcomed(await proposes(world))
    await world.ask(MODERATOR, "setup welcome", here=True, welcome="yes")
    await world.ask(MODERATOR, "setup features", here=True, switch_off=("agreements",))
    assert not _welcomed(await world.ask("birch", "checkin open", here=True, minutes="20"))
    assert _marks(world) == 0


async def test_where_nothing_stands_a_newcomer_waits_for_what_will(world: Desk) -> None:
    await world.ask(MODERATOR, "setup welcome", here=True, welcome="yes")
    world.becomes("birch", joined_at=world.now)
    assert not _welcomed(await proposes(world))
    await brings_in(world)
    assert _welcomed(await proposes(world, title="Mornings"))


def test_what_only_reads_and_what_is_ones_own_stays_as_it_is() -> None:
    for name in ("agreement read", "help", "mine quiet"):
        assert welcoming(CATALOGUE.commands[name]) is CATALOGUE.commands[name]


async def test_where_nobody_can_say_who_is_new_the_answer_comes_all_the_same(world: Desk) -> None:
    await _ready(world)
    community = await world.community()
    question, answer = WhoIs(member("birch"), (GROVE,)), Card((text("agreement-nothing"),))
    known: dict[Question, Known] = {question: Known(question, Unanswered(), world.now)}
    asks = replace(turn(world, "birch", community), live=Live(world.now, known))
    command = welcoming(Command("agreement tries", lambda _, __: answer))
    assert await world.write(lambda tx: command.run(asks, tx)) == answer
    assert _marks(world) == 0

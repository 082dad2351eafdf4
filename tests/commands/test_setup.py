"""The first steps of setting a community up."""

from dataclasses import replace

import pytest

from bot.contract.tables import Community, Entry
from commands import CATALOGUE
from commands.setup_shared import FEATURES
from tests.commands.desk import GROVE, MODERATOR, STRANGER, Desk, member


async def _community(world: Desk) -> Community:
    found = await world.read(lambda tx: tx.communities.of_space(GROVE))
    assert found is not None
    return found


async def _words(world: Desk) -> tuple[Entry, ...]:
    community = await world.community()
    return await world.read(lambda tx: tx.communities.words(community))


async def _elsewhere(world: Desk) -> tuple[Entry, ...]:
    community = await world.community()
    return await world.read(lambda tx: tx.communities.elsewhere(community))


async def test_nothing_is_made_before_a_moderator_presses_set_up_here(bare: Desk) -> None:
    before = bare.rows()
    shown = await bare.ask(MODERATOR, "setup", here=True)
    assert shown.actions == ("setup.here", "setup.not")
    assert "setup-not" in await bare.press(MODERATOR, shown, "setup.not", here=True)
    assert bare.rows() == before
    made = await bare.press(MODERATOR, shown, "setup.here")
    assert "setup-is-language" in made
    community = await _community(bare)
    assert (community.language, community.zone, community.wait_days) == ("en", "UTC", 3)
    assert await bare.read(lambda tx: tx.members.find(member(MODERATOR))) is None


async def test_set_up_twice_is_set_up_once(bare: Desk) -> None:
    shown = await bare.ask(MODERATOR, "setup", here=True)
    await bare.press(MODERATOR, shown, "setup.here")
    before = bare.rows()
    assert "setup-is-language" in await bare.press(MODERATOR, shown, "setup.here")
    assert bare.rows() == before


@pytest.mark.parametrize("name", ["birch", STRANGER])
async def test_nobody_else_sets_up_with_a_moderators_choice(bare: Desk, name: str) -> None:
    shown = await bare.ask(MODERATOR, "setup", here=True)
    before = bare.rows()
    assert "refusal-right-moderator" in await bare.press(name, shown, "setup.here")
    assert bare.rows() == before


async def test_a_choice_to_set_up_that_is_forged_or_old_does_nothing(bare: Desk) -> None:
    shown = await bare.ask(MODERATOR, "setup", here=True)
    before = bare.rows()
    assert "refusal-only-in-space" in await bare.ask(MODERATOR, "setup.here", subject="grove")
    await bare.wind(days=400)
    assert "refusal-only-in-space" in await bare.press(MODERATOR, shown, "setup.here")
    assert bare.rows() == before


async def test_a_community_starts_in_the_language_of_whoever_sets_it_up(bare: Desk) -> None:
    shown = await bare.ask(MODERATOR, "setup", here=True)
    await bare.ask(MODERATOR, "setup.here", subject=shown.choice("setup.here").subject, locale="de-AT")
    assert (await _community(bare)).language == "de"


async def test_setup_shows_the_settings_and_opens_a_form_for_each(world: Desk) -> None:
    shown = await world.ask(MODERATOR, "setup", here=True)
    community = await world.community()
    assert shown.card is not None
    for choice in shown.card.choices:
        assert choice.subject == community
        if CATALOGUE.commands[choice.action].form and choice.action != "setup proposals":
            form = await world.form(MODERATOR, choice.action, subject=choice.subject, here=True)
            assert form.fields
            assert form.subject == community


async def test_setup_in_private_asks_for_the_community(world: Desk) -> None:
    assert "refusal-only-in-space" in await world.ask(MODERATOR, "setup")


async def test_every_setting_is_saved(world: Desk) -> None:
    before = await _community(world)
    await world.ask(MODERATOR, "setup language", here=True, language="de", zone="europe/berlin")
    await world.ask(MODERATOR, "setup limits", here=True, wait_days="0")
    shown = await world.ask(MODERATOR, "setup groups", here=True, groups=("adults", "minors"))
    assert "setup-saved" in shown
    after = await _community(world)
    assert after == replace(before, language="de", zone="Europe/Berlin", wait_days=0, groups=("adults", "minors"))
    cleared = await world.ask(MODERATOR, "setup clear", here=True, which="groups")
    assert "setup-saved" in cleared
    assert (await _community(world)).groups == ()


async def test_what_is_not_given_stays(world: Desk) -> None:
    await world.ask(MODERATOR, "setup language", here=True, language="de", zone="Europe/Berlin")
    await world.ask(MODERATOR, "setup language", here=True, zone="Europe/Paris")
    assert (await _community(world)).language == "de"


async def test_words_are_shown_back_first_and_then_as_members_see_them(world: Desk) -> None:
    before = world.rows()
    typed = world.intent(MODERATOR, "setup words", {"word_list": "night shifts\nnew in town"}, here=True)
    shown = await world.send(typed)
    assert "draft-shown" in shown
    assert world.rows() == before
    saved = await world.press(MODERATOR, shown, "draft.use", here=True)
    assert "setup-preview" in saved
    assert "• night shifts" in saved.words
    assert [entry.words for entry in await _words(world)] == ["night shifts", "new in town"]


async def test_words_that_stay_keep_their_ids_and_what_members_chose(world: Desk) -> None:
    await world.ask(MODERATOR, "setup words", here=True, word_list="night shifts\nnew in town")
    shifts, town = await _words(world)
    await world.ask("birch", "peer words", word=town.id, mark="not")
    profile = await world.profile("birch")
    assert profile is not None
    assert await world.read(lambda tx: tx.comforts.of(profile.id)) == {town.id: "not"}
    await world.ask(MODERATOR, "setup words", here=True, word_list="grief\nnew in town")
    grief, town_again = await _words(world)
    assert town_again == town
    assert grief.id not in {shifts.id, town.id}
    assert await world.read(lambda tx: tx.comforts.of(profile.id)) == {town.id: "not"}
    await world.ask(MODERATOR, "setup clear", here=True, which="words")
    assert await _words(world) == ()
    assert await world.read(lambda tx: tx.comforts.of(profile.id)) == {}


async def test_the_form_of_words_shows_those_there_are(world: Desk) -> None:
    await world.ask(MODERATOR, "setup words", here=True, word_list="night shifts\nnew in town")
    form = await world.form(MODERATOR, "setup words", here=True)
    assert form.fields[0].value == "night shifts\nnew in town"


async def test_elsewhere_is_listed_and_emptied(world: Desk) -> None:
    shown = await world.ask(MODERATOR, "setup elsewhere", here=True, elsewhere="Night line\nhttps://example.org")
    assert "• https://example.org" in shown.words
    form = await world.form(MODERATOR, "setup elsewhere", here=True)
    assert form.fields[0].value == "Night line\nhttps://example.org"
    await world.ask(MODERATOR, "setup clear", here=True, which="elsewhere")
    assert await _elsewhere(world) == ()


@pytest.mark.parametrize(
    ("command", "args", "refusal"),
    [
        ("setup words", {"word_list": "\n".join(f"word {n}" for n in range(26))}, "refusal-lines-many"),
        ("setup words", {"word_list": "x" * 41}, "refusal-words-long"),
        ("setup words", {"word_list": " \n \n"}, "refusal-words-empty"),
        ("setup elsewhere", {"elsewhere": "\n".join(f"line {n}" for n in range(13))}, "refusal-lines-many"),
        ("setup elsewhere", {"elsewhere": "x" * 201}, "refusal-words-long"),
        ("setup limits", {"wait_days": "91"}, "refusal-number-between"),
        ("setup clear", {"which": "members"}, "refusal-option-unknown"),
        ("setup groups", {"groups": tuple("abcdef")}, "refusal-options-many"),
    ],
)
async def test_what_does_not_fit_is_refused_and_changes_nothing(
    world: Desk, command: str, args: dict[str, str | tuple[str, ...]], refusal: str
) -> None:
    before = world.rows()
    assert refusal in await world.ask(MODERATOR, command, args, here=True)
    assert world.rows() == before


async def test_twenty_five_words_and_twelve_places_fit(world: Desk) -> None:
    await world.ask(MODERATOR, "setup words", here=True, word_list="\n".join(f"{n:02} " + "x" * 37 for n in range(25)))
    assert len(await _words(world)) == 25
    await world.ask(
        MODERATOR, "setup elsewhere", here=True, elsewhere="\n".join(f"{n:02} " + "x" * 197 for n in range(12))
    )
    assert len(await _elsewhere(world)) == 12


async def test_what_is_switched_off_is_not_to_be_had_and_what_is_open_can_be_taken_back(world: Desk) -> None:
    await world.ask("alder", "peer light on", hours="2")
    form = await world.form(MODERATOR, "setup features", here=True)
    assert [[option.value for option in one.options] for one in form.fields] == [[], list(FEATURES)]
    shown = await world.ask(MODERATOR, "setup features", here=True, switch_off="lights")
    assert "Switched off: porch lights" in shown.words
    before = world.rows()
    assert "refusal-switched-off" in await world.ask("birch", "peer light on", hours="2")
    assert world.rows() == before
    assert "peer-ready" in await world.ask("birch", "peer ask")
    assert "peer-light-out" in await world.ask("alder", "peer light off")
    form = await world.form(MODERATOR, "setup features", here=True)
    assert [[option.value for option in one.options] for one in form.fields] == [
        ["lights"],
        [one for one in FEATURES if one != "lights"],
    ]
    await world.ask(MODERATOR, "setup features", here=True, switch_on="lights", switch_off="requests")
    assert (await _community(world)).off == ("requests",)
    assert "refusal-switched-off" in await world.ask("birch", "peer ask")


async def test_every_feature_has_commands_and_every_command_a_feature_that_can_be_switched() -> None:
    assert {command.feature for command in CATALOGUE.all_commands if command.feature} == set(FEATURES)


@pytest.mark.parametrize("args", [{"switch_off": "sun"}, {"switch_on": "lights", "switch_off": "lights"}])
async def test_what_cannot_be_switched_is_refused(world: Desk, args: dict[str, str]) -> None:
    before = world.rows()
    assert "refusal-option-unknown" in await world.ask(MODERATOR, "setup features", args, here=True)
    assert world.rows() == before


async def test_a_role_makes_moderators_who_cannot_make_more(world: Desk) -> None:
    assert "Moderators" not in (await world.ask(MODERATOR, "setup", here=True)).words
    shown = await world.ask(MODERATOR, "setup moderators", here=True, moderator_roles=("keepers",))
    assert "setup-is-moderators" in shown
    assert (await world.form(MODERATOR, "setup moderators", here=True)).fields[0].value == ("keepers",)
    assert "refusal-right-moderator" in await world.ask("birch", "setup", here=True)
    world.becomes("birch", roles=frozenset({"keepers"}))
    await world.wind(minutes=2)
    assert "setup-is-language" in await world.ask("birch", "setup", here=True)
    assert "setup-saved" in await world.ask("birch", "setup limits", here=True, wait_days="1")
    before = world.rows()
    for command, given in (
        ("setup moderators", {"moderator_roles": ("everyone",)}),
        ("setup clear", {"which": "moderators"}),
    ):
        assert "refusal-right-platform" in await world.ask("birch", command, given, here=True)
    assert world.rows() == before
    world.becomes("birch", able=False)
    await world.wind(minutes=2)
    assert "refusal-right-moderator" in await world.ask("birch", "setup", here=True)
    world.becomes("birch", able=True)
    await world.ask(MODERATOR, "setup clear", here=True, which="moderators")
    assert "refusal-right-moderator" in await world.ask("birch", "setup", here=True)


async def test_a_role_that_can_be_none_is_refused(world: Desk) -> None:
    before = world.rows()
    given = {"moderator_roles": ("x" * 256,)}
    assert "refusal-option-unknown" in await world.ask(MODERATOR, "setup moderators", given, here=True)
    assert world.rows() == before

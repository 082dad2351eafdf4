"""The stand-in as people and an unmodified discord.py meet it: commands, buttons, forms, private messages."""

import io
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import discord
import pytest

from tests.discord.conftest import Client, Starts
from tests.discord.standin import NO_ANSWER, ClientRefused, Guild, Person, StandIn

Asked = Any  # a discord.Interaction, whose data has a dozen shapes

LIGHT: dict[str, Any] = {
    "name": "peer",
    "description": "Talk with a peer",
    "type": 1,
    "options": [
        {
            "type": 2,
            "name": "light",
            "description": "Your light",
            "options": [
                {
                    "type": 1,
                    "name": "on",
                    "description": "Leave it on",
                    "options": [
                        {"type": 4, "name": "hours", "description": "How long", "required": True, "max_value": 12},
                        {
                            "type": 3,
                            "name": "how",
                            "description": "How",
                            "choices": [
                                {"name": "By voice", "value": "voice"},
                                {"name": "In writing", "value": "text"},
                            ],
                        },
                        {"type": 6, "name": "whom", "description": "With whom"},
                    ],
                }
            ],
        },
        {
            "type": 1,
            "name": "words",
            "description": "Your words",
            "options": [{"type": 3, "name": "word", "description": "A word", "autocomplete": True}],
        },
    ],
}


@pytest.fixture
def porch(there: StandIn) -> Guild:
    return there.guild("Porch")


@pytest.fixture
def birch(there: StandIn, porch: Guild) -> Person:
    return there.person("birch", porch)


async def register(client: Client, *commands: dict[str, Any]) -> Any:
    assert client.application_id is not None
    return await client.http.bulk_upsert_global_commands(client.application_id, list(commands))


async def answering(starts: Starts, handler: Callable[[Asked], Awaitable[None]]) -> Client:
    """Start a client with the command /peer that answers like this."""
    client = await starts()
    client.answers = handler
    await register(client, LIGHT)
    return client


def card(words: str, *buttons: tuple[str, str]) -> discord.ui.LayoutView:
    view = discord.ui.LayoutView(timeout=None)
    row: Any = discord.ui.ActionRow(*(discord.ui.Button(label=label, custom_id=key) for label, key in buttons))
    view.add_item(discord.ui.Container(discord.ui.TextDisplay(words), *([row] if buttons else [])))
    return view


# -- commands ---------------------------------------------------------------------------------------------------------


async def test_a_client_connects_and_knows_its_guild(there: StandIn, starts: Starts, porch: Guild) -> None:
    client = await starts()
    assert [guild.name for guild in client.guilds] == ["Porch"]
    assert client.guilds[0].text_channels[0].name == "porch"
    assert client.guilds[0].me.guild_permissions.value == 2269735597181952 | porch.roles[porch.id].permissions
    assert (there.identifies[0].intents, there.identifies[0].shard) == (1, (0, 1))


async def test_a_deferred_answer_is_awaited_until_its_edit(
    there: StandIn, starts: Starts, porch: Guild, birch: Person
) -> None:
    asked = []

    async def handler(interaction: Asked) -> None:
        asked.append(interaction)
        await interaction.response.defer(ephemeral=True)
        await interaction.edit_original_response(view=card("It is on.", ("Off again", "off")))

    await answering(starts, handler)
    answer = await birch.slash("peer light on", {"hours": 4, "how": "By voice"}, there.channel(porch))
    assert (answer.text, answer.buttons, answer.ephemeral) == ("It is on.", [("Off again", "off")], True)
    assert answer.error is None
    assert there.channel(porch).messages == []
    assert birch.ephemeral_messages == [answer.message]
    assert asked[0].filesize_limit
    assert asked[0].context.guild
    assert asked[0].permissions.send_messages
    light = asked[0].data["options"][0]["options"][0]
    assert [(one["name"], one["value"]) for one in light["options"]] == [("hours", 4), ("how", "voice")]


@pytest.mark.parametrize(
    ("words", "options"),
    [
        ("peer", {}),
        ("peer lamp on", {"hours": 4}),
        ("circle", {}),
        ("peer light on", {}),
        ("peer light on", {"hours": 13}),
        ("peer light on", {"hours": "4"}),
        ("peer light on", {"hours": 4, "how": "by smoke"}),
        ("peer light on", {"hours": 4, "colour": "red"}),
        ("peer light on", {"hours": 4, "whom": 12}),
    ],
)
async def test_the_app_does_not_send_what_is_not_registered(
    there: StandIn, starts: Starts, birch: Person, words: str, options: dict[str, Any]
) -> None:
    client = await starts()
    await register(client, LIGHT)
    with pytest.raises(ClientRefused):
        await birch.slash(words, options)
    assert not [frame for frame in there.frames if frame.name == "INTERACTION_CREATE"]


async def test_a_command_for_moderators_is_not_shown_to_others(there: StandIn, starts: Starts, porch: Guild) -> None:
    async def handler(interaction: Asked) -> None:
        await interaction.response.send_message("set up", ephemeral=True)

    client = await answering(starts, handler)
    guild_only = {"default_member_permissions": 32, "contexts": [0]}
    await register(client, {"name": "setup", "description": "Set up", **guild_only})
    linden, birch = there.person("linden", porch, roles=("moderator",)), there.person("birch", porch)
    assert (await linden.slash("setup", channel=there.channel(porch))).text == "set up"
    for person, channel in ((birch, there.channel(porch)), (linden, None)):
        with pytest.raises(ClientRefused):
            await person.slash("setup", channel=channel)


async def test_what_is_offered_while_typing(starts: Starts, birch: Person) -> None:
    async def handler(interaction: Asked) -> None:
        typed = interaction.data["options"][0]["options"][0]["value"]
        await interaction.response.autocomplete([discord.app_commands.Choice(name=f"{typed}ght", value="night")])

    await answering(starts, handler)
    assert await birch.autocomplete("peer words", "word", "ni") == [("night", "night")]


def named(name: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "description": "d", **more}


@pytest.mark.parametrize(
    "commands",
    [
        [named("Peer")],
        [named("a b")],
        [named("x" * 33)],
        [named("x", description="")],
        [named("x", description="d" * 101)],
        [named(f"c{number}") for number in range(101)],
        [named("x"), named("x")],
        [named("x", options=[named(f"o{number}", type=3) for number in range(26)])],
        [named("x", options=[named("a", type=3), named("b", type=3, required=True)])],
        [named("x", options=[named("a", type=3, choices=[{"name": str(n), "value": str(n)} for n in range(26)])])],
        [named("x", options=[named("a", type=1), named("b", type=3)])],
        [named("x", name_localizations={"de": "Groß"})],
    ],
)
async def test_registering_refuses_what_discord_refuses(
    there: StandIn, starts: Starts, commands: list[dict[str, Any]]
) -> None:
    client = await starts()
    await register(client, LIGHT)
    with pytest.raises(discord.HTTPException) as refused:
        await register(client, *commands)
    assert (refused.value.status, refused.value.code) == (400, 50035)
    assert [one["name"] for one in there.world.commands] == ["peer"]


async def test_a_command_keeps_its_id(starts: Starts) -> None:
    client = await starts()
    first = await register(client, LIGHT)
    again = await register(client, LIGHT, named("other"))
    assert first[0]["id"] == again[0]["id"] != again[1]["id"]


# -- buttons, selects and forms ---------------------------------------------------------------------------------------


async def test_a_button_opens_a_form_that_changes_the_message(
    there: StandIn, starts: Starts, porch: Guild, birch: Person
) -> None:
    class Form(discord.ui.Modal, title="A word"):
        word: Any = discord.ui.Label(text="Which?", component=discord.ui.TextInput(custom_id="word", max_length=10))
        who: Any = discord.ui.Label(text="Who?", component=discord.ui.UserSelect(custom_id="who", required=False))

    async def handler(interaction: Asked) -> None:
        if interaction.type is discord.InteractionType.application_command:
            await interaction.response.send_message(view=card("Say a word.", ("Say", "say")))
        elif interaction.type is discord.InteractionType.component:
            await interaction.response.send_modal(Form())
        else:
            fields = [part["component"] for part in interaction.data["components"]]
            assert list(interaction.data["resolved"]["users"]) == fields[1]["values"] == [str(birch.id)]
            await interaction.response.edit_message(view=card(f"You said {fields[0]['value']}."))

    await answering(starts, handler)
    answer = await birch.slash("peer words", channel=there.channel(porch))
    assert there.channel(porch).messages == [answer.message]
    pressed = await birch.click(answer, "Say")
    assert pressed.modal is not None
    assert (pressed.modal.title, pressed.modal.labels) == ("A word", ["Which?", "Who?"])
    with pytest.raises(ClientRefused):
        await birch.submit(pressed, {"Which?": "x" * 11})
    with pytest.raises(ClientRefused):
        await birch.submit(pressed, {"Who?": birch})
    await birch.submit(pressed, {"Which?": "night", "who": birch})
    assert (answer.text, answer.buttons) == ("You said night.", [])
    with pytest.raises(ClientRefused):
        await birch.click(answer, "say")


async def test_a_select_is_picked_by_label(starts: Starts, birch: Person) -> None:
    async def handler(interaction: Asked) -> None:
        if interaction.type is discord.InteractionType.application_command:
            view: Any = discord.ui.View(timeout=None)
            options = [discord.SelectOption(label="Tea", value="t"), discord.SelectOption(label="Water", value="w")]
            view.add_item(discord.ui.Select(custom_id="drink", options=options))
            await interaction.response.send_message("What?", view=view)
        else:
            await interaction.response.send_message(interaction.data["values"][0])

    await answering(starts, handler)
    answer = await birch.slash("peer words")
    assert (await birch.select(answer, "drink", "Water")).text == "w"
    for wrong in ("Wine", [], ["t", "w"]):
        with pytest.raises(ClientRefused):
            await birch.select(answer, "drink", wrong)


async def test_a_forged_button_reaches_the_bot(starts: Starts, birch: Person) -> None:
    async def handler(interaction: Asked) -> None:
        await interaction.response.send_message(f"no {interaction.data['custom_id']}", ephemeral=True)

    await answering(starts, handler)
    assert (await birch.press_raw("forged")).text == "no forged"


async def test_somebody_elses_ephemeral_message_cannot_be_pressed(
    there: StandIn, starts: Starts, porch: Guild, birch: Person
) -> None:
    async def handler(interaction: Asked) -> None:
        await interaction.response.send_message(view=card("?", ("Yes", "yes")), ephemeral=True)

    await answering(starts, handler)
    answer = await birch.slash("peer words", channel=there.channel(porch))
    with pytest.raises(ClientRefused):
        await there.person("rowan", porch).click(answer, "yes")


@pytest.mark.parametrize(
    "data",
    [
        {"title": "t" * 46, "custom_id": "f", "components": 1},
        {"title": "t", "custom_id": "f" * 101, "components": 1},
        {"title": "t", "custom_id": "f", "components": 6},
        {"title": "t", "custom_id": "f", "components": 0},
    ],
)
async def test_a_form_discord_would_refuse(there: StandIn, starts: Starts, birch: Person, data: dict[str, Any]) -> None:
    codes: list[Any] = []

    async def handler(interaction: Asked) -> None:
        field = {"type": 4, "style": 1}
        data["components"] = [
            {"type": 18, "label": "l", "component": field | {"custom_id": str(number)}}
            for number in range(data["components"])
        ]
        path = f"/interactions/{interaction.id}/{interaction.token}/callback"
        with pytest.raises(discord.HTTPException) as refused:
            await client.http.request(discord.http.Route("POST", path), json={"type": 9, "data": data})
        codes.append((refused.value.status, refused.value.code))
        there.pass_time(4)

    client = await answering(starts, handler)
    answer = await birch.slash("peer words")
    assert (codes, answer.modal, answer.error) == ([(400, 50035)], None, NO_ANSWER)


# -- how long, and how often ------------------------------------------------------------------------------------------


async def test_after_three_seconds_nobody_hears_an_answer(there: StandIn, starts: Starts, birch: Person) -> None:
    codes: list[Any] = []

    async def handler(interaction: Asked) -> None:
        there.pass_time(3.1)
        with pytest.raises(discord.NotFound) as refused:
            await interaction.response.send_message("too late")
        codes.append(refused.value.code)

    await answering(starts, handler)
    answer = await birch.slash("peer words")
    await there.until(lambda: codes)
    assert (answer.error, answer.text, codes) == (NO_ANSWER, "", [10062])
    assert birch.direct_messages == []


async def test_after_fifteen_minutes_a_token_is_void(there: StandIn, starts: Starts, birch: Person) -> None:
    kept: list[Asked] = []

    async def handler(interaction: Asked) -> None:
        kept.append(interaction)
        await interaction.response.send_message("now")

    await answering(starts, handler)
    answer = await birch.slash("peer words")
    there.pass_time(timedelta(minutes=15, seconds=1))
    for attempt in (kept[0].edit_original_response(content="later"), kept[0].followup.send("later")):
        with pytest.raises(discord.HTTPException) as refused:
            await attempt
        assert (refused.value.status, refused.value.code) == (401, 50027)
    assert (answer.text, answer.followups) == ("now", [])


async def test_an_interaction_is_answered_once(there: StandIn, starts: Starts, birch: Person) -> None:
    codes: list[Any] = []

    async def handler(interaction: Asked) -> None:
        await interaction.response.send_message("once")
        interaction.response._response_type = None
        with pytest.raises(discord.HTTPException) as refused:
            await interaction.response.send_message("twice")
        codes.append(refused.value.code)
        await interaction.followup.send("and more", ephemeral=True)

    await answering(starts, handler)
    answer = await birch.slash("peer words")
    await there.until(lambda: answer.followups, "the follow-up")
    assert (answer.text, codes) == ("once", [40060])
    assert [(one.text, one.ephemeral) for one in answer.followups] == [("and more", True)]


async def test_an_answer_can_be_taken_back(there: StandIn, starts: Starts, porch: Guild, birch: Person) -> None:
    async def handler(interaction: Asked) -> None:
        await interaction.response.send_message("gone soon")
        await interaction.delete_original_response()

    await answering(starts, handler)
    channel = there.channel(porch)
    await birch.slash("peer words", channel=channel)
    await there.until(lambda: not channel.messages, "the answer to go")


async def test_files_come_with_an_answer(there: StandIn, starts: Starts, birch: Person) -> None:
    async def handler(interaction: Asked) -> None:
        view = discord.ui.LayoutView(timeout=None)
        view.add_item(discord.ui.TextDisplay("Everything about you."))
        view.add_item(discord.ui.File("attachment://mine.json"))
        file = discord.File(io.BytesIO(b"{}"), "mine.json")
        await interaction.response.defer(ephemeral=True)
        await interaction.edit_original_response(view=view, attachments=[file])

    await answering(starts, handler)
    answer = await birch.slash("peer words")
    assert [(one.filename, one.data) for one in answer.files] == [("mine.json", b"{}")]
    assert answer.card[1]["file"]["url"].startswith(there.files)


# -- private messages -------------------------------------------------------------------------------------------------


async def test_private_messages_arrive_until_they_are_closed(starts: Starts, birch: Person) -> None:
    client = await starts()
    user = await client.fetch_user(birch.id)
    sent = await user.send("a light is on")
    await sent.edit(content="a light was on")
    assert [one.text for one in birch.direct_messages] == ["a light was on"]
    birch.close_dms()
    with pytest.raises(discord.Forbidden) as refused:
        await user.send("another")
    assert refused.value.code == 50007
    assert len(birch.direct_messages) == 1
    birch.open_dms()
    await user.send("again")
    await sent.delete()
    assert [one.text for one in birch.direct_messages] == ["again"]


async def test_who_left_cannot_be_written_to(starts: Starts, porch: Guild, birch: Person) -> None:
    client = await starts()
    user = await client.fetch_user(birch.id)
    birch.leave(porch)
    with pytest.raises(discord.Forbidden) as refused:
        await user.send("hello")
    assert (refused.value.code, birch.direct_messages) == (50007, [])


async def test_the_same_nonce_gives_the_same_message(there: StandIn, starts: Starts, birch: Person) -> None:
    client = await starts()
    user = await client.fetch_user(birch.id)
    first = await user.send("once", nonce="key")
    there.pass_time(60)
    assert (await user.send("once", nonce="key")).id == first.id
    assert len(birch.direct_messages) == 1
    there.pass_time(timedelta(minutes=3))
    assert (await user.send("once", nonce="key")).id != first.id
    assert len(birch.direct_messages) == 2


async def test_the_nonce_of_a_deleted_message_is_unknown_message(starts: Starts, birch: Person) -> None:
    client = await starts()
    user = await client.fetch_user(birch.id)
    first = await user.send("once", nonce="key")
    await first.delete()
    with pytest.raises(discord.NotFound) as refused:
        await user.send("once", nonce="key")
    assert (refused.value.code, birch.direct_messages) == (10008, [])

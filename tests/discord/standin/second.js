// A second client, discord.js, which knows nothing of the first: what both understand is likely Discord's way.
//
// It does a little of everything as soon as it is ready, writes "done", and then answers people.
// Environment: API (without the version), TOKEN, SOMEBODY (a member's id).

"use strict";

const discord = require("discord.js");

const client = new discord.Client({
  intents: [discord.GatewayIntentBits.Guilds],
  rest: { api: process.env.API, version: "10" },
});

function card(words) {
  const button = new discord.ButtonBuilder().setCustomId("go").setLabel("Go").setStyle(discord.ButtonStyle.Secondary);
  return new discord.ContainerBuilder()
    .addTextDisplayComponents(new discord.TextDisplayBuilder().setContent(words))
    .addActionRowComponents(new discord.ActionRowBuilder().addComponents(button));
}

function form() {
  const field = new discord.TextInputBuilder().setCustomId("word").setStyle(discord.TextInputStyle.Short);
  return new discord.ModalBuilder()
    .setCustomId("form")
    .setTitle("A word")
    .addLabelComponents(new discord.LabelBuilder().setLabel("Which?").setTextInputComponent(field));
}

async function aLittleOfEverything() {
  const command = new discord.SlashCommandBuilder()
    .setName("peer")
    .setDescription("Talk with a peer")
    .addIntegerOption((option) => option.setName("hours").setDescription("How long").setRequired(true));
  await client.application.commands.set([command]);
  const porch = client.channels.cache.find((channel) => channel.name === "porch");
  const thread = await porch.threads.create({ name: "quiet", type: discord.ChannelType.PrivateThread });
  await thread.send("hello");
  await thread.members.add(process.env.SOMEBODY);
  const somebody = await client.users.fetch(process.env.SOMEBODY);
  const whisper = await somebody.send({ content: "one", nonce: "key", enforceNonce: true });
  await whisper.edit("two");
  const open = await porch.send({ content: "to all" });
  const refused = await open.pin().then(() => 0, (error) => error.code);
  await thread.messages.fetch({ limit: 10 });
  await thread.setArchived(true);
  console.log(`done ${refused}`);
}

client.on("interactionCreate", async (asked) => {
  if (asked.isChatInputCommand()) {
    await asked.deferReply({ flags: discord.MessageFlags.Ephemeral });
    const words = `${asked.options.getInteger("hours")} hours`;
    await asked.editReply({ flags: discord.MessageFlags.IsComponentsV2, components: [card(words)] });
  } else if (asked.isButton()) {
    await asked.showModal(form());
  } else if (asked.isModalSubmit()) {
    const words = asked.fields.getTextInputValue("word");
    await asked.reply({ content: `You said ${words}.`, flags: discord.MessageFlags.Ephemeral });
    await asked.followUp({ content: "And more.", flags: discord.MessageFlags.Ephemeral });
  }
});

client.once("clientReady", aLittleOfEverything);
client.login(process.env.TOKEN);

# What the bot says on Discord alone.

discord-deaf = I receive no messages here. { COMMAND("help") } shows what I understand.
discord-profile = I introduce people who would like to talk with a peer, once both have said yes. I am a program and receive no messages: I hear commands only. Type { COMMAND("help") }.
discord-form-slow = That took too long to open, so nothing was changed. Please try once more.
discord-form-between = { $count ->
    [one] Thank you. There is one more question. What stands there already stays if you skip it.
   *[other] Thank you. There are { $count } more questions. What stands there already stays if you skip them.
}
discord-form-lost = I lost my place, so nothing was kept and nothing was changed. Please begin again.
discord-form-stopped = You left it there. Nothing was kept and nothing was changed.
choice-form-more = Show the other questions
choice-form-use = Use it like this
choice-form-stop = Stop here

who-reads-discord-everyone = Everybody on this server can read this channel.
who-reads-discord-some = { $count ->
    [0] The owner of the server can read this.
    [one] The owner of the server can read this, and so can everyone with the one role that may.
   *[other] The owner of the server can read this, and so can everyone with one of the { $count } roles that may.
}{ $people ->
    [0] {""}
    [one] {" "}One more account may too.
   *[other] {" "}{ $people } more accounts may too.
}
who-reads-discord-thread = Those who were let in can read this thread.
who-reads-discord-managers = { $count ->
    [0] So can the owner of the server.
    [one] So can the owner of the server, and all who have the one role that may look after threads.
   *[other] So can the owner of the server, and all who have one of { $count } roles that may look after threads.
}{ $people ->
    [0] {""}
    [one] {" "}One more account may too.
   *[other] {" "}{ $people } more accounts may too.
}
who-reads-discord-open = All of them can read this thread too, even if nobody let them in.
who-reads-discord-guests = This server can be looked at before joining it, so people who have not joined can read this too.
who-reads-discord-public = It is a public thread: whoever can read it can also come in and write, without being let in.
who-reads-discord-itself = Discord keeps what is written here. I am sent none of it.

start-discord-token = Discord does not take the token. Make a new one in its developer portal, under Bot, and put it into PORCHLIGHT_DISCORD__TOKEN.
start-discord-intents = Discord says that this bot asks for an intent it may not have. Porchlight asks for none that is privileged: check that the token belongs to it.

missing-discord-view = I cannot see { $place }, so what is meant for there would not come. In its settings, under Permissions, allow my role “View Channel”.
missing-discord-send = I cannot write in { $place }, so what is meant for there would not come. In its settings, under Permissions, allow my role “Send Messages”.
missing-discord-threads = I cannot write in { $place }, so what is meant for there would not come. In the settings of the channel above it, under Permissions, allow my role “Send Messages in Threads”.
missing-discord-locked = { $place } is locked, so what is meant for there would not come. Unlock it, or choose another room.
missing-discord-history = I cannot look for my own cards in { $place }, so after a fault one might come twice. In its settings, under Permissions, allow my role “Read Message History”.
missing-discord-pin = In { $place } I cannot pin, so what should stay in sight would not. In its settings, under Permissions, allow my role “Pin Messages”.
missing-discord-take-out = I may not take you out of { $place }, since everybody can look into it. You leave it by its own menu, with “Leave Thread”.
missing-discord-events = I may not make events on the server of { $place }. Whoever manages its roles can allow my role “Create Events”.
missing-discord-events-full = The server of { $place } has { $most } events, and Discord takes no more. Once one is over or taken out, there is room.
missing-discord-rooms = I see no channel below which I could make private rooms. It must be seen by everybody; there, allow my role “View Channel”, “Send Messages”, “Send Messages in Threads” and “Create Private Threads”.
missing-discord-visible = I see no channel below which I could make check-in rooms that everybody can look into. It must be seen by everybody; there, allow my role “View Channel”, “Send Messages”, “Send Messages in Threads” and “Create Public Threads”.
missing-discord-erase = I may not delete threads of { $place }, so closed check-in rooms stay there, archived. In its settings, under Permissions, allow my role “Manage Threads”.

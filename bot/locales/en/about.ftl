command-about = What I am
command-about-privacy = What I keep, for how long, and who could read it
command-about-unknown = What I am and how to reach people
command-about-old-button = About a button that no longer does anything
command-elsewhere = Other places to turn
command-who-can-see = Who can read here

about-what = I am Porchlight, a program. I introduce people here who would like to talk with a peer, once both have said yes.
about-how = I act on commands alone, and keep nothing of your conversations. { COMMAND("help") } shows what you can ask for.
about-unknown = I am a program and know only commands. I did not keep what you wrote; nobody was told. To reach people: { COMMAND("peer ask") }, or { COMMAND("elsewhere") } for other places.
about-old-button = This button no longer does anything, and nothing was changed. { COMMAND("help") } shows what you can ask for now.
choice-about-help = Show all help
choice-about-privacy = Show what you keep
choice-about-elsewhere = Show other places
choice-about-data = Show what you hold about me

elsewhere = Other places to turn, as this community listed them:
elsewhere-line = • { $line }
elsewhere-nothing = Nobody has listed other places here yet. A moderator can do so with { COMMAND("setup elsewhere") }.

who-can-see = As of now, these can read here:
who-can-see-private = This is our private conversation: you and I can read it, and nobody I know of besides.

privacy-title = What I keep
privacy-ears = I keep no message and no conversation. I get commands, and the buttons and forms I show you.
privacy-free = The only texts that people write and I keep: { $columns }.
privacy-column = { $column } ({ $table })
privacy-tables = This is every table of my database, with all that stands in it:
privacy-table = { $table }: { $columns }. { $stays }
privacy-stays = Stays until the database is taken away.
privacy-sealed = Names and addresses of people, rooms and messages are sealed with a key that is not in the database. A stolen file names nobody.
privacy-apart = What someone keeps apart from is their own private list. The person it is about neither sees nor erases it.
privacy-moderators = Moderators see how the community is set up. They see nothing about any one of its members.
privacy-operator = Whoever runs this bot has database and key, and could read what is listed here. There is nothing more to read.
privacy-platform-local = This playground runs on one computer. Whoever sits there can read all of it.
privacy-platform-discord = Discord keeps what you and I send there, by its own terms. Server owners and administrators can read private threads.
privacy-platform-matrix = Homeservers keep who is in which room and when. Encrypted messages they cannot read.

## What the part of me that speaks with a platform keeps by itself, said in its own words.

keeps-local = For this playground I keep nothing besides the database. People, rooms and what they write here are the playground's own.
keeps-discord-ears = From Discord I am sent the commands, buttons and forms that you use, and nothing that people write to each other.
keeps-discord = For Discord I keep nothing on disk besides the database. In memory alone, gone when I stop, I keep:
keeps-discord-name = • what people are called, asked for anew after { $names };
keeps-discord-place = • where my private conversation with somebody is;
keeps-discord-form = • what a long form was given so far, { $forms } at most.
keeps-matrix-ears = In rooms on Matrix I hear no words. Those in the clear are not sent to me, and the keys of sealed ones I throw away.
keeps-matrix-ears-rooms = Commands on Matrix are read in rooms too, as whoever runs me chose. So words written there in the clear reach me. What is no command I drop at once. The keys of sealed rooms I throw away.
keeps-matrix-file = For Matrix I keep one more file, sealed like the database. In it stand:
keeps-matrix-direct = • who has a conversation with me, and in which room: until one of us leaves it;
keeps-matrix-asked = • who has asked me into a room: until I am in it, or stay out;
keeps-matrix-shown = • which numbers stand for which choices: { $stays }; below a post that is to stay, for as long as it does;
keeps-matrix-olm = • keys for reaching people's devices, and whose they are: { $stays } after they were last used;
keeps-matrix-megolm = • keys of our conversations: { $stays } after they were last used. They open nothing that I have read before;
keeps-matrix-early = • keys that came before I knew what room they are for: { $stays } at most;
keeps-matrix-followed = • which room goes on in which other one. This names nobody;
keeps-matrix-made = • which rooms I made, and for which space: until I have left them. This names nobody;
keeps-matrix-leaving = • which rooms I am about to leave: until I have;
keeps-matrix-own = • my own log-in and keys, which are about nobody.
keeps-matrix-memory = In memory alone, gone when I stop: who is in which room and since when; people's devices; what people are called, asked for anew after { $names }; answers to my questions, { $answers } at most; in which language I spoke to whom last.
keeps-matrix-your-room = • that we have a conversation here, and in which room: until one of us leaves it;
keeps-matrix-your-invite = • that you asked me into a room: until I am in it, or stay out;
keeps-matrix-your-numbers = • which numbers stand for which choices here: { $stays };
keeps-matrix-your-devices = • keys for reaching your devices: { $stays } after they were last used;
keeps-matrix-your-early = • keys of yours that came before I knew what room they are for: { $stays } at most;
keeps-matrix-your-keys = • keys of our conversation: { $stays } after they were last used. They open nothing that I have read before.
privacy-yours = { COMMAND("mine data") } shows all that is about you, { COMMAND("mine forget") } erases it.

platform-local = the playground
platform-discord = Discord
platform-matrix = your homeserver

## What keeps Matrix from starting, or ends it, for whoever runs the bot.

start-matrix-login = The homeserver did not take the name and password for Matrix. Nothing was started. Check both in the settings.
start-matrix-token = The homeserver no longer knows the bot's token. Someone may have logged it out. With its password, or a new token, in the settings, the next start logs it in again.
start-matrix-device = The token for Matrix belongs to another account or device than the settings name. Nothing was started.
start-matrix-account = { $path } belongs to another Matrix account. Nothing was started. Name that account, or move the file away.
start-matrix-store-busy = Another Porchlight is using { $path }. Nothing was started a second time.
start-matrix-store-key = The key does not fit { $path }, or the file is torn. Nothing was changed. Find the key it was made with.
start-matrix-store-unreadable = { $path } cannot be read or made. Check who owns it, its mode, and that the disk has room.

## Words by which people answer and find their way. One word each, as short as it can be typed.

matrix-word-back = back
matrix-word-cancel = cancel
matrix-word-skip = skip
matrix-word-clear = empty
matrix-word-yes = yes
matrix-word-no = no

## Choices, in a direct room and in one that others read.

matrix-choose = To choose, write a number here, or press it below.
matrix-choose-typed = To choose, write a number here.
matrix-label = { $label } ({ $command })
matrix-label-more = { $label }: { $command }
matrix-privately = To answer, write to me privately: { $link }. The wave below does the same.

## Questions of a form, one at a time.

matrix-question = { $label } ({ $number } of { $of })
matrix-option = { $number }. { $label }
matrix-ask-one = Write the number of one answer.
matrix-ask-several = Write the numbers of up to { $most } answers, such as: 1, 2
matrix-ask-words-several = Write up to { $most }, with commas between them.
matrix-ask-ids = Write up to { $most } room addresses, with commas between them.
matrix-ask-whole = Write a whole number from { $low } to { $high }.
matrix-ask-member = Write their Matrix address, such as { $example }, or a link to them.
matrix-ask-free = Write up to { $limit } letters.
matrix-ask-lines = Write up to { $lines } lines, each of up to { $limit } letters.
matrix-ask-zone = Write a place, such as { $example }.
matrix-ask-time = Write hours and minutes, such as { $example }.
matrix-ask-days = Write a number of days, up to { $most }.
matrix-ask-when = Write a time, such as { $example }, tomorrow 19:30, in 3 days.
matrix-ask-moments = Write { $low } to { $high } times, such as { $example }; Fri 19:30, or each on a new line.
matrix-ask-until = Write a date such as { $example }, or a number of days, up to { $most }.
matrix-stands = What stands here now: { $value }
matrix-skip-keeps = Write { $skip } to keep it.
matrix-skip-opens = Write { $skip } to leave this one out.
matrix-clear = Write { $clear } to take it out.
matrix-ways = Write { $back } for the question before, { $cancel } to end and keep nothing.
matrix-needed = I cannot go on without this answer, so I ask once more. { $cancel } ends the questions.
matrix-no-member = I could not tell whom you mean, so I changed nothing. An address such as { $example } works.
matrix-cancelled = Ended. I did not keep what you answered, and nothing was done.
matrix-left = I left the questions for this. I did not keep what you answered there.
matrix-lapsed = The questions lapsed after 15 minutes. I did not keep what you answered, and nothing was done. You can ask for them again.
matrix-lost = I lost my place; nothing was kept. You can ask for the same again.

## Direct rooms, and where a command is about.

matrix-unencrypted = This conversation is not encrypted, so I do not read in it, and I leave. Please start a new one with me that is encrypted; most apps do that by themselves.
matrix-crowded = Somebody else came in, so this is no longer between the two of us. I leave. Please start a new conversation with me alone.
matrix-farewell = I leave this conversation now. A new one with me can be started any time.
matrix-unopened = I could not open your last message: its key did not reach me, so nothing was done. Please write it again.
matrix-waved = You waved in { $room }. This is what you can choose there. Only you see this.
matrix-not-there = I know no room by that address that we are both in, so I did nothing. The address of a room or a space stands in its settings.
matrix-no-place = I am in no room or space that you moderate, so I did nothing. Please invite me into one, then ask again.
matrix-which-place = You moderate several places that I am in. Which one do you mean?
matrix-place = { $room }: { $command } { $address }

## Who can read a room.

who-reads-matrix-members = The people in this room can read it.
who-reads-matrix-open = Anybody who knows its address can come in, and then read along.
who-reads-matrix-restricted = Members of other rooms that its settings name can come in, and then read along.
who-reads-matrix-may-ask = Some of them can invite others.
who-reads-matrix-none-ask = None of them can invite others.
who-reads-matrix-world = It can be read from outside as well.
who-reads-matrix-later = Who comes later can read what was written before.
who-reads-matrix-sealed = It is encrypted. Homeservers still see who is here and when. What you write here I cannot open.
who-reads-matrix-clear = It is not encrypted, so homeservers can read it too. What you write here is not sent to me.
who-reads-matrix-clear-rooms = It is not encrypted, so homeservers can read it too. What you write here is sent to me, since I read commands here. What is no command I drop at once.

missing-matrix-away = I am not in { $place }, so what is meant for there would not come. Invite me there.
missing-matrix-write = In { $place } I cannot do all that my cards need: write, react, take them away again. In its settings, under Roles & Permissions, give me power { $power } or more.
missing-matrix-pin = In { $place } I cannot pin, so what should stay in sight would not. In its settings, under Roles & Permissions, give me power { $power } or more.

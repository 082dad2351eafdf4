## Agreements: brought back when somebody asks, and by reminders on a rhythm of the group.

command-agreement-recall = Ask me to bring a line of an agreement back, with your name or without
param-statement = Which line
param-asked_by = What the room sees of you
option-asked_by-named = Name me
option-asked_by-unnamed = Leave me unnamed

refusal-recall-nothing = No agreement stands here yet, so there is nothing to bring back. { COMMAND("agreement propose") } begins one.
refusal-recall-unknown = I know no such line in what stands here, so I bring nothing back. Please pick one from the list.
refusal-recall-nowhere = I know no room for this here, so I bring nothing back. Please ask in the room where it is meant to be read.
refusal-recall-today = You asked for a line today already, so I left this one out. Tomorrow you can ask again.

agreement-statement = { $words }
recall-understood = I would post this in { $room }, within { $length }: { $words }
recall-seen = { $named ->
    [named] Your name would stand with it: { $member }
   *[unnamed] Nobody learns that it was you, and I keep nothing that says so. Where few people are, they may guess.
}
recall-taken = I bring it back in { $room }, within { $length }. If quiet is asked for there meanwhile, I leave it out.
recall-cannot = I could not post there, so I bring nothing back:
recall-is-quiet = I bring nothing more back in this room until { $until }. Nobody is told that you asked.

command-agreement-remind = Have this room reminded of an agreement, on a rhythm, for all to see
param-often = How often
option-often-weekly = Every week
option-often-fortnightly = Every two weeks
option-often-monthly = Every month, on that weekday
option-often-openings = Only when a check-in or a circle opens
param-brings = What it brings
option-brings-whole = The whole agreement
option-brings-turn = One line after another
param-openings = Also when a check-in or a circle opens
option-openings-yes = Yes, then as well
option-openings-no = No, not then
param-remind_of = Which agreement

refusal-reminder-of-which = Several agreements stand here, so I set no reminder. Please pick the one you mean from the list.
refusal-reminder-gone = These reminders are over already, so I changed nothing. { COMMAND("agreement remind") } sets new ones.

reminder-understood = I would remind { $room } of this: { $title }. Everyone there sees it, not whose wish it was, and anyone may stop it.
reminder-is = { $rhythm ->
    [weekly] Every week, first { $at }, { $zone }.
    [fortnightly] Every two weeks, first { $at }, { $zone }.
   *[monthly] Every month, first { $at }, { $zone }.
}
reminder-openings = When a check-in or a circle opens, it is read there.
reminder-brings = { $brings ->
    [turn] One line at a time, each in its turn.
   *[whole] All of its lines.
}
reminder-instead = It takes the place of the reminder that this room has now.
reminder-set = From now on I remind you of this here. Anyone may stop it.
reminder-kept = I told { $room } how it is reminded from now on.
reminder-cannot = I could not post there, so I set no reminder:
reminder-ended = Someone stopped these reminders, so no more come. Anyone may set new ones: { COMMAND("agreement remind") }
reminder-no-more = No more reminders come in { $room }. I told the room, and not that it was you.
agreement-at-opening = What we agreed on, { $title }:

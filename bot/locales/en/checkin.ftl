## Check-in rooms: a place to say how one is, or just to sit with others. Nobody is counted.

command-checkin-open = Open a check-in room, now or later
command-checkin-another = Open another room
command-checkin-join = Join
command-checkin-listen = Just listen
command-checkin-skip = Not today
command-checkin-leave = Leave quietly
command-checkin-go-on = Go on
command-checkin-pass = Pass
command-checkin-pause = Ask for a pause
command-checkin-resume = Go on after the pause
command-checkin-host = Be the host
command-checkin-guard = Be the guardian
command-checkin-no-prompts = Do without prompts
param-minutes = For how many minutes, from 20 to 120
param-kind = What happens in it
option-kind-guided = A round with prompts, then open talk
option-kind-open = Open talk
param-size = For how many people at most

checkin-room-name = Check-in

checkin-understood =
    { $days ->
        [0] I would announce a check-in room in { $room }, for today: { $at }, { $zone }
        [1] I would announce a check-in room in { $room }, for tomorrow: { $at }, { $zone }
       *[other] I would announce a check-in room in { $room }, in { $days } days: { $at }, { $zone }
    }
checkin-opens-now = A check-in room opens now, until { $until }. I look who can read it, and then invite everybody in { $room }. You come in from there, too.
checkin-opens-then = A check-in room opens { $at }, until { $until }. I say so in { $room } now, and invite everybody there at that time.
checkin-opened-by = I tell nobody that it was you, and do not keep it. So only this message can close it before its time.
checkin-called-off = Closed, and erased. I told nobody who did it.
checkin-cannot = I cannot open a room yet. Nothing was opened.

checkin-announced =
    { $kind ->
        [guided] A check-in room opens here { $at }, until { $until }: a round for whoever would like to speak, then open talk. You can talk, listen or pass, and nobody is counted.
       *[open] A check-in room opens here { $at }, until { $until }: open talk, for whoever would like company. You can talk or listen, and nobody is counted.
    }
checkin-card =
    { $kind ->
        [guided] A check-in room is open until { $until }. Talk, listen or pass; nobody is counted. Others in it can see that you joined.
       *[open] A check-in room for open talk is open until { $until }. Talk or listen; nobody is counted. Others in it can see that you joined.
    }
checkin-not-held = The check-in room of { $at } does not take place. Anybody can open another one: { COMMAND("checkin open") }.
checkin-not-made = A check-in room could not be made here just now. Nobody was let in. Anybody can try again: { COMMAND("checkin open") }.
checkin-too-wide = I closed a check-in room before anybody came in: more people could read it than it was made for. Moderators can see why with { COMMAND("setup check") }.
checkin-broke-off = I cannot write in the check-in room any more, so it is over. Anybody can open another one: { COMMAND("checkin open") }.

checkin-let-in = I let you in: { $room }. It is open until { $until }. You can leave at any time, and nothing is posted.
checkin-not-let-in = I could not let you in, and keep nothing about it. You can press again, or leave it at that.
checkin-not-yet = The room is not open yet. It opens { $at }; please press once more then.
checkin-skipped = That is fine. I keep nothing about it, and the card stays there for whenever you like.
checkin-full = This room is full. You can open a second one like it with one tap.
checkin-is-another = There is a second room like it, open until { $until }.
checkin-left = You have left. Nothing was posted, and I keep nothing about it. The card lets you in again.
checkin-left-seat = Nothing was posted, and I keep nothing about you there. The card lets you in again.
checkin-over = This check-in is over, or you are not in its room. So there was nothing to do.

checkin-opening =
    { $kind ->
        [guided] You can talk, listen or pass, and leave quietly. A round begins in a few minutes, or when one of you lets it begin. This room closes { $until }.
       *[open] You can talk or just be here, and leave quietly. This room closes { $until }.
    }
checkin-next = Next, if you like: { $who }
checkin-talk = The talk is open now, until { $until }.
checkin-checked-out = You can stay until { $until }.
checkin-goes-on = It goes on.
checkin-moved-on = It has gone on already. Nothing was skipped.
checkin-passed-once = You have passed, and that is fine. I ask you once more, after the others.
checkin-passed-twice = You have passed, and that is fine. You can still write whenever you like.
checkin-nobodys-turn = Nobody is invited at the moment, so there is nothing to pass. You can write or be quiet as you like.
checkin-turn-of = The invitation goes to { $who } at the moment. You can write or be quiet as you like.
checkin-pause = A pause. I say nothing until somebody goes on, or { $until }.
checkin-paused = There is a pause now. It ends when somebody in the room goes on, or { $until }.
checkin-after-pause = The pause is over.
checkin-notice =
    { $kind ->
        [guided] This room closes { $until }. A last round begins now. Whoever would like to stay longer can open a second room.
       *[open] This room closes { $until }. Whoever would like to stay longer can open a second room.
    }
checkin-notice-erased = Where I may, I delete the room then, with all that was written in it.
checkin-role =
    { $role ->
        [host] { $who } would like to be the host here, this time.
       *[guardian] { $who } would like to be the guardian here, this time.
    }
checkin-role-yours =
    { $role ->
        [host] You are a host of this room. Press again to give it back. It ends with the room, or when you leave.
       *[guardian] You are a guardian of this room. Press again to give it back. It ends with the room, or when you leave.
    }
checkin-role-back = Given back. I say nothing about it in the room.
checkin-no-seat = That is for whoever joined from the card. Please press there first, then here.
checkin-without-prompts = No more prompts in this room.
checkin-prompts-off = There are no more prompts in this room.

refusal-checkin-nowhere = I do not know where to announce it, so nothing was opened. Please ask in a room of the community, or let moderators choose one: { COMMAND("setup room") }.
refusal-checkin-many = { $limit } check-in rooms are open or announced already, so I opened no other. You can join one of them, or wait until one is over.
refusal-checkin-cannot-here = This platform does not let me make rooms, so nothing was opened.
refusal-checkin-timed-out = You cannot speak in the community at the moment, so I did not let you in. It will work when that is over.
choice-checkin-join = Join
choice-checkin-listen = Just listen
choice-checkin-skip = Not today
choice-checkin-leave = Leave quietly
choice-checkin-pause = Pause
choice-checkin-pass = Pass
choice-checkin-go-on = Go on
choice-checkin-begin = Begin the round
choice-checkin-no-prompts = Do without prompts
choice-checkin-host = Be the host
choice-checkin-guard = Be the guardian
choice-checkin-stay = Stay longer
choice-checkin-another = Open a second room
choice-checkin-call-off = Close it

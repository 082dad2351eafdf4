## Standing check-ins: on a rhythm, each asked anew.

command-checkin-plan = Plan check-in rooms that open again and again
command-checkin-list = See what check-in rooms there are
command-checkin-move = Move the next check-in room, this once

checkin-plan-understood =
    { $rhythm ->
        [once] I would open a check-in room once: { $at }, { $zone }
        [weekly] I would open a check-in room every week, first { $at }, { $zone }
        [fortnightly] I would open a check-in room every two weeks, first { $at }, { $zone }
       *[monthly] I would open a check-in room every month on that weekday, first { $at }, { $zone }
    } I keep that you planned it, so that you can change it; I show it to nobody.
checkin-planned = Planned. The next one opens { $at }, and I invite everybody in { $room } then. Joining is asked anew each time.
checkin-move-understood = The next one would open { $at }, { $zone }. Those after it stay as they are.
checkin-next-is = The next one opens { $at }.
checkin-stopped = They are stopped, and erased. One that is open goes on until it closes.
checkin-list = Check-in rooms here:
checkin-none = No check-in room is open or planned here. Anybody can open one: { COMMAND("checkin open") }.
checkin-is-open = Open until { $until }; its card stands in { $room }
checkin-is-announced = Opens { $at }, in { $room }
checkin-stands =
    { $rhythm ->
        [once] Once: { $at }, { $zone }
        [weekly] Every week; next { $at }, { $zone }
        [fortnightly] Every two weeks; next { $at }, { $zone }
       *[monthly] Every month on that weekday; next { $at }, { $zone }
    }
checkin-numbered = { $number }. { $says }
checkin-noted = I will write to you before each, { $minutes } minutes ahead. It is a note alone: joining stays open each time.
checkin-not-noted = I could not write to you privately, or it is over. So you get no note, and I keep nothing about it.
checkin-no-note = You get no note before it. I keep nothing about it.
checkin-note = A note you asked for: a check-in room opens { $at }, in { $room }. Coming or not is up to you.
coming-checkin-note = { $at }: a note before a check-in room, as you asked

refusal-checkin-plans-many = { $limit } check-ins are planned here already, so I planned no other. One of them can be stopped first: { COMMAND("checkin list") }.
refusal-checkin-plan-gone = That is not planned any more, so nothing was changed. What there is: { COMMAND("checkin list") }.
refusal-checkin-next-other = The next one is another now, so I changed nothing. It opens { $at }. You can look again: { COMMAND("checkin list") }.
refusal-checkin-not-yours = Whoever planned it and moderators can change it, so I changed nothing. You can open a room of your own: { COMMAND("checkin open") }.
refusal-checkin-moved-far = The one after it opens { $at }, so I moved nothing. A time before that works.

choice-checkin-skip-next = Skip the next one
choice-checkin-move = Move the next one
choice-checkin-stop = Stop them all
choice-checkin-note-me = Write to me before each
choice-checkin-no-note = No notes before it
choice-checkin-look = See number { $number }

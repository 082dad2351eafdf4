## Circles: planned in chat, true to the clock on the wall, private about who comes.

command-circle-plan = Plan a circle, once or again and again
command-circle-pick = Plan a circle, its day and hour picked from menus
command-circle-list = See what circles there are, and answer
command-circle-roles = See which roles are free in meetings to come, and volunteer
command-circle-roles-of = See the next meetings, and their roles
command-circle-roles-for = See the roles of one meeting
command-circle-lead = How long before each meeting you like a note
command-circle-move-one = Move this meeting, this once
command-circle-shift = Wish another time for all meetings
command-circle-more = See more
command-circle-come = Come
command-circle-maybe = Maybe come
command-circle-skip = Skip this one
command-circle-every = Come every time
command-circle-not-every = Do not come every time
command-circle-remind = Have a note before it
command-circle-reminded = Keep the wish for a note
command-circle-no-notes = Stop these notes
command-circle-host = Be the host, or hand that back
command-circle-guardian = Be the guardian, or hand that back
command-circle-scribe = Be the scribe, or hand that back
command-circle-skip-one = Let this one not take place
command-circle-end = Wish to end it
command-circle-agree = Agree to the change
command-circle-leave = Leave it as it is
command-circle-show = Show it in the server's events
command-circle-show-named = Show it there by its name
command-circle-show-neutral = Show it there as “A circle”
command-circle-unshow = Take it out of the server's events

param-meets = When it meets, such as every other Tuesday 19:30
param-weekday = On which day of the week
param-hour = At what hour, by the circle's clock
param-length = For how many minutes
param-seats = How many seats, if there is a number
param-fewest = How many are enough to meet, if that matters
param-shows = What members see of who comes
param-speaks = Say words when it opens and closes
option-weekday-mon = Monday
option-weekday-tue = Tuesday
option-weekday-wed = Wednesday
option-weekday-thu = Thursday
option-weekday-fri = Friday
option-weekday-sat = Saturday
option-weekday-sun = Sunday
option-hour-0 = 00:00
option-hour-1 = 01:00
option-hour-2 = 02:00
option-hour-3 = 03:00
option-hour-4 = 04:00
option-hour-5 = 05:00
option-hour-6 = 06:00
option-hour-7 = 07:00
option-hour-8 = 08:00
option-hour-9 = 09:00
option-hour-10 = 10:00
option-hour-11 = 11:00
option-hour-12 = 12:00
option-hour-13 = 13:00
option-hour-14 = 14:00
option-hour-15 = 15:00
option-hour-16 = 16:00
option-hour-17 = 17:00
option-hour-18 = 18:00
option-hour-19 = 19:00
option-hour-20 = 20:00
option-hour-21 = 21:00
option-hour-22 = 22:00
option-hour-23 = 23:00
option-shows-state = Open, nearly full or full
option-shows-names = Names
option-speaks-yes = Yes
option-speaks-no = No

feature-circles = circles
off-circles = Circles are switched off. Those that are planned go on, and can be answered and ended. Nobody plans another one until you switch them on.
option-room_for-circles = Circles
help-circle = Circles
help-about-circle = { COMMAND("circle") } – groups that meet again and again
choice-help-circle = Show circles
option-feature-circle = Circles

circle-day =
    { $weekday ->
        [mon] Monday, { $day }
        [tue] Tuesday, { $day }
        [wed] Wednesday, { $day }
        [thu] Thursday, { $day }
        [fri] Friday, { $day }
        [sat] Saturday, { $day }
       *[sun] Sunday, { $day }
    }
circle-day-in-year = { $day } { $year }
circle-when = { $day }, { $wall }, { $zone }
circle-for-you = On your own clock: { $at }
circle-utc = { $day }, { $wall } UTC
circle-rhythm =
    { $kind ->
        [daily] Every day. Then: { $days }
        [weekly] Every week. Then: { $days }
        [fortnightly] Every two weeks. Then: { $days }
       *[other] Then: { $days }
    }
circle-shift =
    { $shift ->
        [gap] Clocks go forward then and skip { $wall }; it starts right after.
       *[twice] Clocks go back then and show { $wall } twice; it is the first.
    }
circle-clocks = Clocks are set on { $day }. The circle keeps to its own time, { $wall }.

circle-understood = I would plan a circle, { $title }, and post it in { $room }. Any member here may come: { COMMAND("circle list") } shows it to all.
circle-understood-when =
    { $days ->
        [0] { $when }, today, for { $minutes } minutes
        [1] { $when }, tomorrow, for { $minutes } minutes
       *[other] { $when }, in { $days } days, for { $minutes } minutes
    }
circle-understood-seats =
    { $names ->
        [yes] Members see who comes.
       *[no] Who comes is not shown.
    } { $seats ->
        [0] There is a seat for everybody.
       *[other] There are { $seats } seats.
    }
circle-planned = Planned, and posted in { $room }. It belongs to all of you: I do not keep that you planned it. Changing it for good takes two.
circle-cannot = I cannot post there yet, so nothing was planned.

circle-title = { $title }
circle-state =
    { $state ->
        [open] Open.
        [nearly] Nearly full.
       *[full] Full; you can wait for a seat.
    } { $names ->
        [yes] Who comes is shown here.
       *[no] Who comes is not shown.
    }
circle-state-names =
    { $state ->
        [open] Open.
        [nearly] Nearly full.
       *[full] Full; you can wait for a seat.
    } Coming: { $who }
circle-host-free = Host: free, if someone would like it.
circle-role-lent =
    { $role ->
        [host] Host: { $who }
        [guardian] Guardian: { $who }
       *[scribe] Scribe, who takes a note: { $who }
    }
circle-asks = Changes are told once; notes before it come only if you choose. Will you come?
circle-begun = { $title } begins now, and goes on until { $until }.
circle-opening = Talk, listen or pass, and leave whenever you like. Anyone may ask for a pause. A round to begin with: how are you here? A note is taken only if there is a scribe.
circle-closing = { $title } comes to its end. Whoever likes says a word to check out. Who came is kept nowhere.

circle-comes =
    { $every ->
        [yes] You come to { $title } every time. Next: { $when }. Changes are told once. Notes before it come only if you ask for them.
       *[no] You come to { $title }: { $when }. Changes are told once. Notes before it come only if you ask for them.
    }
circle-names-shown = Members can see that you come: this circle shows it.
circle-enough =
    { $enough ->
        [yes] You are enough to meet.
       *[no] You are not yet enough to meet, by the circle's own number.
    }
circle-waits = { $title } is full. You have a place in the line; if a seat becomes free, I offer it to you with time to answer.
circle-maybe = Perhaps, then: { $title }, { $when }. That takes no seat. Changes are told once.
circle-skipped = That is fine. I keep nothing about it, and you can change your mind until it starts.
circle-not-every = You do not come every time any more. Your answer to this one stays as it is.
circle-you =
    { $answer ->
        [come] You come to this one.
        [maybe] Perhaps you come to this one.
        [wait] You wait for a seat.
       *[none] You have not answered, or skip this one; I cannot tell which.
    } { $every ->
        [yes] You come to every one.
       *[no] { "" }
    }
circle-more = All of this is yours alone to see. One meeting is changed by its host or, without one, by whoever comes. All meetings are changed by two.

circle-noted =
    { $posted ->
        [yes] I will write to you { $length } before each meeting, or when it is posted if that is later, without naming the circle. It does not say that you come.
       *[no] I will write to you { $length } before each meeting, without naming the circle. It does not say that you come.
    }
circle-not-noted = I could not write to you privately, so you get no notes and I keep nothing about it. Your own calendar can tell you instead: { COMMAND("circle calendar") }.
circle-no-notes = You get no notes before it.
circle-note = A note you asked for: { $at }. Coming or not is up to you.
circle-note-late =
    { $begun ->
        [yes] A note you asked for, late because I was not running: it began ({ $at }). Coming or not is up to you.
       *[no] A note you asked for, late because I was not running: { $at }. Coming or not is up to you.
    }
circle-note-begun = A note you asked for, kept until your quiet hours were over: it began ({ $at }). Coming or not is up to you.
circle-clocks-you = Clocks are set soon. What you come to at { $was } by your own clock ({ $zone }) is at { $now } from { $day } on. Where it meets, its time stays the same.
circle-late = Late, because I was not running: { $line }
coming-circle-note = { $at }: a note before a circle, as you asked
coming-circle-clocks = { $at }: what changes for you when clocks are set

circle-offer = A seat is free that you waited for: { $at }. It is yours if you take it by { $until }. If not, it passes on to somebody else, and that is fine.
circle-stop = I write because you answered to come, or perhaps, or have a role in it. { COMMAND("circle list") } takes an answer back, { COMMAND("circle roles") } a role.
circle-told-skipped =
    { $late ->
        [yes] What you said you may come to, or have a role in, did not take place: { $at }. It was called off before it began.
       *[no] What you said you may come to, or have a role in, does not take place this time: { $at }.
    }
circle-told-moved =
    { $late ->
        [yes] What you said you may come to, or have a role in, was moved before it began. Before: { $was }. Then: { $at }.
       *[no] What you said you may come to, or have a role in, has moved. Before: { $was }. Now: { $at }. Your answer stays unless you change it.
    }
circle-told-ended = What you said you may come to, or have a role in, has been ended, by two. There are no more meetings.
circle-told-shifted = What you said you may come to, or have a role in, meets at another time from now on. First: { $at }. It is posted anew; answers begin afresh.
circle-told-no-room = What you said you may come to, or have a role in, has ended: the room it was in is gone. Anybody can plan it anew in another: { COMMAND("circle plan") }.

circle-list = Circles here:
circle-none = No circle is planned here. Anybody can plan one: { COMMAND("circle plan") }.
circle-entry = { $number }. { $title }: { $when }, in { $room }

circle-skipped-here = { $title } does not meet this time: { $when }
circle-done-skipped = It does not take place. Those who said that they may come are told, once.
circle-move-understood = This meeting would be { $when }. Those after it stay as they are.
circle-done-moved = It is { $when } now. Those who said that they may come are told, once.
circle-shift-understood = From now on it would meet { $when }. That takes a second one who comes; I ask in its room, without your name.
circle-wish-shift = Somebody wishes another time for this circle, for good: first { $when }
circle-wish-end = Somebody wishes to end this circle, with all its meetings.
circle-second = It takes one more who comes. Without that, all stays as it is.
circle-wished = I asked in { $room } for a second one, without your name. After { $days } days it lapses, and all stays as it is.
circle-done-shifted = Changed, by two. It meets { $when } next. Those who said that they may come are told, once.
circle-done-ended = Ended, by two. Those who said that they may come are told, once.
circle-ended-here = { $title } has been ended, by two. There are no more meetings.
circle-left-so = That is fine. Nothing changes unless somebody else agrees.
circle-taken-back = Taken back. All stays as it is.

circle-role-yours =
    { $role ->
        [host] You are the host of this meeting.
        [guardian] You are the guardian of this meeting.
       *[scribe] You are the scribe of this meeting.
    } { $posted ->
        [yes] Its post says so.
       *[no] Its post will say so.
    } Press again to hand it back.
circle-role-back = Handed back. The meeting takes place all the same.
circle-role-taken =
    { $role ->
        [host] Somebody is the host of this meeting already. Other meetings: { COMMAND("circle roles") }.
        [guardian] Somebody is the guardian of this meeting already. Other meetings: { COMMAND("circle roles") }.
       *[scribe] Somebody is the scribe of this meeting already. Other meetings: { COMMAND("circle roles") }.
    }
circle-roles-entry = { $number }. { $title }
circle-roles-when =
    { $free ->
        [0] { $number }. { $day }, { $wall }: every role is taken
        [3] { $number }. { $day }, { $wall }: every role is free
        [one] { $number }. { $day }, { $wall }: one role is free
       *[other] { $number }. { $day }, { $wall }: { $free } roles are free
    }
circle-roles = A role is for one meeting, and begins empty at the next. Nobody has to take one.
circle-roles-named = Whoever takes a role is named in the post of that meeting, and can hand it back until it starts.

circle-show = Everybody on the server would see this meeting in its events, even who cannot see the room. Whoever presses “Interested” there is shown by name. Answers given here stay as they are. It is this one meeting alone; it goes when the meeting ends. By which name?
circle-showing = I put it into the server's events. It moves with the meeting. If it cannot be shown, I write to you. The next meeting is not shown by itself.
circle-shown = It stands in the server's events.
circle-shown-already = It stands in the server's events already, so I changed nothing.
circle-unshown = I take it out of the server's events, with the list of who is interested. The meeting itself stays as it is.
circle-cannot-show = I cannot show it in the server's events yet, so nothing was changed.
circle-not-shown =
    { $why ->
        [forbidden] Your meeting, { $at }, is not in the server's events: I may not make any there. Nothing else has changed.
        [gone] Your meeting, { $at }, is not in the server's events: I do not find its room. Nothing else has changed.
       *[other] Your meeting, { $at }, is not in the server's events: they did not take it, perhaps because there are too many. Nothing else has changed.
    }
circle-event = A circle
circle-event-about = Whoever presses “Interested” here is shown by name. To answer privately, follow the address to the room.

refusal-circle-nowhere = I do not know where to post it, so nothing was planned. Please ask in a room of the community, or let moderators choose one: { COMMAND("setup room") }.
refusal-circle-many = { $limit } circles are planned here already, so I planned no other. One of them can be ended first: { COMMAND("circle list") }.
refusal-circle-two-rhythms = You wrote one rhythm and chose another, so nothing was planned. Please give one of the two.
refusal-circle-over = That meeting has begun, is over or was changed, so there was nothing to do. What there is: { COMMAND("circle list") }.
refusal-circle-not-host = This meeting is changed by its host or, without one, by whoever comes. I changed nothing. You can say that you come first.
refusal-circle-not-coming = What is for good is changed by two who come, so I asked nobody. You can say that you come first.
refusal-circle-second = It takes a second one, who comes and did not wish it first. I changed nothing.
refusal-circle-change-gone = That wish was taken back, decided or has lapsed, so I changed nothing. What there is: { COMMAND("circle list") }.
refusal-circle-moved-far = The one after it is { $day }, { $wall }, { $zone }, so I moved nothing. A time at which this one is over by then works.
refusal-circle-wish-open = Somebody wishes another change to this circle already, so I asked nobody. When that is decided, taken back or has lapsed, you can wish yours.
refusal-circle-no-events = There is no list of events here, so I changed nothing.

choice-circle-come = Come
choice-circle-maybe = Maybe
choice-circle-skip = Skip this one
choice-circle-every = Come every time
choice-circle-not-every = Do not come every time
choice-circle-more = See more
choice-circle-look = See number { $number }
choice-circle-take = Take the seat
choice-circle-pass = Let it pass on
choice-circle-remind = Write to me before it
choice-circle-no-notes = Stop these notes
choice-circle-lead = Change how long before
choice-circle-host = Be the host
choice-circle-guardian = Be the guardian
choice-circle-scribe = Be the scribe
choice-circle-hand-back = Hand the role back
choice-circle-skip-one = Let this one not take place
choice-circle-move-one = Move this one
choice-circle-shift = Wish another time for all
choice-circle-end = Wish to end it
choice-circle-agree = Agree to it
choice-circle-leave = Leave it as it is
choice-circle-show = Show it in the server's events
choice-circle-show-named = Show it by its name
choice-circle-show-neutral = Show it as “A circle”
choice-circle-unshow = Take it out of the server's events

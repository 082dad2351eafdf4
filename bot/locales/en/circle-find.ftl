## Finding a time: which of several work for all who marked one, and never who is free when.

command-circle-find = Ask which times work, and see those that work for all
command-circle-mark = Mark the times that work for you
command-circle-then = Plan a circle at a time that was found

param-times = The times, 2 to 6, with semicolons between them
param-answer_days = For how many days people can answer
param-slot = Which time

find-understood = I would ask in { $room } which of these times work for { $title }, for { $minutes } minutes each:
find-time = { $number }. { $when }
find-time-elsewhere = { $number }. { $when } ({ $here })
find-same = Some were the same time, which stands once.
find-understood-until = People could answer until { $until }. Then I would show which times work for all who marked one, and nothing else.
find-asked = Asked in { $room }, until { $until }. I do not keep that it was you: with this card alone you can call it off, or end it early, after { $hours } hours.
find-cannot = I cannot post there yet, so nobody was asked.

find-title = Which time for { $title }?
find-length = For { $minutes } minutes. You can answer until { $until }.
find-hidden = Then I show which times work for all who marked one, if { $fewest } or more did. Nobody is shown who marked what, or how many did.

find-mine =
    { $marked ->
        [yes] { $number }. { $when }: marked
       *[no] { $number }. { $when }: not marked
    }
find-yours =
    { $any ->
        [yes] Only you see this. It is kept sealed, and erased when the search ends. You can change it until { $until }.
       *[no] You marked none, and I keep nothing about you. You can mark times until { $until }.
    }

find-works =
    { $times ->
        [one] This time works for all who marked one:
       *[other] These times work for all who marked one:
    }
find-none = No time that is still to come works for all who marked one. You can ask about others: { COMMAND("circle find") }.
find-few = Fewer than { $fewest } people marked a time, so showing any would show whose it is. You can ask about others, or for more days: { COMMAND("circle find") }.
find-erased = What each one marked is erased.

find-early = It stays open until { $until } at least, so that all have time to answer. I changed nothing. It ends by itself, too.
find-ended = Ended. What came of it stands in { $room }.
find-dropped = Called off. What was marked is erased.
find-dropped-here = The search for a time for { $title } was called off. What was marked is erased.

refusal-times-number = I can ask about from { $low } to { $high } times, with semicolons or new lines between them. I changed nothing. You can write them like this: Fri 19:30; Sat 10:00.
refusal-times-unknown = I could not read time number { $number }, so I changed nothing. Please write each like one of these: 2027-03-09 19:30, tomorrow 19:30, Fri 19:30, in 3 days, +2h.
refusal-times-past = Time number { $number } is over already, so I asked nobody. Please write one that is still to come.
refusal-times-same = Those are all the same time, so I asked nobody. Please give two at least.
refusal-find-many = { $limit } searches for a time are open here already, so I began no other. Each ends by itself, and you can ask again then.
refusal-find-over = That search for a time is over, so I changed nothing. You can begin another: { COMMAND("circle find") }.

choice-find-mark = Mark what works
choice-find-works = Mark number { $number }
choice-find-works-not = Unmark number { $number }
choice-find-none = None of these works
choice-find-end = End it now
choice-find-drop = Call it off
choice-find-then = Plan a circle then

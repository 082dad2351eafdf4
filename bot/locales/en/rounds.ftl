## Rounds: a community brings everybody who joins together.

command-round-plan = Choose when there are rounds
command-round-stop = End the rounds
command-round-join = See the next round, and join it if you like
command-round-wishes = Join the next round with other wishes
command-round-leave = Leave the round you joined

param-rhythm = How often
param-first_day = First day, as a date or in how many days
param-wall = Time of day
param-trio = Two or three
option-rhythm-once = Once
option-rhythm-weekly = Every week
option-rhythm-fortnightly = Every two weeks
option-rhythm-monthly = Every month, on that weekday
option-trio-yes = Three are fine as well
option-trio-no = Only two

round-planned = { $rhythm ->
    [weekly] Saved: a round every week.
    [fortnightly] Saved: a round every two weeks.
    [monthly] Saved: a round every month.
   *[once] Saved: one round.
} Members may join from { $opens }. I introduce them at { $at }. If a room is set for cards, I post one there. Nobody sees who joins.
round-stopped = Saved: there are no more rounds. If one is open now, it still takes place.
round-none = There are no rounds here.
refusal-round-none = There are no rounds here, so I did nothing.
refusal-round-not-yet = No round is open at this moment, so I did nothing. When one opens, you can join it.
refusal-round-open = A round is open until { $at }, so I changed nothing. You can stop the rounds now, or plan new ones after it.
refusal-round-past = That is over, or more than { $days } days away, so I changed nothing. Please choose another day.

round-card = Would you like to meet another member? At { $at } I introduce those who join, two at a time. Nobody sees who joins. You can leave again any time before.
round-ready = You would join until { $until }: { $languages }, { $way ->
    [voice] voice
   *[text] text
}, { $place ->
    [direct] direct messages
    [room] a room for two
   *[either] a room for two or direct messages
}. Your yes now is your yes to be introduced. Nothing is kept yet. Join like this?
round-joined = You joined. At { $at } I look for somebody for you. If there is nobody, I tell you at { $told }. Until then you can leave with one tap, and nobody sees it.
round-stays = Nothing changed.
round-left = You left the round, and your yes is erased. To everybody else it is as if you had not joined.
round-not-joined = You have not joined a round. You may do so in any other.
round-closed = I could not write to you privately, so you have not joined. Please allow private messages from this community, then join again.
round-alone = This round found nobody for you. This happens for many ordinary reasons. Nothing of it is kept on, and the next round asks anew.
round-introduced = { $people }, you all joined this round. How long, and about what, is yours to decide together. I will not follow up. { COMMAND("peer apart") } stays private.
round-introduced-room = { $way ->
    [voice] There is a room for you alone, to find a call that suits you. I do not hear what is said there.
   *[text] There is a room for you alone. I do not hear what is said there.
}
round-no-room = I could not make a room that only you can read, so here are your names instead.
round-room-name = a room of your own

choice-round-stop = End the rounds
choice-round-look = Look at this round
choice-round-yes = Join this time
choice-round-stay = Stay in this round
choice-round-leave = Leave this round

coming-round-yours = If a round finds nobody for you, I say so

help-round = Rounds
help-about-round = { COMMAND("round") } – meet another member in a round
choice-help-round = Rounds
option-feature-round = Rounds

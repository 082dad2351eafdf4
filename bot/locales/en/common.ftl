## Times, as they stand inside sentences: "until 22:00 on Friday".

time-today = { $clock }
time-weekday = { $clock } on { $day }
time-date = { $clock } on { $day }

## What a form asks. A label says in a few words what belongs there.

param-languages = Languages you talk in
param-language = Language
param-way = How to talk
param-place = Where to talk
param-span = Until when
param-someone_new = With whom
param-ask_first = Before I introduce you
param-words = Words for this time
param-hours = For how many hours
param-questions = Questions you will take
param-stays = After an introduction
param-member = Member
param-zone = Time zone
param-quiet_from = Quiet from
param-quiet_to = Quiet until
param-lead = Minutes before something planned
param-called = How you are called
param-budget = Messages a day from me

## What a form offers.

option-way-text = Text
option-way-voice = Voice, in a call of your own
option-place-direct = Direct messages
option-place-room = A room for two
option-place-either = Either
option-span-2h = 2 hours
option-span-today = Today
option-span-1d = 24 hours
option-span-3d = 3 days
option-span-7d = A week
option-someone_new-yes = Someone new
option-someone_new-no = Anyone
option-ask_first-yes = Ask me first
option-ask_first-no = Introduce me to the first yes
option-stays-yes = Keep my light on
option-stays-no = Put my light out

## A no, and what would work. Each says what happened, what was not done, and what to try.

refusal-words-empty = I found no letters I can show, so I changed nothing. Please write a few words.
refusal-words-long = That is longer than { $limit } letters, so I changed nothing. A shorter text will fit.
refusal-option-unknown = That is not one of the answers offered here, so I changed nothing. Please choose one from the list.
refusal-options-many = That is more than { $limit } at once, so I changed nothing. Please choose up to { $limit }.
refusal-number-between = I need a whole number from { $low } to { $high } here. I changed nothing. Please try one of these.
refusal-member-unknown = I could not tell whom you mean, so I changed nothing. Please pick the member from the list.
refusal-lines-many = That is more than { $limit } lines, so I changed nothing. Please keep to { $limit } lines.
refusal-zone-unknown = I do not know that time zone, so I changed nothing. Please name a place, such as Europe/Berlin or America/New_York.
refusal-when-far = That is more than { $days } days ahead, and I look no further. Nothing was changed. An earlier time works.
refusal-when-past = That time is over already, so I changed nothing. Please write one that is still to come.
refusal-when-unknown = I could not read that time, so I changed nothing. Please write it like one of these: 2027-03-09 19:30, tomorrow 19:30, Fri 19:30, in 3 days, +2h.
refusal-time-unknown = I could not read that time, so I changed nothing. Please write hours and minutes, such as 21:30.
refusal-param-missing = One answer is still open: { $param }. I did nothing yet. Please add it and send this again.
refusal-param-unknown = There was more in that than I can read, so I did nothing. { COMMAND("help") } shows what fits.

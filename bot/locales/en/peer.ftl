## A request, before it is asked and while it is open.

peer-ready = Your request would be: { $languages }, { $way ->
    [voice] voice
   *[text] text
}, { $place ->
    [direct] direct messages
    [room] a room for two
   *[either] a room for two or direct messages
}, until { $until }.{ $some ->
    [0] {""}
   *[other] {" "}Words: { $words }.
} Nothing is kept yet. Ask like this?
peer-ready-apart = Is there anyone you would rather not meet? You may say so first. It stays private, and you can skip it.
peer-stopped-here = Nothing was asked, and nothing is kept.
peer-hello = I will write to you here.
peer-closed = I could not write to you privately, so nothing was opened. Please allow private messages from this community, then ask again.
peer-opened = { $kind ->
    [light] Your light is on until { $until }.
   *[ask] Your request is open until { $until }.
} Its card is in our private conversation. You can end it there with one tap, at any time.
peer-open = Your request is open until { $until }: { $languages }, { $way ->
    [voice] voice
   *[text] text
}, { $place ->
    [direct] direct messages
    [room] a room for two
   *[either] a room for two or direct messages
}.{ $some ->
    [0] {""}
   *[other] {" "}Words: { $words }.
} I ask peers one at a time, without your name. Perhaps nobody is free. { $ask_first ->
    [yes] When one says yes, I ask you again first.
   *[no] I introduce you to the first who says yes.
}
peer-light = Your light is on until { $until }: { $languages }, { $way ->
    [voice] voice
   *[text] text
}.{ $some ->
    [0] {""}
   *[other] {" "}Words: { $words }.
} { $questions ->
    [0] I have asked you as often as you wished, and will not ask again.
    [one] Until then I may ask you once more whether you would like to talk with somebody. You may say yes, no or nothing.
   *[other] Until then I may ask you up to { $questions } times whether you would like to talk with somebody. Each time you may say yes, no or nothing.
}
peer-withdrawn = Withdrawn and erased. Somebody may have seen a question without your name. You can ask again any time.
peer-light-out = Your light is out, and erased. You can turn it on again any time.
peer-yes-taken-back = Your yes is taken back. To everybody else it is as if you had not answered.
peer-light-ended = Your light went out at { $at }, and is erased. You can turn it on again any time.
peer-nothing-open = Nothing of yours is open here, so there was nothing to end.
peer-ended = Your opening ended at { $at } without an introduction, and is erased. This happens for many ordinary reasons. { COMMAND("elsewhere") } lists other places.

## The question, and what comes of it.

peer-question = A member would like to talk with a peer: { $languages }, { $way ->
    [voice] voice
   *[text] text
}, { $place ->
    [direct] direct messages
   *[room] a room for two
}.{ $some ->
    [0] {""}
   *[other] {" "}Words: { $words }.
} Would you like to be introduced? If you say yes, you will both see names. No answer is fine too.
peer-question-over = The time for this question is over, and nothing came of it. This happens for many ordinary reasons.
peer-yes-heard = Thank you. If it comes about, I introduce you by { $at }. If not, I tell you then. Until then you can take your yes back, here or with { COMMAND("peer withdraw") }.
peer-no-heard = That is fine. Nobody is told, and nothing is kept.

## The introduction: the same for both.

peer-named = { $name } ({ $member })
peer-introduced = { $one } and { $other }, you both said yes. How long, and about what, is yours to decide together. I will not follow up. What you had open here is closed, unless you set it to stay. { COMMAND("peer apart") } stays private.
peer-introduced-direct = { $way ->
    [voice] You can write to each other directly, and find a call that suits you both. I am not there.
   *[text] You can write to each other directly. I am not there.
} Not to answer, or to block, never needs a reason.
peer-introduced-room = { $way ->
    [voice] There is a room for you two, to find a call that suits you both. I do not hear what is said there.
   *[text] There is a room for you two. I do not hear what is said there.
}
peer-no-room = I could not make a room that only you two can read, so here are your names instead.
peer-room-name = a room for two
peer-room-entered = I am letting you in: the room appears in your list. If that does not work, I tell you.
peer-room-stayed-out = You stay out. Nobody is told, and nothing is kept.
peer-room-closed = This door does not open. You two can write to each other directly, or you can ask again any time with { COMMAND("peer ask") }.

## Status.

peer-status-none = Nothing of yours is open.
peer-status-paused = You are paused until { $until }. Nobody is introduced to you before.
peer-status-yes = You said yes to a question. You hear from me by { $at }.
peer-status-asked = There is a question for you, until { $at }. No answer is fine too.

## Apart, words and pause.

peer-apart-added = I will not introduce you two to each other. Only you can see this, and only you can undo it. They are not told.
peer-apart-none = Your list is empty.
peer-apart-list = I do not introduce you to these people. Only you see this list.
peer-apart-entry = { $number }. { $member }, since { $added }
peer-apart-entry-unnamed = { $number }. Somebody whose name I cannot find at the moment, since { $added }
peer-apart-removed = Taken off your list. They are not told.
peer-apart-not-there = That person is not on your list, so I changed nothing.
peer-word = { $word }
peer-word-marked = { $mark ->
    [not] I keep that word away from you. Nobody is told. It counts for what you open from now on.
    [ask] When that word comes up, I ask you before I introduce you. It counts for what you open from now on.
   *[welcome] That word is welcome. I keep no note of it.
}
peer-marks = Only you see this list. It counts for what you open from now on.
peer-mark = { $mark ->
    [not] { $number }. { $word }: not today
   *[ask] { $number }. { $word }: ask me first
}
peer-marks-none = You have marked no words here. All of them are welcome.
peer-marks-cleared = All these words are welcome again. I keep no note of them.
peer-mark-missing = There is no such mark of yours, so I changed nothing.
peer-paused = You are paused until { $until }. Until then I introduce nobody to you, and nobody can tell why. What you have open rests, and ends at its own time. You can still withdraw it.
peer-resumed = Your pause is over. Nothing else has changed.
peer-not-paused = You are not paused, so I changed nothing.
peer-pause-over = Your pause has ended, as you planned. Nothing opens by itself.

## Choices.

choice-ask-like-this = Ask like this
choice-change-details = Change details
choice-stop-here = Stop here
choice-keep-apart = Keep apart from someone
choice-keep-open = Keep it open
choice-keep-light = Keep it on
choice-withdraw = Withdraw
choice-withdraw-mine = Withdraw my own request
choice-light-off = Put my light out
choice-say-yes = Say yes
choice-not-this-time = Say not this time
choice-take-back = Take my yes back
choice-say-yes-after-all = Say yes after all
choice-enter = Enter
choice-stay-out = Stay out
choice-resume = End my pause
choice-show-apart = Show my list
choice-mark-word = Mark a word
choice-show-marks = Show my marks
choice-clear-mark = Clear mark { $number }
choice-clear-marks = Clear all marks
choice-together = Take { $number } off my list

## What will come, for /mine next.

coming-peer-ends = At { $at } your request ends, and I tell you once. Before that I may introduce you, or ask you again.
coming-peer-light-ends = At { $at } your light goes out, and I tell you once. Before that I may ask you whether you would like to talk.
coming-peer-question-over = By { $at } I tell you what came of the question you said yes to.
coming-peer-pause-ends = At { $at } your pause ends, and I tell you once.

## What can be asked.

command-peer-ask = Ask for a peer to talk with
command-peer-request = Ask for a peer, with details of your own
command-peer-withdraw = Withdraw your request
command-peer-light-on = Turn your porch light on: you may be asked to talk
command-peer-light-off = Put your porch light out
command-peer-status = See everything you have open
command-peer-apart = Never be introduced to somebody
command-peer-apart-list = See whom you keep apart from
command-peer-together = Take somebody off your list again
command-peer-words = See the words you marked, or say how you feel about meeting one
command-peer-mark = Say how you feel about meeting a word
command-peer-pause = Be left alone until a day you choose
command-peer-resume = End your pause
param-word = Word
param-mark = How you feel about it today
param-day = Until which day
option-mark-welcome = Welcome
option-mark-ask = Ask me first
option-mark-not = Not today

## A no, and what would work.

refusal-paused = You are paused until { $until }, so nothing was opened. { COMMAND("peer resume") } ends the pause.
refusal-too-new = Here one can ask after { $days ->
    [one] one day
   *[other] { $days } days
} in the community, so nothing was opened. From { $at } on it will work.
refusal-no-group = Introductions here are made within groups, and I could not tell yours. Nothing was opened. A moderator can help with that.
refusal-timed-out = You cannot speak in the community at the moment, so nothing was opened. It will work when that is over.
refusal-today-over = Too little is left of today, so nothing was opened. Two hours or 24 hours will work.
refusal-word-unknown = That word is not on this community's list, so nothing was done. Please choose one from the list.
refusal-apart-self = That would be you, so I changed nothing. Please pick somebody else.
refusal-pause-between = A pause ends tomorrow at the earliest, and in { $days } days at the latest. I changed nothing. Please pick a day between.
refusal-date-unknown = I could not read that day, so I changed nothing. A date such as 2027-03-04 works, or a number of days.

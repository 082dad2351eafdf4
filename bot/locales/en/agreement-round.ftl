## Agreements: where one stands in a consent round, and concerns.

command-agreement-consent = Consent
command-agreement-concern = Raise a concern
command-agreement-aside = Stand aside
command-agreement-later = Decide later
command-agreement-let-go = Let my concern go
command-agreement-answer-for = Answer it together
command-agreement-answer-second = Confirm, and ask everyone afresh

param-concern = Your concern, in your words
param-raised_by = What the group sees of you
option-raised_by-named = My name
option-raised_by-unnamed = No name

refusal-agreement-round-over = This round is over, so I noted nothing. How it ended stands in the room.
refusal-agreement-concern-gone = This concern is not open any more, so there was nothing for me to do.

agreement-you = { $stance ->
    [consent] You consent: you can live with this for now.
    [concern] Your concern is open. The group has its words, and I kept none of them.
    [aside] You stand aside: you do not join in, and do not hold it up.
    [later] You decide later.
   *[none] You stand nowhere in this round, and I keep no answer of yours.
} Only you see this. Until { $until } you can choose anew on the card in the room.

agreement-concern-goes = Your words go to { $room }, for all there to read. I keep none of them, only that a concern is open.
agreement-concern-seen = { $named ->
    [named] They see your name: { $member }
   *[unnamed] They see no name. How you write may still tell who you are. So may your leaving, while it is open.
}
agreement-concern-named = { $who } has a concern about version { $number }:
agreement-concern-unnamed = A member has a concern about version { $number }:
agreement-concern-words = { $words }
agreement-concern-open = While it is open, this is not agreed. Whoever raised it can let it go at any time.
agreement-concern-elsewhere = A member has a concern about this, and said so in another room of it. While it is open, this is not agreed.
agreement-concern-not-sent = I cannot post in that room, so your words went nowhere and I kept none. Your answer is as it was. You can say it there yourself.
agreement-concern-is-open = The group has your words, and I kept none. The round ended meanwhile. Your concern stays open until you let it go.
agreement-concern-doubted = A member raised a concern about this. I cannot tell whether the words arrived, and I keep none. While it is open, this is not agreed. Whoever raised it can raise it again, or let it go.
agreement-let-go = A concern about this was let go by whoever raised it. { $left ->
    [0] None is open now.
    [one] One more is open.
   *[other] { $left } more are open.
}
agreement-let-go-yours = Your concern is not open any more.

agreement-answer-first = I noted that you would answer it, and asked for a second member. Please talk first about what the concern asks for.
agreement-answer-open = A member would like to answer a concern with another one: { $why ->
    [left] whoever raised it has left.
   *[written] it was open for { $days } days, and you agreed that this will do.
} Please talk first about what it asks for. Once a second member confirms, everyone is asked afresh.
agreement-answer-second = Another member would like to answer this as well. If you confirm, you say how everyone is asked afresh.
agreement-answered = Two members answered an open concern. So everyone is asked afresh, and earlier answers are erased.
agreement-answered-yours = It is answered. Everyone is asked afresh, in the room.

choice-agreement-let-go = Let it go
choice-agreement-take-back = Take my answer back
choice-agreement-answer-for = Answer it together
choice-agreement-answer-second = Confirm it

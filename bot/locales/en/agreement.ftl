## Agreements: made together, by consent.

refusal-agreement-not-now = That cannot be done with this version at this point, so I changed nothing. You can read where it stands now.
refusal-agreement-not-author = Only whoever wrote this can do that, so I changed nothing. You can suggest a change instead.
refusal-agreement-second = This needs another member besides, so I changed nothing yet. Anyone else here can do it.
refusal-agreement-not-asked = This round is for those in the room where its card stands, so I noted no answer. You can answer there.
refusal-agreement-not-raiser = A concern stays open until whoever raised it lets it go, so I changed nothing.
refusal-agreement-raiser-here = Whoever raised this concern is still here, and it is theirs to let go. I changed nothing. You can talk with them, or suggest a change.
refusal-agreement-concern-open = You have a concern open in this round already, so I opened no other. You can let it go first.
refusal-agreement-empty = An agreement needs one line at least, so I changed nothing. Please write a few plain words.
refusal-agreement-under-way = Another version of this agreement is being worked on, so I began no second one. You can suggest your change there.
refusal-agreement-changed = The text was changed in the meantime, so I left yours out. Please read it as it is now, and suggest again if you like.
refusal-agreement-meaning = This changes the meaning, so everyone is asked again. I changed nothing yet. You can confirm it as a change of meaning.
refusal-agreement-over = The time of this round is over, so I noted no consent. You will hear how it ended.
refusal-agreement-until-between = A round lasts from { $low ->
    [one] a day
   *[other] { $low } days
} to { $high } days, so I opened none. Please choose a time in between.
refusal-agreement-review-between = The review date lies after the end of the round, within { $days } days. Nothing was changed. Please choose a day in between.
refusal-agreement-silence = Silence is not a yes here, so I opened no round. The group can make an agreement that says otherwise.
refusal-agreement-for-everyone = This one says how agreements are made here. So its round is for everyone. Please open it again for everyone.
refusal-agreement-brought-allows = How agreements are made is for the group to agree on together, so I did not take this in. You can propose it.
refusal-recall-quiet = Somebody asked that recalls be quiet here until { $until }, so I bring nothing back today. You can still read the agreement yourself.
refusal-recall-lately = In one room I bring something back at most every { $minutes } minutes, so I left this out. Please try again a little later.

agreement-title = Agreement: { $title }
agreement-line = Line { $number }: { $words }
agreement-nothing = It says to let this agreement go.
agreement-stands = { $state ->
    [draft] A draft. Only you can see it.
    [questions] Version { $number }, shared with the group. Now is the time to ask what it means.
    [amend] Version { $number }. Now is the time to change it until it may fit.
    [consent-round] Version { $number }. The group is asked where it stands, until { $until }.
    [brought-in] Version { $number }, brought in by moderators, not yet agreed together. { $due ->
        [yes] Its review date was { $review }.
       *[no] Review on { $review }.
    }
    [adopted] Version { $number }, agreed together on { $stood }. Review on { $review }.
    [review-due] Version { $number }, agreed together on { $stood }. Its review date was { $review }.
   *[replaced] Version { $number }. It does not stand any more, and can still be read.
}
agreement-allows = { $what ->
    [silence] Where this stands, a round here may count silence as a yes, and says so.
   *[answering] Where this stands, two members may answer a concern that has been open for { $days } days.
}
agreement-round = Version { $number }, { $whom ->
    [everyone] for everyone here
   *[room] for those in this room
}, until { $until }. It needs { $needs } consents. Consent means: I can live with this for now. { $silence ->
    [yes] As agreed here, silence counts as a yes.
   *[no] Silence is not a yes.
} You can change your answer. Where do you stand?
agreement-round-review = If it is agreed, it is looked at again on { $review }.
agreement-ended = { $why ->
    [adopted] Version { $number } is agreed. It is looked at again on { $review }.
    [gone] The round is over. The group lets this agreement go. It can still be read.
    [concern] The round is over. A concern is open, so version { $number } is not agreed. It can be changed until it may fit.
    [late] The round is over. Its review date went by while I was away, so version { $number } is not agreed. The group can be asked again.
   *[few] The round is over. There were fewer consents than it needs, so version { $number } is not agreed. It can be changed, and asked about again.
}
agreement-totals = { $consents ->
    [one] One consented
   *[other] { $consents } consented
}, { $aside ->
    [0] and nobody stood aside.
    [one] and one stood aside.
   *[other] and { $aside } stood aside.
}
agreement-recall = A member asked me to bring this back: { $words }
agreement-recall-named = { $who } asked me to bring this back: { $words }
agreement-reminder = A reminder that this group chose.
agreement-review = The day has come to look at this again. Does it still fit? Taking it up asks everyone once more.
agreement-difference = { $kind ->
    [added] New: { $after }
    [gone] Gone: { $before }
   *[changed] Changed from: { $before } To: { $after }
}
agreement-differs = Much is different, so these are the lines and not each change. { COMMAND("agreement history") } has every version.
agreement-kept = { $all ->
    [yes] All lines are as they were.
   *[no] { $kept ->
        [0] No line is as it was.
        [one] One line is as it was.
       *[other] { $kept } lines are as they were.
    }
}

choice-agreement-consent = Consent
choice-agreement-concern = Raise a concern
choice-agreement-aside = Stand aside
choice-agreement-later = Decide later
choice-agreement-quiet = Quiet recalls today
choice-agreement-no-reminders = Stop these reminders
choice-agreement-take-up = Take it up again
choice-agreement-suggest = Suggest a change

agreement-copy-gone = The pinned copy of this agreement is not here any more. Would you like it back?
agreement-copy-posted = I am putting the copy back.
agreement-copy-none = No version of this agreement stands at the moment, so there is nothing to post.
agreement-rests = Nothing happened to this proposal for { $days } days, so I put it aside. It can still be read, and anyone may propose again.
choice-agreement-copy = Put it back

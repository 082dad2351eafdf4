## Agreements: made together, by consent.

refusal-agreement-not-now = That cannot be done with this version at this point, so I changed nothing. You can read where it stands now.
refusal-agreement-not-author = Only whoever wrote this can do that, so I changed nothing. You can suggest a change instead.
refusal-agreement-second = This needs another member besides, so I changed nothing yet. Anyone else here can do it.
refusal-agreement-not-asked = This round is for others, so I noted no answer. The card says whom it is for.
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
refusal-agreement-brought-allows = How agreements are made is for the group to agree on together, so I did not take this in. You can propose it.
refusal-recall-quiet = Somebody asked that recalls be quiet here until { $until }, so I bring nothing back today. You can still read the agreement yourself.
refusal-recall-lately = In one room I bring something back at most every { $minutes } minutes, so I left this out. Please try again a little later.

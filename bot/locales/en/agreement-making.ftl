## Agreements: proposing, reading, changing, bringing in.

command-agreement-read = Read what is agreed here, for you alone
command-agreement-propose = Propose an agreement
command-agreement-amend = Suggest a change to an agreement
command-agreement-review = See what can be looked at again
command-agreement-history = Read earlier versions, and what changed
command-agreement-bring-in = For moderators: bring in a text you have already
command-agreement-anew = Write your draft anew
command-agreement-allows = What it says about making agreements
command-agreement-suggest = Suggest a change
command-agreement-open-round = Open a consent round
command-agreement-discuss = Open it for changes
command-agreement-ask = Go back to questions
command-agreement-just-wording = Say that it is just wording
command-agreement-meaning = Say that the meaning changes
command-agreement-take-up = Take an agreement up again
command-agreement-copy = Put the copy of an agreement back
command-agreement-quiet = Have no more recalls in the room today
command-agreement-no-reminders = Stop the reminders of the room

param-title = What it is called
param-statements = Short plain lines, up to 12, one a line
param-changes = What changes
option-changes-wording = Just the wording
option-changes-meaning = The meaning
param-allows = What it says about making agreements
option-allows-nothing = Nothing, as most agreements
option-allows-silence = Silence may count as a yes in a round
option-allows-answering = Two may answer a concern after two weeks
param-agreement = Its number in the list
param-round_days = For how many days, from 1 to 30
param-for_whom = Whom it is for
option-for_whom-everyone = Everyone in this community
option-for_whom-room = Those in the room where it stands
param-needs = How many consents it needs, 2 or more
param-review_day = Review day, as a date or in how many days
param-silence = What silence means
option-silence-yes = A yes, as you agreed
option-silence-no = Not a yes

choice-agreement-share = Share it without my name
choice-agreement-share-named = Share it with my name
choice-agreement-anew = Write anew
choice-agreement-allows = About making agreements
choice-agreement-drop = Drop it
choice-agreement-withdraw = Withdraw it
choice-agreement-discuss = Open it for changes
choice-agreement-ask = Go back to questions
choice-agreement-open-round = Open a consent round
choice-agreement-just-wording = It is just wording
choice-agreement-meaning = The meaning changes
choice-agreement-unsuggest = Take my suggestion back
choice-agreement-end = Suggest to let it go
choice-agreement-take-out = Take it out
choice-agreement-take-out-yes = Take it out
choice-agreement-keep = Leave it as it is
choice-agreement-look = Look at { $number }
choice-agreement-draft = Look at my draft
choice-agreement-version = Read version { $number }
choice-agreement-under-way = Read the one being worked on
choice-agreement-before = Read the one before
choice-agreement-past = Show all versions
choice-agreement-earlier = Show earlier versions
choice-agreement-others = Show the other agreements

agreement-draft = When you share it, it stands in { $room }, and every member of this community can read it. It is erased if you leave it for 30 days.
agreement-looked = I am looking whether the pinned copies are still there.
agreement-dropped = Your draft is erased.
agreement-shared = Shared with the group, { $named ->
    [yes] with your name. I do not keep the name with it.
   *[no] without your name.
} Anyone can ask what it means, suggest a change, or open a round. You can withdraw it until then.
agreement-proposed-by = { $who } proposes this.
agreement-talk = Talk about it here in the room. I do not hear what you say. When it may fit, anyone can open a consent round.
agreement-asks-again = The meaning changed, so the round is over and its answers are erased. Everyone will be asked again.
agreement-cannot = I cannot post there yet, so I changed nothing.
agreement-how-to-change = Anyone can suggest a change. Not agreeing takes nothing away from you.
agreement-also-under-way = The group is working on version { $number }.
agreement-none = Nothing is agreed here yet, and nothing is proposed. Anyone can propose: { COMMAND("agreement propose") }.
agreement-none-stands = Nothing stands here yet that could be looked at again. Anyone can propose: { COMMAND("agreement propose") }.
agreement-list = Which one would you like to look at?
agreement-listed = { $number }. { $title }: { $says }
agreement-your-draft = Your draft: { $title }

agreement-marked = { $kind ->
    [wording] You say that only the wording changes. A second member looks at that. Nobody is asked again.
   *[meaning] You say that the meaning changes. A second member looks at that. Then everyone is asked again.
} I post this without your name.
agreement-suggested = A member suggests this for version { $number }, and says: { $kind ->
    [wording] it is just wording.
   *[meaning] the meaning changes.
} What does a second member say? Only with a change of meaning is everyone asked again.
agreement-suggestion-posted = I posted it without your name. A second member can confirm it. You can take it back until then.
agreement-suggestion-back = Taken back.
agreement-end = I would post, without your name, that a member suggests to let this agreement go. A second member confirms, and then everyone is asked.
agreement-confirmed = { $kind ->
    [wording] Thank you. The new wording is there, and nobody need be asked again.
   *[meaning] Thank you. The new version is there, and everyone will be asked.
}
agreement-reworded = Only the wording changed. This is version { $number } now.
agreement-moved = Done. The card in the room says so.
agreement-round-opened = The round is open. Its card is in the room, and anyone it is for can answer.
agreement-withdrawn = This proposal was withdrawn. It can still be read, and anyone may propose again.
agreement-withdrawn-yours = Withdrawn. You can propose again at any time.
agreement-taken-up = Taken up. The group can talk about it now, and then everyone is asked. Until then it stands as it is.
agreement-bring-in = It would stand in { $room } and always say: brought in by moderators, not yet agreed together. It is looked at again on { $review }. Anyone can take it up together.
agreement-brought-in = It stands in { $room } now, as brought in by moderators. Anyone can take it up together.
agreement-take-out = Shall I take this out? It will not stand any more. It can still be read.
agreement-taken-out = Moderators took out the text that they had brought in. It can still be read, and anyone may propose.
agreement-taken-out-done = It is taken out.

refusal-agreement-nowhere = I do not know in which room it should stand, so I kept nothing. Please ask in a room of the community, or let moderators choose one: { COMMAND("setup room") }.
refusal-agreement-drafts-many = You have { $limit } drafts already, so I kept no other. You can share or drop one first: { COMMAND("agreement read") }.
refusal-agreement-many = This community has { $limit } agreements already, so I added none. The group can let one go first.
refusal-agreement-gone = This is not there any more, so I changed nothing. You can see what there is: { COMMAND("agreement read") }.
refusal-agreement-timed-out = You cannot speak in the community at the moment, so I posted nothing for you. It will work when that is over.
refusal-agreement-same = The text is as it was, so there is nothing to suggest. I posted nothing.
refusal-agreement-suggestions-many = { $limit } changes are waiting for a second member already, so I posted no other. You can look at one of those first.
refusal-agreement-review-day = The review day lies ahead, within { $days } days. I brought nothing in. Please choose a day in between.

help-agreement = Agreements
help-about-agreement = { COMMAND("agreement") } – what the group agreed on, and how to propose
choice-help-agreement = Show agreements
option-feature-agreement = Agreements
feature-agreements = agreements
off-agreements = Agreements are switched off. What stands can still be read, and a round that is open goes on to its end. Nothing new begins until you switch them on.
option-room_for-agreements = Agreements

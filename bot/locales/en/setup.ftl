command-setup = Set this community up, or see how it is set up
command-setup-here = Set up here
command-setup-not = Leave it
command-setup-language = Choose the community's language and time zone
command-setup-words = Write the community's words
command-setup-limits = Choose how long newcomers wait before they ask
command-setup-groups = Choose roles within which people are introduced
command-setup-elsewhere = List other places to turn
command-setup-room = Choose what this room is for
command-setup-features = Switch parts on or off
command-setup-welcome = Choose whether newcomers are shown what is agreed
command-setup-moderators = Choose roles that moderate here
command-setup-door = Put up the front door, or take it away
command-setup-proposals = Take or leave the words that members propose
command-setup-walk = Set up step by step
command-setup-preview = See what members will see
command-setup-check = Look over the setup, and how to mend it
command-setup-undo = Take back the latest change
command-peer-propose = Propose a word for this community
command-setup-clear = Empty a list

setup-title = Setting up
setup-new = Nothing is set up here yet. If you set it up, members can ask for a peer, and nobody is signed up for anything.
setup-new-keeps = I keep settings for this community and no list of its members. Would you like to set it up?
setup-not = Nothing was set up. You can do it any time with { COMMAND("setup") }.
setup-saved = Saved. Everybody here can see what changed when they use it.
setup-is-language = Language: { $language }. Time zone: { $zone }
setup-is-limits = { $days ->
    [0] Newcomers may ask at once
    [one] Newcomers may ask after one day
   *[other] Newcomers may ask after { $days } days
}
setup-is-groups = { $count ->
    [0] Introductions: everyone with everyone
    [one] Introductions: within one role
   *[other] Introductions: within each of { $count } roles
}
setup-no-words = Words: none yet
setup-is-words = Words: { $words }
setup-is-elsewhere = { $count ->
    [0] Other places: none yet
    [one] Other places: one line
   *[other] Other places: { $count } lines
}
setup-no-rooms = Rooms: none has something to do yet
setup-is-room = { $does }: { $room }
setup-is-checkins = In check-in rooms: { $prompts ->
    [0] no prompts
    [one] one prompt
   *[other] { $prompts } prompts
} and { $words ->
    [yes] words
   *[no] no words
} of your own
setup-room-given = Saved. { $room } is for this now: { $does }.
setup-room-taken = Saved. { $room } is for this no more: { $does }.
setup-room-not = { $room } was not for this, so nothing changed: { $does }.
refusal-switched-off = This is switched off in this community, so I did nothing. A moderator can tell you more.
refusal-platform-cannot = This platform cannot take away again what I post, so this is not to be had here. I changed nothing.
refusal-only-in-room = This is about the room it is asked in, so I did nothing. Please ask me in that room. On Matrix, end the command with in= and the address of the room.
setup-preview = This is what members can choose from:
setup-word = • { $word }

setup-is-moderators = { $count ->
    [one] Moderators: also one role
   *[other] Moderators: also { $count } roles
}
setup-is-off = Switched off: { $features }
feature-requests = asking for a peer
feature-lights = porch lights
feature-rounds = rounds
feature-checkins = check-in rooms
feature-plans = reminders of plans
feature-notes = notes to moderators
off-requests = Asking for a peer is off. Requests that are open run to their end.
off-lights = Porch lights are off. Those that are lit stay lit until their time is over.
off-cards = Cards without a name are off. Those that stand go with their requests.
off-rounds = Rounds are off. One that is open still takes place, and each who joined hears how it ended. Nobody else can join, and none follows until you plan rounds anew.
off-checkins = Check-in rooms are switched off. One that is open stays open for as long as it said. No other opens until you switch them on.
off-plans = Reminders of plans are off. Those that members asked for are their own, so they still come.
off-notes = Notes to moderators are off. Nobody can write to you through me.

setup-is-welcome = Newcomers are shown what is agreed, once and privately

welcome-agreement = You are new here, so this once I show you what the group agreed on or lives with: { $title }
welcome-how = { COMMAND("agreement read") } shows all of it, and how to propose a change. You need not agree to be here.

setup-door-stands = I am putting the front door up in { $room }, pinned. The one that stood before goes. { COMMAND("setup check") } says whether it is there.
setup-door-taken = I am taking the front door away from { $room }.
refusal-no-door = No front door is up here, so I did nothing. { COMMAND("setup door") } puts one up.

setup-undo-title = One step back
setup-undo-asks = This takes back: { $what }. Then the settings would be like this:
setup-undo-nothing = There is no change to take back. I keep one step, for 30 days.
setup-undone = Taken back. { COMMAND("setup undo") } brings it again.
refusal-undo-over = The settings were changed since, or much time went by, so I did nothing. { COMMAND("setup undo") } shows what can be taken back now.
refusal-right-platform = Only those whom the platform itself lets moderate can choose who else does. I did nothing.

setup-proposals-done = { $taken ->
    [0] No word was added.
    [one] One word was added.
   *[other] { $taken } words were added.
} { $waiting ->
    [0] No more wait for you.
    [one] One more waits:
   *[other] { $waiting } more wait:
}
refusal-no-proposals = Nobody has proposed a word, so there is nothing to take or leave.
refusal-proposals-full = Many words wait for the moderators already, so I did not keep this one. Please try again in some days.
peer-proposed = The moderators can take or leave your word now: { $word }. I did not keep who proposed it.

walk-title = Step { $step } of { $steps }
walk-leave = You can leave this step out, or stop here. { COMMAND("setup walk") } goes on where you were.
walk-language = In which language shall I speak in your rooms, and in which time zone do you live?
walk-features = What may members ask me for here? What you switch off is not to be had. What is open already runs to its end.
walk-limits = How long shall newcomers be here before they ask for a peer?
walk-words = Which words may members choose from when they ask? Keep them short and plain. Members can propose more.
walk-groups = Shall people meet within a role only, for example by age? If not, leave this out.
walk-elsewhere = Which other places to turn do you know, such as phone lines or groups? Everyone can see them when they ask.
walk-rooms = Which rooms may I use? Ask this in the room itself: one for cards without a name, one for notes to you.
walk-moderators = Who else moderates here? Choose roles. Those who have them can use all of { COMMAND("setup") }.
walk-door = Shall I put up a front door? It is one card, pinned in a room, that shows everyone how to reach me.
walk-check = Shall we look over everything? I say what is missing and who can read your rooms.
walk-end = That was the last step. You can change all of it any time.

setup-preview-title = What members will see
setup-preview-door = The front door says:
setup-preview-choices = To press: { $choices }

check-title = Looking over the setup
check-room = { $does }, in { $room }. As of now, these can read there:
check-room-away = I cannot look at { $room }. Is it still there, and can I see it? Let me in there, or choose another with { COMMAND("setup room") }.
check-door-not-there = The front door is not up in { $room }. Let me write and pin there, then use { COMMAND("setup door") }.
check-rooms-for-two-away = I could not find out just now whether I may make rooms. Please look again a little later.
check-no-room = No room is for this, so it is not to be had: { $does }. { COMMAND("setup room") }, asked in a room, changes that.
check-no-words = There are no words to choose from. { COMMAND("setup words") } takes them.
check-no-elsewhere = No other places to turn are listed. { COMMAND("setup elsewhere") } takes them.
check-no-agreement = Newcomers are to be shown what is agreed, and nothing stands here yet. { COMMAND("agreement propose") } begins one.
check-all-there = Nothing is missing.

door-title = Talk with a peer
door-what = Would you like to talk with somebody who knows how it is? I bring two people together once both have said yes. Only you see what I answer here.
door-title-others = Knock here
door-others-rooms = Here you find check-in rooms, who can read this room, and other places to turn. Only you see what I answer.
door-others = Here you can see who can read this room, and other places to turn. Only you see what I answer.
door-reach-local = Press something below, or write { COMMAND("help") } to me.
door-reach-discord = Press something below, or type { COMMAND("help") } in any room. I read no messages.
door-reach-matrix = Wave below this card, or write { COMMAND("help") } to me in a private, encrypted room.

choice-door-peer = Talk with a peer
choice-door-checkins = Find a check-in room
choice-door-see = See who can read here
choice-door-elsewhere = Show other places
choice-setup-features = Switch parts on or off
choice-setup-welcome = Show newcomers what is agreed
choice-setup-moderators = Choose who moderates
choice-setup-door = Put up the front door
choice-setup-proposals = See proposed words
choice-setup-preview = See what members will see
choice-setup-check = Look it over
choice-setup-undo-ask = Take back the latest change
choice-setup-undo = Take it back
choice-setup-walk = Go step by step
choice-walk-next = Go to the next step
choice-walk-on = Go on with the steps
choice-setup-here = Set up here
choice-setup-not = Leave it
choice-setup-language = Choose language and zone
choice-setup-words = Write words
choice-setup-limits = Choose limits
choice-setup-groups = Choose groups
choice-setup-elsewhere = List other places
choice-setup-room = Give this room something to do
choice-setup-shown = Show all settings
choice-setup-clear = Empty a list

param-wait_days = Days in the community before asking
param-groups = Roles within which people meet
param-word_list = Words, one a line
param-elsewhere = Other places to turn, one a line
param-which = List
option-which-words = Words
option-which-groups = Groups
option-which-elsewhere = Other places
param-room_for = What the room is for
option-room_for-peers = Cards of requests without a name
option-room_for-checkins = Invitations to check-in rooms
option-room_for-moderators = Notes to moderators
option-room_for-door = Front door
param-take_away = Take that away from this room
option-take_away-yes = Take it away
option-take_away-no = Give it
option-which-moderators = Roles that moderate
param-switch_on = Switch on
param-switch_off = Switch off
param-moderator_roles = Roles that moderate here
param-welcome = Show newcomers what is agreed, once and privately
option-welcome-yes = Show it
option-welcome-no = Do not show it
param-take_door = Take the door away
option-take_door-yes = Take it away
option-take_door-no = Put it up
param-new_word = A word you would like to choose from
param-take = Words to take
param-leave = Words to leave

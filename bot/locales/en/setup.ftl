command-setup = Set this community up, or see how it is set up
command-setup-here = Set up here
command-setup-not = Leave it
command-setup-language = Choose the community's language and time zone
command-setup-words = Write the community's words
command-setup-limits = Choose how long newcomers wait before they ask
command-setup-groups = Choose roles within which people are introduced
command-setup-elsewhere = List other places to turn
command-setup-room = Choose what this room is for
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
setup-room-given = Saved. { $room } is for this now: { $does }.
setup-room-taken = Saved. { $room } is for this no more: { $does }.
setup-room-not = { $room } was not for this, so nothing changed: { $does }.
refusal-switched-off = This is switched off in this community, so I did nothing. A moderator can tell you more.
refusal-only-in-room = This is about the room it is asked in, so I did nothing. Please ask me in that room. On Matrix, end the command with in= and the address of the room.
setup-preview = This is what members can choose from:
setup-word = • { $word }

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
option-room_for-moderators = Notes to moderators
option-room_for-door = Front door
param-take_away = Take that away from this room
option-take_away-yes = Take it away
option-take_away-no = Give it

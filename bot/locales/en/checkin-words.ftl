## What a community says in its check-in rooms.

command-checkin-prompts = For moderators: write prompts for check-in rooms
command-checkin-words = For moderators: choose what check-in rooms open and close with

param-prompts = Your own prompts, one a line
param-starters = Starters, the prompts that I bring along
option-starters-yes = Use them as well
option-starters-no = Leave them out
param-opening = What a room opens with
param-closing = What a room closes with
param-visible = Who can look into a room
option-visible-yes = Everybody in this community
option-visible-no = Only those who come in
param-delete_rooms = What becomes of a room that closes
option-delete_rooms-yes = It is deleted, where I may
option-delete_rooms-no = It stays, archived

checkin-prompt = { $prompt }
checkin-own-words = { $words }
checkin-opening-words = Welcome. Say something, listen, or pass: all of it is fine here. There is time.
checkin-closing-words = The time we gave this room is over, and it closes now. It was good to have you here, in whatever way you were.

checkin-prompts-own = Your own prompts for the round at the beginning:
checkin-prompts-no-own = You have no prompts of your own.
checkin-starters = { $starters ->
    [yes] { $own ->
        [0] The prompts in your rooms are those that I bring along. Nobody has to answer one.
       *[other] Yours and those that I bring along take turns. Yours come first, each once. { COMMAND("setup clear") } takes yours away.
    }
   *[no] { $own ->
        [0] So there are no prompts in your rooms. In a round people are invited to speak without one.
       *[other] Only yours are used, and none in the round before the closing. { COMMAND("setup clear") } takes yours away.
    }
}
checkin-opens-with = A room opens with this: { $words }
checkin-closes-with = It closes with this: { $words }
checkin-visible = { $visible ->
    [yes] Everybody in this community can look into a room, where a platform has such rooms. Elsewhere only those who come in can.
   *[no] Only those who come in can look into a room, and whom the platform lets.
} Who can read it is said before anybody goes in. { COMMAND("setup clear") } takes your words away; then mine are said.
checkin-erased = { $erased ->
    [yes] I delete each room when it is over, with all that was written in it. On Discord I can do so where I may manage threads.
   *[no] Rooms that are over stay as the platform keeps them, archived.
}

choice-checkin-prompts = Write prompts for check-ins
choice-checkin-words = Choose words for check-ins
option-which-prompts = Prompts for check-in rooms
option-which-opening = What check-in rooms open with
option-which-closing = What check-in rooms close with

help-checkin = Check-in rooms
help-about-checkin = { COMMAND("checkin") } – a room to say how you are, or to sit with others
choice-help-checkin = Show check-in rooms
option-feature-checkin = Check-in rooms

# What stands in a member's calendar. Whoever sees it there may not know what it is about.

calendar-name = Meetings
calendar-off = Cancelled: { $title }
calendar-title = Meeting

command-circle-calendar = Put meetings into your own calendar
command-circle-file = Get the file of a meeting

circle-calendar = A file puts one meeting into your own calendar. It names no circle, and nobody who comes. Which one?
circle-feed =
    { $on ->
        [yes] You have an address that your calendar program reads. What you come to stands there, and changes come by themselves.
       *[no] Instead, I can make you an address that your calendar program reads. What you come to then stands there, and changes come by themselves.
    }
circle-file = Open this file with your calendar. If the meeting changes, ask for it again.
circle-feed-address = Give this address to your calendar program, and to nobody: whoever has it sees when you meet. I cannot show it again, since I keep only a hash of it.
circle-feed-anew = The address before this one is dead.
circle-feed-is = { $address }
circle-feed-names =
    { $names ->
        [yes] Circles now stand in your calendar by their names. Whoever sees your calendar can read them.
       *[no] Meetings in your calendar have no name now.
    }
circle-feed-gone = Switched off. Its address is dead, and what I kept of it is erased.

refusal-circle-feeds = Addresses for calendars are not switched on here, so I made none. Files work: { COMMAND("circle calendar") }.
refusal-circle-feed-gone = There is no address of yours any more, so I changed nothing. A new one: { COMMAND("circle calendar") }.

choice-circle-file =
    { $number ->
        [0] Get its calendar file
       *[other] Get the file of number { $number }
    }
choice-circle-feed = Make an address
choice-circle-feed-anew = Change the address
choice-circle-feed-names =
    { $names ->
        [yes] Leave out names of circles
       *[no] Show names of circles
    }
choice-circle-no-feed = Switch it off

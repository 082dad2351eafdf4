command-help = See what you can ask for

help-title = What you can ask for
help-what = I am Porchlight, a program. I introduce people who would like to talk with a peer, and keep no conversation.
help-about-peer = { COMMAND("peer") } – ask for a peer to talk with, or leave your porch light on
help-about-plan = { COMMAND("plan") } – be reminded of a plan you made together
help-about-mine = { COMMAND("mine") } – see, change, stop or erase all that is yours
help-about-setup = { COMMAND("setup") } – for moderators: set a community up
help-about-about = { COMMAND("about") } – what I am, what I keep, and other places to turn
help-more = { COMMAND("help") } and one of these words tells more. Only you see this.
help-peer = Talking with a peer
help-plan = Reminders of plans
help-mine = What is yours
help-setup = Setting up, for moderators
help-about = About me, and other places
help-limits = { $days ->
    [0] Here you can ask at once.
    [one] Here you can ask after one day in the community.
   *[other] Here you can ask after { $days } days in the community.
} One request can be open at a time. { $groups ->
    [0] Everyone may meet everyone.
    [one] Those in one group may meet; moderators chose it.
   *[other] Those in the same one of { $groups } groups may meet; moderators chose them.
}
help-command = { $command } – { $says }

choice-help-peer = Show peer commands
choice-help-plan = Show reminders of plans
choice-help-mine = Show what is mine
choice-help-setup = Show setting up
choice-help-about = Show the rest
choice-help-back = Show all help

param-feature = About what
option-feature-peer = Talking with a peer
option-feature-plan = Reminders of plans
option-feature-mine = What is mine
option-feature-setup = Setting up
option-feature-about = The rest

## What can be asked for.

command-mine-data = See everything I hold about you
command-mine-next = See every message I will send you
command-mine-stop = Stop everything that would reach you, at once
command-mine-forget = Have everything about you erased
command-mine-forget-yes = Erase everything
command-mine-keep = Keep everything
command-mine-settings = See and change your settings
command-mine-language = Choose your language and time zone
command-mine-quiet = Choose your quiet hours
command-mine-called = Choose how you are called
command-mine-limits = Choose how much I write, and how early
command-mine-usual = Choose what your requests usually say
command-mine-wishes = Choose whom you like to meet
command-mine-community = Choose which community you usually mean
command-mine-reset = Put a setting back to how it began

## Notes the bot sends on its own.

note-stop = To stop such notes: { COMMAND("mine stop") }. To change them: { COMMAND("mine settings") }.
coming-mine-note = { $at }: notes I kept back for you

## What is held.

mine-data-all = This is everything I hold about you. The file holds the same.
mine-yes = yes
mine-no = no
mine-row = { $table } – { $values }
mine-value = { $name }: { $value }
mine-data-others = Other members may keep private lists. Those are theirs, and not shown to anyone else.
mine-data-kept = For our conversation on this platform I also keep:
mine-data-kept-alone = I hold nothing about you, besides what our conversation needs:
mine-data-nothing = I hold nothing about you.

## What will come.

mine-next = This is what I will send you, as things stand:
mine-next-waiting = { $count ->
    [one] Right away: one message that is on its way to you
   *[other] Right away: { $count } messages that are on their way to you
}
mine-next-circles = Without a time: what changes in circles that you answered, once, and a seat that you wait for
mine-next-nothing = Nothing is planned for you. I will not write unless you ask for something.
mine-stopped = { $openings ->
    [0] Stopped. Nothing that was planned for you will come.
    [one] Stopped. Your opening is withdrawn and erased, and nothing that was planned for you will come.
   *[other] Stopped. Your openings are withdrawn and erased, and nothing that was planned for you will come.
} I write again only if you ask for something.
mine-stopped-circles = Your answers, roles and places in line in circles are taken back as well, as I write when one changes. You can give them anew: { COMMAND("circle list") }.
mine-stop-nothing = Nothing was planned for you, and nothing will come unless you ask for something.

## Forgetting.

mine-forget-what = This would go: { $tables }.
mine-forget-kept = what our conversation here needs
mine-forget-all = All of it is erased at once and cannot be brought back. Would you like that?
mine-forgotten = All I held about you is erased, your private lists too. I will not write again unless you ask me.
mine-forgotten-mark = A sealed mark stays until { $until }, so that an old backup cannot bring you back.
mine-forgotten-rest = What I cannot remove: { $platform } keeps its copies of our messages, and other members' private lists are theirs.
mine-kept = Everything stays as it was.

## Settings.

mine-settings = Your settings
mine-as-community = as in the community
mine-is-language = Language: { $language }
mine-is-zone = Time zone: { $zone }
mine-is-quiet = Quiet hours: { $start } to { $end }
mine-is-never-quiet = Quiet hours: none
mine-is-called = Called: { $name }
mine-is-called-as-shown = Called: as your name is shown here
mine-is-limits = Messages I send on my own: at most { $budget } a day. Reminders: { $lead } before
mine-is-usual = Usual request: { $languages }; { $way }; { $place }; { $span }
mine-no-languages = the language we speak here
mine-is-wishes = Meeting: { $someone_new }; { $ask_first }; with your light on, at most { $questions ->
    [one] one question
   *[other] { $questions } questions
}
mine-is-community = In private you mean: the community you chose
mine-is-no-community = In private you mean: I ask you which one, if there are more
mine-saved = Saved.
mine-unchanged = Nothing was given, so everything stays as it was.
mine-reset-which = Which setting would you like to put back to how it began?
mine-reset-done = Put back.

choice-mine-settings = Show my settings
choice-mine-language = Choose language and zone
choice-mine-quiet = Choose quiet hours
choice-mine-called = Choose how I am called
choice-mine-limits = Choose how much you write
choice-mine-usual = Choose my usual request
choice-mine-wishes = Choose whom I meet
choice-mine-community = Choose my usual community
choice-mine-reset = Put something back
choice-mine-reset-language = Speak as in the community
choice-mine-reset-zone = Use the community's clock
choice-mine-reset-quiet = Drop my quiet hours
choice-mine-reset-called = Use my name as shown
choice-mine-reset-limits = Put these numbers back
choice-mine-reset-usual = Put my usual request back
choice-mine-reset-wishes = Put whom I meet back
choice-mine-reset-community = Ask me which community
choice-mine-stop = Stop all of it
choice-mine-forget = Erase what you hold
choice-mine-forget-yes = Erase everything
choice-mine-keep = Keep everything

## What forms ask and offer.

param-what = Setting
option-language-en = English
option-language-de = Deutsch
option-what-language = Language
option-what-zone = Time zone
option-what-quiet = Quiet hours
option-what-called = How I am called
option-what-limits = How much you write
option-what-usual = Usual request
option-what-wishes = Whom I meet
option-what-community = Usual community

refusal-quiet-half = Quiet hours need a start and an end, and one of them is still open. I changed nothing. Please give both, such as 22:00 and 7:00.
refusal-quiet-same = Start and end are the same time, so I would never be quiet. I changed nothing. Please choose two times, or use { COMMAND("mine reset") } to have no quiet hours.

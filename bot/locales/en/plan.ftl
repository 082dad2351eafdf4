## Reminders of a plan: the link and the time, never the plan.

command-plan-remind = Be reminded of a plan, by its link
command-plan-list = See and change your reminders of plans
command-plan-change = Move a reminder to another time
command-plan-cancel = Cancel a reminder
command-plan-too = Be reminded of it too
param-link = Link to the plan
param-when = When, such as tomorrow 19:30 or in 3 days
param-number = Its number in your list

plan-understood =
    { $days ->
        [0] I would remind you today: { $at }, { $zone }, of { $link }
        [1] I would remind you tomorrow: { $at }, { $zone }, of { $link }
       *[other] I would remind you in { $days } days: { $at }, { $zone }, of { $link }
    }
plan-shift =
    { $shift ->
        [gap] Clocks go forward then and skip the time you wrote; this is the one after it.
       *[twice] Clocks go back then and show that time twice; this is the first.
    }
plan-quiet = That is in your quiet hours. It comes all the same, because you chose the time.
plan-asks-here = I would also post this link and time here, without your name, so that others can ask to be reminded as well. To keep it to yourself, ask me in private.
plan-kept = I will remind you: { $at }. I keep the link and the time until then, nothing else. Whoever leaves the community is not reminded.
plan-closed = I could not write to you privately, so nothing was planned. Please allow private messages from this community, then ask again.
plan-offer = A plan of people here: { $link }. Would you like a reminder, { $at }? It comes to you privately, and nobody is told.
plan-over = This reminder is over or was taken back, so nothing was planned.
plan-none = You have no reminders of plans.
plan-list = Your reminders of plans:
plan-entry = { $number }: { $at }, { $link }
plan-cancelled = Cancelled and erased. Others who asked for the same keep theirs.
plan-reminder = The reminder you asked for, { $at }: { $link }
plan-reminder-stop = It is erased now, and nothing follows. To see others you asked for: { COMMAND("plan list") }.
coming-plan-remind = { $at }: a reminder of a plan, as you asked

refusal-link-unknown = I can keep a web link only: https:// and up to { $limit } plain letters. So nothing was planned. A link copied from the address bar works.
refusal-plan-many = You have { $limit } reminders, and I keep no more at a time. Nothing was planned. You can cancel one first: { COMMAND("plan list") }.

choice-plan-too = Remind me too
choice-plan-list = Show my reminders
choice-plan-cancel = Cancel this reminder
choice-plan-change-number = Move number { $number }
choice-plan-cancel-number = Cancel number { $number }

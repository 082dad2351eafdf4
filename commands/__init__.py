"""What people can ask: one file a capability. All of it is listed here by hand."""

from typing import Any, Final

from bot.contract.command import After, Catalogue, Command, Job
from commands import (
    about,
    agreement,
    agreement_concern,
    agreement_recall,
    agreement_reminders,
    agreement_round,
    checkin,
    checkin_words,
    circle,
    circle_calendar,
    circle_find,
    circle_pick,
    comfort,
    mine,
    notes,
    peer,
    plan,
    rounds,
    setup,
    talk,
    tell,
    welcome,
)
from commands import help as helping

JOBS: Final[tuple[Job, ...]] = (
    *peer.JOBS,
    *comfort.JOBS,
    *talk.JOBS,
    *plan.JOBS,
    *tell.JOBS,
    *rounds.JOBS,
    *checkin.JOBS,
    *circle.JOBS,
    *circle_find.JOBS,
    *agreement.JOBS,
    *agreement_round.JOBS,
    *agreement_concern.JOBS,
    *agreement_recall.JOBS,
    *agreement_reminders.JOBS,
    *notes.JOBS,
    *mine.JOBS,
    *about.JOBS,
    *setup.JOBS,
    *helping.JOBS,
)

_OTHERS: Final[tuple[Command[Any], ...]] = (
    *peer.COMMANDS,
    *comfort.COMMANDS,
    *talk.COMMANDS,
    *plan.COMMANDS,
    *tell.COMMANDS,
    *rounds.COMMANDS,
    *checkin.COMMANDS,
    *checkin_words.COMMANDS,
    *circle.COMMANDS,
    *circle_calendar.COMMANDS,
    *circle_find.COMMANDS,
    *circle_pick.COMMANDS,
    *agreement.COMMANDS,
    *agreement_round.COMMANDS,
    *agreement_concern.COMMANDS,
    *agreement_recall.COMMANDS,
    *agreement_reminders.COMMANDS,
    *notes.COMMANDS,
    *mine.commands(JOBS),  # ``mine next`` speaks of all that is planned
    *about.COMMANDS,
    *setup.COMMANDS,
    *welcome.COMMANDS,
)

COMMANDS: Final[tuple[Command[Any], ...]] = welcome.all_welcoming((*_OTHERS, *helping.commands(_OTHERS)))

AFTERS: Final[tuple[After, ...]] = (
    *peer.AFTERS,
    *comfort.AFTERS,
    *talk.AFTERS,
    *plan.AFTERS,
    *tell.AFTERS,
    *rounds.AFTERS,
    *checkin.AFTERS,
    *circle.AFTERS,
    *agreement.AFTERS,
    *agreement_round.AFTERS,
    *agreement_concern.AFTERS,
    *agreement_reminders.AFTERS,
    *notes.AFTERS,
    *mine.AFTERS,
    *about.AFTERS,
    *setup.AFTERS,
    *helping.AFTERS,
)

CATALOGUE: Final = Catalogue(COMMANDS, JOBS, AFTERS)

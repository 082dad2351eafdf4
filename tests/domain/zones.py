"""Zones whose clocks do everything that clocks are known to do."""

from itertools import product
from typing import Final

import pytest

ZONES: Final = (
    "UTC",
    "Europe/Berlin",
    "Europe/London",
    "Europe/Dublin",  # winter time is the one that is set: negative saving
    "Europe/Chisinau",  # sets its clocks an hour before the others
    "Atlantic/Azores",
    "America/New_York",
    "America/St_Johns",  # half an hour off
    "America/Santiago",  # at midnight
    "America/Asuncion",
    "America/Havana",  # at midnight, and midnight comes twice
    "America/Nuuk",  # on the evening before
    "America/Phoenix",
    "Africa/Casablanca",  # by the moon
    "Africa/Cairo",  # on Thursdays, at midnight
    "Antarctica/Troll",  # by two hours
    "Asia/Beirut",
    "Asia/Jerusalem",
    "Asia/Kathmandu",  # a quarter of an hour off
    "Asia/Kolkata",
    "Asia/Gaza",
    "Australia/Lord_Howe",  # by half an hour
    "Australia/Adelaide",
    "Pacific/Apia",  # left out 2011-12-30
    "Pacific/Auckland",
    "Pacific/Chatham",  # three quarters of an hour off, at 02:45
    "Pacific/Kiritimati",  # the first to begin a day
    "Pacific/Pago_Pago",  # the last
)

ORDINARY: Final = (
    "Australia/Lord_Howe",
    "America/Santiago",
    "Pacific/Apia",
    "Asia/Kathmandu",
    "Africa/Casablanca",
    "UTC",
    "Europe/Berlin",
    "Europe/London",
    "Europe/Dublin",
    "Europe/Chisinau",
    "Atlantic/Azores",
    "America/New_York",
    "America/St_Johns",
    "America/Havana",
    "America/Nuuk",
    "Africa/Cairo",
    "Antarctica/Troll",
    "Asia/Gaza",
    "Pacific/Auckland",
    "Pacific/Chatham",
)
"""Those that are looked at each time for all of ten years; the others by ``make soak``."""
_OFTEN: Final = ("FREQ=DAILY", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU")
"""Rules, or how they begin, of which ten years take long."""


def ten_years(rules: tuple[str, ...]) -> list[object]:
    """Return each rule in each zone: those that are looked at each time, and the rest for ``make soak``."""
    return [
        pytest.param(rule, zone, marks=pytest.mark.soak if zone not in ORDINARY or rule.startswith(_OFTEN) else ())
        for rule, zone in product(rules, ZONES)
    ]

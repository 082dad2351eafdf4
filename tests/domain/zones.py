"""Zones whose clocks do everything that clocks are known to do."""

from typing import Final

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

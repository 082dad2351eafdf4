"""Calendars: files that every calendar program reads, and feeds of them for those who wish one."""

from adapters.calendar.ics import write
from adapters.calendar.server import Feeds

__all__ = ["Feeds", "write"]

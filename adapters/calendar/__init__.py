"""Calendars: files that every calendar program reads, and feeds of them for those who wish one."""

from adapters.calendar.ics import write
from adapters.calendar.zones import vtimezone

__all__ = ["vtimezone", "write"]

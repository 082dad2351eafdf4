# What stands in a member's calendar. Whoever sees it there may not know what it is about.

calendar-name = Meetings
calendar-off = Cancelled: { $title }
calendar-title = Meeting

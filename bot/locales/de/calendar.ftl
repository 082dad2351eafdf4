# What stands in a member's calendar. Whoever sees it there may not know what it is about.

calendar-name = Treffen
calendar-off = Abgesagt: { $title }
calendar-title = Treffen

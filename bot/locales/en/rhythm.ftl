refusal-clock-either = That can be { $near } or { $far }, and I do not guess. Nothing was changed. Please write the time in full, like this: { $far }.
refusal-rhythm-either = That can mean two rhythms, so nothing was planned. Please write it like one of these: every other Tuesday 19:30, every second Tuesday of the month 19:30, every Tuesday and Thursday 19:30.
refusal-rhythm-far = The first meeting would be more than { $days } days ahead, and I look no further. Nothing was planned. An earlier beginning works.
refusal-rhythm-never = By that rhythm there would never be a meeting still to come, so nothing was planned. Please look at the days and the end in it.
refusal-rhythm-often = I plan one meeting a day at most. Nothing was planned. Please give the days alone, and one time.
refusal-rhythm-rare = That is more than four years from one meeting to the next, so nothing was planned. A shorter rhythm works.
refusal-rhythm-unknown = I could not read that rhythm, so nothing was planned. Please write it like one of these: every Tuesday 19:30, every other Tuesday 19:30, every first Tuesday 19:30, FREQ=MONTHLY;BYDAY=2TU 19:30.
refusal-when-either = That can be { $near } or { $far }, and I do not guess. Nothing was changed. Please write the date you mean, like this: 2027-03-09 19:30.
refusal-when-weekday =
    { $weekday ->
        [mon] { $day } is a Monday,
        [tue] { $day } is a Tuesday,
        [wed] { $day } is a Wednesday,
        [thu] { $day } is a Thursday,
        [fri] { $day } is a Friday,
        [sat] { $day } is a Saturday,
       *[sun] { $day } is a Sunday,
    } so I do not know which day you mean. Nothing was changed. The date alone works, too.

refusal-rhythm-far = The first meeting would be more than { $days } days ahead, and I look no further. Nothing was planned. An earlier beginning works.
refusal-rhythm-never = By that rhythm there would never be a meeting still to come, so nothing was planned. Please look at the days and the end in it.
refusal-rhythm-often = I plan one meeting a day at most. Nothing was planned. Please give the days alone, and one time.
refusal-rhythm-rare = That is more than four years from one meeting to the next, so nothing was planned. A shorter rhythm works.
refusal-rhythm-unknown = I could not read that rhythm, so nothing was planned. One like this works: FREQ=MONTHLY;BYDAY=2TU, which is every second Tuesday of a month.

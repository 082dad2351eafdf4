## How an option of a command is written.

discord-option-time = { $label }, such as 21:30
discord-option-until = { $label }: a date such as 2027-03-04, or a number of days up to { $most }
discord-option-several = { $label }, up to { $most }, with commas between them


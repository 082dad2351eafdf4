## Wie eine Angabe eines Befehls geschrieben wird.

discord-option-time = { $label }, zum Beispiel 21:30
discord-option-until = { $label }: ein Datum wie 2027-03-04, oder bis zu { $most } Tage als Zahl
discord-option-several = { $label }, bis zu { $most }, mit Kommas dazwischen


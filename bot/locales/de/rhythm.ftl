refusal-clock-either = Das kann { $near } oder { $far } sein, und ich rate nicht. Nichts wurde geändert. Bitte schreib die Uhrzeit ganz aus, etwa so: { $far }.
refusal-rhythm-either = Das kann zwei Rhythmen meinen, also wurde nichts geplant. Bitte schreib es wie eines von diesen: alle zwei Wochen dienstags 19:30, jeden zweiten Dienstag im Monat 19:30, dienstags und donnerstags 19:30.
refusal-rhythm-far = Das erste Treffen läge mehr als { $days } Tage voraus, und weiter schaue ich nicht. Nichts wurde geplant. Ein früherer Anfang geht.
refusal-rhythm-never = In diesem Rhythmus käme nie mehr ein Treffen, also wurde nichts geplant. Bitte schau auf die Tage und das Ende darin.
refusal-rhythm-often = Ich plane höchstens ein Treffen am Tag. Nichts wurde geplant. Bitte gib nur die Tage an, und eine Uhrzeit.
refusal-rhythm-rare = Das sind mehr als vier Jahre von einem Treffen zum nächsten, also wurde nichts geplant. Ein kürzerer Rhythmus geht.
refusal-rhythm-unknown = Diesen Rhythmus konnte ich nicht lesen, also wurde nichts geplant. Bitte schreib ihn wie einen von diesen: jeden Dienstag 19:30, alle zwei Wochen dienstags 19:30, jeden ersten Dienstag 19:30, FREQ=MONTHLY;BYDAY=2TU 19:30.
refusal-when-either = Das kann { $near } oder { $far } sein, und ich rate nicht. Nichts wurde geändert. Bitte schreib das Datum, das du meinst, etwa so: 2027-03-09 19:30.
refusal-when-weekday =
    { $weekday ->
        [mon] Der { $day } ist ein Montag,
        [tue] Der { $day } ist ein Dienstag,
        [wed] Der { $day } ist ein Mittwoch,
        [thu] Der { $day } ist ein Donnerstag,
        [fri] Der { $day } ist ein Freitag,
        [sat] Der { $day } ist ein Samstag,
       *[sun] Der { $day } ist ein Sonntag,
    } darum weiß ich nicht, welchen Tag du meinst. Nichts wurde geändert. Das Datum allein geht auch.

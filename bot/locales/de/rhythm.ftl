refusal-rhythm-far = Das erste Treffen läge mehr als { $days } Tage voraus, und weiter schaue ich nicht. Nichts wurde geplant. Ein früherer Anfang geht.
refusal-rhythm-never = In diesem Rhythmus käme nie mehr ein Treffen, also wurde nichts geplant. Bitte schau auf die Tage und das Ende darin.
refusal-rhythm-often = Ich plane höchstens ein Treffen am Tag. Nichts wurde geplant. Bitte gib nur die Tage an, und eine Uhrzeit.
refusal-rhythm-rare = Das sind mehr als vier Jahre von einem Treffen zum nächsten, also wurde nichts geplant. Ein kürzerer Rhythmus geht.
refusal-rhythm-unknown = Diesen Rhythmus konnte ich nicht lesen, also wurde nichts geplant. So einer geht: FREQ=MONTHLY;BYDAY=2TU, das ist jeder zweite Dienstag im Monat.

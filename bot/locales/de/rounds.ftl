## Runden: Eine Gemeinschaft bringt alle zusammen, die mitmachen.

command-round-plan = Wählen, wann Runden sind
command-round-stop = Die Runden beenden
command-round-join = Die nächste Runde ansehen und mitmachen, wenn du magst
command-round-wishes = Bei der nächsten Runde mit anderen Wünschen mitmachen
command-round-leave = Die Runde wieder verlassen

param-rhythm = Wie oft
param-first_day = Erster Tag, als Datum oder in wie vielen Tagen
param-wall = Uhrzeit
param-trio = Zu zweit oder zu dritt
option-rhythm-once = Einmal
option-rhythm-weekly = Jede Woche
option-rhythm-fortnightly = Alle zwei Wochen
option-rhythm-monthly = Jeden Monat, an diesem Wochentag
option-trio-yes = Auch zu dritt
option-trio-no = Nur zu zweit

round-planned = { $rhythm ->
    [weekly] Gespeichert: jede Woche eine Runde.
    [fortnightly] Gespeichert: alle zwei Wochen eine Runde.
    [monthly] Gespeichert: jeden Monat eine Runde.
   *[once] Gespeichert: eine Runde.
} Mitmachen geht ab { $opens }. Um { $at } stelle ich vor. Ist ein Raum für Karten gewählt, steht dort eine. Niemand sieht, wer mitmacht.
round-stopped = Gespeichert: Es gibt keine Runden mehr. Ist gerade eine offen, findet sie noch statt.
round-none = Hier gibt es keine Runden.
refusal-round-none = Hier gibt es keine Runden, also habe ich nichts getan.
refusal-round-not-yet = Gerade ist keine Runde offen, also habe ich nichts getan. Sobald eine öffnet, kannst du mitmachen.
refusal-round-open = Bis { $at } ist eine Runde offen, also habe ich nichts geändert. Du kannst die Runden jetzt beenden oder danach neue planen.
refusal-round-past = Das ist vorbei oder mehr als { $days } Tage hin, also habe ich nichts geändert. Bitte wähle einen anderen Tag.

round-card = Möchtest du ein anderes Mitglied treffen? Um { $at } stelle ich alle, die mitmachen, zu zweit einander vor. Niemand sieht, wer mitmacht. Bis dahin kannst du jederzeit wieder gehen.
round-ready = Du würdest bis { $until } mitmachen: { $languages }, { $way ->
    [voice] Stimme
   *[text] Text
}, { $place ->
    [direct] Direktnachrichten
    [room] ein Raum zu zweit
   *[either] ein Raum zu zweit oder Direktnachrichten
}. Dein Ja jetzt ist dein Ja dazu, vorgestellt zu werden. Noch ist nichts gespeichert. So mitmachen?
round-joined = Du machst mit. Um { $at } suche ich jemanden für dich. Ist niemand da, sage ich es dir um { $told }. Bis dahin kannst du mit einem Tipp gehen, und niemand sieht es.
round-stays = Es bleibt alles, wie es ist.
round-left = Du bist aus der Runde gegangen, und dein Ja ist gelöscht. Für alle anderen ist es, als wärst du nicht dabei gewesen.
round-not-joined = Du bist bei keiner Runde dabei. Bei jeder anderen kannst du mitmachen.
round-closed = Ich konnte dir nicht privat schreiben, also bist du nicht dabei. Bitte erlaube private Nachrichten aus dieser Gemeinschaft und mach dann noch einmal mit.
round-alone = Diese Runde hat niemanden für dich gefunden. Das hat viele gewöhnliche Gründe. Nichts davon geht weiter, und die nächste Runde fragt neu.
round-introduced = { $people }, ihr habt alle bei dieser Runde mitgemacht. Wie lange und worüber, entscheidet ihr zusammen. Ich frage nicht nach. { COMMAND("peer apart") } bleibt privat.
round-introduced-room = { $way ->
    [voice] Es gibt einen Raum nur für euch, um einen Anruf zu finden, der euch passt. Ich höre nicht, was dort gesagt wird.
   *[text] Es gibt einen Raum nur für euch. Ich höre nicht, was dort gesagt wird.
}
round-no-room = Ich konnte keinen Raum machen, den nur ihr lesen könnt, also hier eure Namen.
round-room-name = ein Raum nur für euch

choice-round-stop = Runden beenden
choice-round-look = Diese Runde ansehen
choice-round-yes = Diesmal mitmachen
choice-round-stay = In der Runde bleiben
choice-round-leave = Aus der Runde gehen

coming-round-yours = Findet eine Runde niemanden für dich, sage ich es

help-round = Runden
help-about-round = { COMMAND("round") } – ein anderes Mitglied in einer Runde treffen
choice-help-round = Runden
option-feature-round = Runden

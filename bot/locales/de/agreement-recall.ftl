## Vereinbarungen: in Erinnerung gerufen, wenn jemand darum bittet, und durch Erinnerungen in einem Rhythmus der Gruppe.

command-agreement-recall = Bitte mich, eine Zeile in Erinnerung zu rufen, mit deinem Namen oder ohne
param-statement = Welche Zeile
param-asked_by = Was der Raum von dir sieht
option-asked_by-named = Nenne mich
option-asked_by-unnamed = Lass mich ungenannt

refusal-recall-nothing = Hier gilt noch keine Vereinbarung, also gibt es nichts in Erinnerung zu rufen. { COMMAND("agreement propose") } fängt eine an.
refusal-recall-unknown = So eine Zeile kenne ich in dem, was hier gilt, nicht, also rufe ich nichts in Erinnerung. Bitte wähle eine aus der Liste.
refusal-recall-nowhere = Ich kenne hier keinen Raum dafür, also rufe ich nichts in Erinnerung. Bitte frag in dem Raum, in dem es gelesen werden soll.
refusal-recall-today = Du hast heute schon um eine Zeile gebeten, also habe ich diese ausgelassen. Morgen kannst du wieder bitten.

agreement-statement = { $words }
recall-understood = Dies würde ich in { $room } schreiben, innerhalb von { $length }: { $words }
recall-seen = { $named ->
    [named] Dein Name stünde dabei: { $member }
   *[unnamed] Niemand erfährt, dass du es warst, und ich behalte nichts, was das sagt. Wo wenige sind, können sie es erraten.
}
recall-taken = Ich rufe es in { $room } in Erinnerung, innerhalb von { $length }. Bittet dort inzwischen jemand um Ruhe, lasse ich es aus.
recall-cannot = Ich könnte dort nicht schreiben, also rufe ich nichts in Erinnerung:
recall-is-quiet = In diesem Raum rufe ich bis { $until } nichts mehr in Erinnerung. Niemand erfährt, dass du darum gebeten hast.

command-agreement-remind = Lass diesen Raum in einem Rhythmus an eine Vereinbarung erinnern, für alle sichtbar
param-often = Wie oft
option-often-weekly = Jede Woche
option-often-fortnightly = Alle zwei Wochen
option-often-monthly = Jeden Monat, an diesem Wochentag
option-often-openings = Nur wenn ein Check-in oder ein Kreis öffnet
param-brings = Was sie bringt
option-brings-whole = Die ganze Vereinbarung
option-brings-turn = Eine Zeile nach der anderen
param-openings = Auch wenn ein Check-in oder ein Kreis öffnet
option-openings-yes = Ja, dann auch
option-openings-no = Nein, dann nicht
param-remind_of = Welche Vereinbarung

refusal-reminder-of-which = Hier gelten mehrere Vereinbarungen, also habe ich keine Erinnerung gesetzt. Bitte wähle aus der Liste, welche du meinst.
refusal-reminder-gone = Diese Erinnerungen sind schon zu Ende, also habe ich nichts geändert. { COMMAND("agreement remind") } setzt neue.

reminder-understood = Ich würde { $room } hieran erinnern: { $title }. Alle dort sehen es, nicht wer es wollte, und alle dürfen es beenden.
reminder-is = { $rhythm ->
    [weekly] Jede Woche, zuerst { $at }, { $zone }.
    [fortnightly] Alle zwei Wochen, zuerst { $at }, { $zone }.
   *[monthly] Jeden Monat, zuerst { $at }, { $zone }.
}
reminder-openings = Wenn ein Check-in oder ein Kreis öffnet, steht sie dort zu lesen.
reminder-brings = { $brings ->
    [turn] Eine Zeile auf einmal, jede kommt an die Reihe.
   *[whole] Alle ihre Zeilen.
}
reminder-instead = Das kommt an die Stelle der Erinnerung, die dieser Raum jetzt hat.
reminder-set = Von jetzt an erinnere ich euch hier daran. Alle dürfen das beenden.
reminder-kept = Ich habe { $room } gesagt, wie von jetzt an erinnert wird.
reminder-cannot = Ich könnte dort nicht schreiben, also habe ich keine Erinnerung gesetzt:
reminder-ended = Jemand hat diese Erinnerungen beendet, also kommen keine mehr. Alle dürfen neue setzen: { COMMAND("agreement remind") }
reminder-no-more = In { $room } kommen keine Erinnerungen mehr. Ich habe es dem Raum gesagt, und nicht, dass du es warst.
agreement-at-opening = Was wir vereinbart haben, { $title }:

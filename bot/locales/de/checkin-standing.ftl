## Regelmäßige Check-ins: in einem Rhythmus, jedes Mal neu gefragt.

command-checkin-plan = Check-in-Räume planen, die immer wieder öffnen
command-checkin-list = Sehen, welche Check-in-Räume es gibt
command-checkin-move = Den nächsten Check-in-Raum verschieben, dieses eine Mal

checkin-plan-understood =
    { $rhythm ->
        [once] Ich würde einmal einen Check-in-Raum öffnen: { $at }, { $zone }
        [weekly] Ich würde jede Woche einen Check-in-Raum öffnen, zuerst { $at }, { $zone }
        [fortnightly] Ich würde alle zwei Wochen einen Check-in-Raum öffnen, zuerst { $at }, { $zone }
       *[monthly] Ich würde jeden Monat an diesem Wochentag einen Check-in-Raum öffnen, zuerst { $at }, { $zone }
    } Ich merke mir, dass du es geplant hast, damit du es ändern kannst; das zeige ich niemandem.
checkin-planned = Geplant. Der nächste öffnet { $at }, und dann lade ich in { $room } alle ein. Ob jemand dazukommt, frage ich jedes Mal neu.
checkin-move-understood = Der nächste würde { $at } öffnen, { $zone }. Die danach bleiben, wie sie sind.
checkin-next-is = Der nächste öffnet { $at }.
checkin-stopped = Sie sind beendet und gelöscht. Einer, der offen ist, geht weiter, bis er schließt.
checkin-list = Check-in-Räume hier:
checkin-none = Hier ist kein Check-in-Raum offen oder geplant. Alle können einen öffnen: { COMMAND("checkin open") }.
checkin-is-open = Offen bis { $until }; die Karte steht in { $room }
checkin-is-announced = Öffnet { $at }, in { $room }
checkin-stands =
    { $rhythm ->
        [once] Einmal: { $at }, { $zone }
        [weekly] Jede Woche; als Nächstes { $at }, { $zone }
        [fortnightly] Alle zwei Wochen; als Nächstes { $at }, { $zone }
       *[monthly] Jeden Monat an diesem Wochentag; als Nächstes { $at }, { $zone }
    }
checkin-numbered = { $number }. { $says }
checkin-noted = Ich schreibe dir vor jedem, { $minutes } Minuten vorher. Es ist nur eine Notiz: Ob du dazukommst, bleibt jedes Mal offen.
checkin-not-noted = Ich konnte dir nicht privat schreiben, oder es ist vorbei. Du bekommst keine Notiz, und ich merke mir nichts davon.
checkin-no-note = Du bekommst keine Notiz davor. Ich merke mir nichts davon.
checkin-note = Eine Notiz, um die du gebeten hast: Ein Check-in-Raum öffnet { $at }, in { $room }. Ob du kommst, liegt bei dir.
coming-checkin-note = { $at }: eine Notiz vor einem Check-in-Raum, um die du gebeten hast

refusal-checkin-plans-many = Hier sind schon { $limit } Check-ins geplant, darum habe ich keinen weiteren geplant. Einer davon kann vorher beendet werden: { COMMAND("checkin list") }.
refusal-checkin-plan-gone = Das ist nicht mehr geplant, darum ist nichts geändert. Was es gibt: { COMMAND("checkin list") }.
refusal-checkin-next-other = Der nächste ist jetzt ein anderer, darum habe ich nichts geändert. Er öffnet { $at }. Nachsehen geht mit { COMMAND("checkin list") }.
refusal-checkin-not-yours = Ändern kann das, wer es geplant hat, und die Moderation. Darum habe ich nichts geändert. Du kannst einen eigenen Raum öffnen: { COMMAND("checkin open") }.
refusal-checkin-moved-far = Der danach öffnet { $at }, darum habe ich nichts verschoben. Eine Zeit davor geht.

choice-checkin-skip-next = Den nächsten auslassen
choice-checkin-move = Den nächsten verschieben
choice-checkin-stop = Alle beenden
choice-checkin-note-me = Mir vor jedem schreiben
choice-checkin-no-note = Keine Notizen davor
choice-checkin-look = Nummer { $number } ansehen

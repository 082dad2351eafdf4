## Vereinbarungen: gemeinsam getroffen, im Konsent.

refusal-agreement-not-now = Das geht mit dieser Fassung an dieser Stelle nicht, also habe ich nichts geändert. Du kannst lesen, wie weit sie ist.
refusal-agreement-not-author = Das kann, wer dies geschrieben hat. Ich habe nichts geändert. Du kannst stattdessen eine Änderung vorschlagen.
refusal-agreement-second = Dazu braucht es noch ein anderes Mitglied, also habe ich noch nichts geändert. Alle anderen hier können es tun.
refusal-agreement-not-asked = Diese Runde ist für andere, also habe ich keine Antwort notiert. Auf der Karte steht, für wen sie ist.
refusal-agreement-not-raiser = Ein Bedenken bleibt offen, bis es loslässt, wer es hat. Ich habe nichts geändert.
refusal-agreement-raiser-here = Wer dieses Bedenken hat, ist noch hier und kann es selbst loslassen. Ich habe nichts geändert. Ihr könnt miteinander reden, oder du schlägst eine Änderung vor.
refusal-agreement-concern-open = Du hast in dieser Runde schon ein Bedenken offen, also habe ich kein weiteres eröffnet. Du kannst es zuerst loslassen.
refusal-agreement-empty = Eine Vereinbarung braucht mindestens eine Zeile, also habe ich nichts geändert. Bitte schreib ein paar einfache Worte.
refusal-agreement-under-way = An einer anderen Fassung dieser Vereinbarung wird schon gearbeitet, also habe ich keine zweite begonnen. Du kannst deine Änderung dort vorschlagen.
refusal-agreement-changed = Der Text hat sich inzwischen geändert, also habe ich deinen nicht übernommen. Bitte lies ihn, wie er jetzt ist, und schlag noch einmal vor, wenn du magst.
refusal-agreement-meaning = Das ändert den Sinn, also werden alle noch einmal gefragt. Ich habe noch nichts geändert. Du kannst es als Änderung des Sinns bestätigen.
refusal-agreement-over = Die Zeit dieser Runde ist vorbei, also habe ich keine Zustimmung notiert. Du hörst, wie sie ausging.
refusal-agreement-until-between = Eine Runde dauert { $low ->
    [one] einen Tag
   *[other] { $low } Tage
} bis { $high } Tage, also habe ich keine eröffnet. Bitte wähle eine Zeit dazwischen.
refusal-agreement-review-between = Wieder angesehen wird sie nach dem Ende der Runde, binnen { $days } Tagen. Nichts wurde geändert. Bitte wähle einen Tag dazwischen.
refusal-agreement-silence = Schweigen ist hier kein Ja, also habe ich keine Runde eröffnet. Die Gruppe kann etwas anderes vereinbaren.
refusal-agreement-brought-allows = Wie Vereinbarungen entstehen, vereinbart die Gruppe selbst, also habe ich das nicht aufgenommen. Du kannst es vorschlagen.
refusal-recall-quiet = Jemand hat gebeten, hier bis { $until } nicht zu erinnern, also rufe ich heute nichts in Erinnerung. Lesen kannst du die Vereinbarung trotzdem.
refusal-recall-lately = In einem Raum rufe ich höchstens alle { $minutes } Minuten etwas in Erinnerung, also habe ich dies ausgelassen. Bitte versuch es etwas später noch einmal.

## Vereinbarungen: gemeinsam getroffen, im Konsent.

refusal-agreement-not-now = Das geht mit dieser Fassung an dieser Stelle nicht, also habe ich nichts geändert. Du kannst lesen, wie weit sie ist.
refusal-agreement-not-author = Das kann, wer dies geschrieben hat. Ich habe nichts geändert. Du kannst stattdessen eine Änderung vorschlagen.
refusal-agreement-second = Dazu braucht es noch ein anderes Mitglied, also habe ich noch nichts geändert. Alle anderen hier können es tun.
refusal-agreement-not-asked = Diese Runde ist für alle in dem Raum, in dem ihre Karte steht, also habe ich keine Antwort notiert. Antworten kannst du dort.
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
refusal-agreement-for-everyone = Diese Vereinbarung sagt, wie hier Vereinbarungen entstehen. Ihre Runde ist darum für alle. Bitte eröffne sie noch einmal für alle.
refusal-agreement-brought-allows = Wie Vereinbarungen entstehen, vereinbart die Gruppe selbst, also habe ich das nicht aufgenommen. Du kannst es vorschlagen.
refusal-recall-quiet = Jemand hat gebeten, hier bis { $until } nicht zu erinnern, also rufe ich heute nichts in Erinnerung. Lesen kannst du die Vereinbarung trotzdem.
refusal-recall-lately = In einem Raum rufe ich höchstens alle { $minutes } Minuten etwas in Erinnerung, also habe ich dies ausgelassen. Bitte versuch es etwas später noch einmal.

agreement-title = Vereinbarung: { $title }
agreement-line = Zeile { $number }: { $words }
agreement-nothing = Sie sagt, dass diese Vereinbarung enden soll.
agreement-stands = { $state ->
    [draft] Ein Entwurf. Nur du siehst ihn.
    [questions] Fassung { $number }, mit der Gruppe geteilt. Jetzt ist Zeit zu fragen, was sie meint.
    [amend] Fassung { $number }. Jetzt ist Zeit, sie zu ändern, bis sie passen mag.
    [consent-round] Fassung { $number }. Bis { $until } wird die Gruppe gefragt, wo sie steht.
    [brought-in] Fassung { $number }, von Moderatoren eingebracht, noch nicht gemeinsam vereinbart. { $due ->
        [yes] Wieder ansehen wolltet ihr sie am { $review }.
       *[no] Wieder angesehen wird sie am { $review }.
    }
    [adopted] Fassung { $number }, gemeinsam vereinbart am { $stood }. Wieder angesehen wird sie am { $review }.
    [review-due] Fassung { $number }, gemeinsam vereinbart am { $stood }. Wieder ansehen wolltet ihr sie am { $review }.
   *[replaced] Fassung { $number }. Sie gilt nicht mehr und kann weiter gelesen werden.
}
agreement-allows = { $what ->
    [silence] Solange dies gilt, kann eine Runde hier Schweigen als Ja zählen und sagt es dann.
   *[answering] Solange dies gilt, können zwei Mitglieder ein Bedenken beantworten, das { $days } Tage offen war.
}
agreement-round = Fassung { $number }, { $whom ->
    [everyone] für alle hier
   *[room] für alle in diesem Raum
}, bis { $until }. Sie braucht { $needs } Zustimmungen. Zustimmen heißt: Ich kann vorerst damit leben. { $silence ->
    [yes] Wie hier vereinbart, zählt Schweigen als Ja.
   *[no] Schweigen ist kein Ja.
} Du kannst deine Antwort ändern. Wo stehst du?
agreement-round-review = Wird sie vereinbart, seht ihr sie am { $review } wieder an.
agreement-ended = { $why ->
    [adopted] Fassung { $number } ist vereinbart. Wieder angesehen wird sie am { $review }.
    [gone] Die Runde ist vorbei. Die Gruppe lässt diese Vereinbarung los. Gelesen werden kann sie weiter.
    [concern] Die Runde ist vorbei. Ein Bedenken ist offen, also ist Fassung { $number } nicht vereinbart. Ihr könnt sie ändern, bis sie passen mag.
    [late] Die Runde ist vorbei. Der Tag zum Wiederansehen verging, während ich fort war, also ist Fassung { $number } nicht vereinbart. Ihr könnt noch einmal fragen.
   *[few] Die Runde ist vorbei. Es gab weniger Zustimmungen, als sie braucht, also ist Fassung { $number } nicht vereinbart. Ihr könnt sie ändern und noch einmal fragen.
}
agreement-totals = { $consents ->
    [one] Zugestimmt: 1.
   *[other] Zugestimmt: { $consents }.
} { $aside ->
    [0] Niemand steht beiseite.
    [one] Beiseite steht: 1.
   *[other] Beiseite stehen: { $aside }.
}
agreement-recall = Jemand bat mich, dies in Erinnerung zu rufen: { $words }
agreement-recall-named = { $who } bat mich, dies in Erinnerung zu rufen: { $words }
agreement-reminder = Eine Erinnerung, die diese Gruppe gewählt hat.
agreement-review = Heute ist der Tag, dies wieder anzusehen. Passt es noch? Wer es aufgreift, lässt alle noch einmal fragen.
agreement-difference = { $kind ->
    [added] Neu: { $after }
    [gone] Entfallen: { $before }
   *[changed] Geändert, vorher: { $before } Jetzt: { $after }
}
agreement-differs = Vieles ist anders, darum stehen hier die Zeilen und nicht jede Änderung. { COMMAND("agreement history") } hat jede Fassung.
agreement-kept = { $all ->
    [yes] Alle Zeilen sind wie zuvor.
   *[no] { $kept ->
        [0] Keine Zeile ist wie zuvor.
        [one] Eine Zeile ist wie zuvor.
       *[other] { $kept } Zeilen sind wie zuvor.
    }
}

choice-agreement-consent = Zustimmen
choice-agreement-concern = Bedenken vorbringen
choice-agreement-aside = Beiseite stehen
choice-agreement-later = Später entscheiden
choice-agreement-quiet = Heute nicht erinnern
choice-agreement-no-reminders = Diese Erinnerungen beenden
choice-agreement-take-up = Wieder aufgreifen
choice-agreement-suggest = Eine Änderung vorschlagen

agreement-copy-gone = Die angeheftete Abschrift dieser Vereinbarung ist nicht mehr da. Hättet ihr sie gern wieder?
agreement-copy-posted = Ich hefte die Abschrift wieder an.
agreement-copy-none = Von dieser Vereinbarung gilt gerade keine Fassung, also gibt es nichts anzuheften.
agreement-rests = Mit diesem Vorschlag geschah { $days } Tage lang nichts, also habe ich ihn beiseitegelegt. Lesen könnt ihr ihn weiter, und alle dürfen neu vorschlagen.
choice-agreement-copy = Wieder anheften

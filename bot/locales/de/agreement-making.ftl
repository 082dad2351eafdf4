## Vereinbarungen: vorschlagen, lesen, ändern, einbringen.

command-agreement-read = Lesen, was hier vereinbart ist, nur für dich
command-agreement-propose = Eine Vereinbarung vorschlagen
command-agreement-amend = Eine Änderung an einer Vereinbarung vorschlagen
command-agreement-review = Sehen, was wieder angesehen werden kann
command-agreement-history = Frühere Fassungen lesen, und was sich änderte
command-agreement-bring-in = Für die Moderation: bringt einen Text ein, den ihr schon habt
command-agreement-anew = Deinen Entwurf neu schreiben
command-agreement-allows = Was sie darüber sagt, wie vereinbart wird
command-agreement-suggest = Eine Änderung vorschlagen
command-agreement-open-round = Eine Konsentrunde eröffnen
command-agreement-discuss = Für Änderungen öffnen
command-agreement-ask = Zurück zu Fragen
command-agreement-just-wording = Sagen, dass es nur der Wortlaut ist
command-agreement-meaning = Sagen, dass sich der Sinn ändert
command-agreement-take-up = Eine Vereinbarung wieder aufgreifen
command-agreement-copy = Die Abschrift einer Vereinbarung wieder anheften
command-agreement-quiet = Heute im Raum nichts mehr in Erinnerung rufen
command-agreement-no-reminders = Die Erinnerungen des Raums beenden

param-title = Wie sie heißt
param-statements = Kurze einfache Sätze, bis 12, je eine Zeile
param-changes = Was sich ändert
option-changes-wording = Nur der Wortlaut
option-changes-meaning = Der Sinn
param-allows = Was sie zum Vereinbaren sagt
option-allows-nothing = Nichts, wie die meisten Vereinbarungen
option-allows-silence = Schweigen darf in einer Runde als Ja zählen
option-allows-answering = Zwei dürfen ein Bedenken nach zwei Wochen beantworten
param-agreement = Ihre Nummer in der Liste
param-round_days = Für wie viele Tage, von 1 bis 30
param-for_whom = Für wen sie ist
option-for_whom-everyone = Alle in dieser Gemeinschaft
option-for_whom-room = Alle in dem Raum, in dem sie steht
param-needs = Wie viele Zustimmungen, mindestens 2
param-review_day = Wieder ansehen am, Datum oder Anzahl Tage
param-silence = Was Schweigen heißt
option-silence-yes = Ein Ja, wie ihr vereinbart habt
option-silence-no = Kein Ja

choice-agreement-share = Ohne meinen Namen teilen
choice-agreement-share-named = Mit meinem Namen teilen
choice-agreement-anew = Neu schreiben
choice-agreement-allows = Zum Vereinbaren selbst
choice-agreement-drop = Verwerfen
choice-agreement-withdraw = Zurückziehen
choice-agreement-discuss = Für Änderungen öffnen
choice-agreement-ask = Zurück zu Fragen
choice-agreement-open-round = Eine Konsentrunde eröffnen
choice-agreement-just-wording = Es ist nur der Wortlaut
choice-agreement-meaning = Der Sinn ändert sich
choice-agreement-unsuggest = Meinen Vorschlag zurücknehmen
choice-agreement-end = Vorschlagen, sie loszulassen
choice-agreement-take-out = Herausnehmen
choice-agreement-take-out-yes = Herausnehmen
choice-agreement-keep = So lassen, wie es ist
choice-agreement-look = { $number } ansehen
choice-agreement-draft = Meinen Entwurf ansehen
choice-agreement-version = Fassung { $number } lesen
choice-agreement-under-way = Die lesen, an der gearbeitet wird
choice-agreement-before = Die davor lesen
choice-agreement-past = Alle Fassungen zeigen
choice-agreement-earlier = Frühere Fassungen zeigen
choice-agreement-others = Die anderen Vereinbarungen zeigen

agreement-draft = Wenn du sie teilst, steht sie in { $room }, und alle Mitglieder dieser Gemeinschaft können sie lesen. Lässt du sie 30 Tage liegen, wird sie gelöscht.
agreement-looked = Ich sehe nach, ob die angehefteten Abschriften noch da sind.
agreement-dropped = Dein Entwurf ist gelöscht.
agreement-shared = Mit der Gruppe geteilt, { $named ->
    [yes] mit deinem Namen. Den Namen hebe ich nicht dazu auf.
   *[no] ohne deinen Namen.
} Alle können fragen, was sie meint, eine Änderung vorschlagen oder eine Runde eröffnen. Bis dahin kannst du sie zurückziehen.
agreement-proposed-by = { $who } schlägt dies vor.
agreement-talk = Sprecht hier im Raum darüber. Ich höre nicht mit. Wenn sie passen mag, kann jede und jeder eine Konsentrunde eröffnen.
agreement-asks-again = Der Sinn hat sich geändert, also ist die Runde vorbei, und ihre Antworten sind gelöscht. Alle werden noch einmal gefragt.
agreement-cannot = Dort kann ich noch nichts schreiben, also habe ich nichts geändert.
agreement-how-to-change = Alle können eine Änderung vorschlagen. Nicht zuzustimmen nimmt dir nichts.
agreement-also-under-way = Die Gruppe arbeitet an Fassung { $number }.
agreement-none = Hier ist noch nichts vereinbart und nichts vorgeschlagen. Vorschlagen können alle: { COMMAND("agreement propose") }.
agreement-none-stands = Hier gilt noch nichts, das wieder angesehen werden könnte. Vorschlagen können alle: { COMMAND("agreement propose") }.
agreement-list = Welche möchtest du ansehen?
agreement-listed = { $number }. { $title }: { $says }
agreement-your-draft = Dein Entwurf: { $title }

agreement-marked = { $kind ->
    [wording] Du sagst, dass sich nur der Wortlaut ändert. Das sieht sich ein zweites Mitglied an. Niemand wird noch einmal gefragt.
   *[meaning] Du sagst, dass sich der Sinn ändert. Das sieht sich ein zweites Mitglied an. Dann werden alle noch einmal gefragt.
} Dein Name steht nicht dabei.
agreement-suggested = Jemand schlägt dies für Fassung { $number } vor und sagt: { $kind ->
    [wording] Es ist nur der Wortlaut.
   *[meaning] Der Sinn ändert sich.
} Was sagt ein zweites Mitglied? Nur wenn sich der Sinn ändert, werden alle noch einmal gefragt.
agreement-suggestion-posted = Er steht im Raum, ohne deinen Namen. Ein zweites Mitglied kann ihn bestätigen. Bis dahin kannst du ihn zurücknehmen.
agreement-suggestion-back = Zurückgenommen.
agreement-end = Ich würde schreiben, ohne deinen Namen, dass jemand vorschlägt, diese Vereinbarung loszulassen. Ein zweites Mitglied bestätigt das, und dann werden alle gefragt.
agreement-confirmed = { $kind ->
    [wording] Danke. Der neue Wortlaut steht da, und niemand muss noch einmal gefragt werden.
   *[meaning] Danke. Die neue Fassung steht da, und alle werden gefragt.
}
agreement-reworded = Nur der Wortlaut hat sich geändert. Dies ist jetzt Fassung { $number }.
agreement-moved = Getan. Die Karte im Raum sagt es.
agreement-round-opened = Die Runde ist offen. Ihre Karte steht im Raum, und alle, für die sie ist, können antworten.
agreement-withdrawn = Dieser Vorschlag wurde zurückgezogen. Gelesen werden kann er weiter, und alle dürfen neu vorschlagen.
agreement-withdrawn-yours = Zurückgezogen. Du kannst jederzeit neu vorschlagen.
agreement-taken-up = Aufgegriffen. Die Gruppe kann jetzt darüber sprechen, und dann werden alle gefragt. Bis dahin gilt sie, wie sie ist.
agreement-bring-in = Er stünde in { $room } und sagt immer: von Moderatoren eingebracht, noch nicht gemeinsam vereinbart. Wieder angesehen wird er am { $review }. Alle können ihn gemeinsam aufgreifen.
agreement-brought-in = Er steht jetzt in { $room }, als von Moderatoren eingebracht. Alle können ihn gemeinsam aufgreifen.
agreement-take-out = Soll ich dies herausnehmen? Es gilt dann nicht mehr. Gelesen werden kann es weiter.
agreement-taken-out = Die Moderation hat den Text herausgenommen, den sie eingebracht hatte. Gelesen werden kann er weiter, und alle dürfen vorschlagen.
agreement-taken-out-done = Er ist herausgenommen.

refusal-agreement-nowhere = Ich weiß nicht, in welchem Raum sie stehen soll, darum habe ich nichts aufgehoben. Bitte frag in einem Raum der Gemeinschaft, oder lass die Moderation einen wählen: { COMMAND("setup room") }.
refusal-agreement-drafts-many = Du hast schon { $limit } Entwürfe, darum habe ich keinen weiteren aufgehoben. Du kannst zuerst einen teilen oder verwerfen: { COMMAND("agreement read") }.
refusal-agreement-many = Diese Gemeinschaft hat schon { $limit } Vereinbarungen, darum kam keine hinzu. Die Gruppe kann zuerst eine loslassen.
refusal-agreement-gone = Das gibt es nicht mehr, also habe ich nichts geändert. Du kannst sehen, was es gibt: { COMMAND("agreement read") }.
refusal-agreement-timed-out = Du kannst in der Gemeinschaft gerade nicht schreiben, darum habe ich nichts für dich geschrieben. Wenn das vorbei ist, geht es.
refusal-agreement-same = Der Text ist, wie er war, also gibt es nichts vorzuschlagen. Ich habe nichts geschrieben.
refusal-agreement-suggestions-many = Schon { $limit } Änderungen warten auf ein zweites Mitglied, darum habe ich keine weitere geschrieben. Du kannst dir zuerst eine davon ansehen.
refusal-agreement-review-day = Der Tag zum Wiederansehen liegt vor euch, binnen { $days } Tagen. Eingebracht habe ich nichts. Bitte wähle einen Tag dazwischen.

help-agreement = Vereinbarungen
help-about-agreement = { COMMAND("agreement") } – was die Gruppe vereinbart hat, und wie man vorschlägt
choice-help-agreement = Vereinbarungen zeigen
option-feature-agreement = Vereinbarungen
feature-agreements = Vereinbarungen
off-agreements = Vereinbarungen sind abgeschaltet. Was gilt, kann weiter gelesen werden, und eine offene Runde geht bis zu ihrem Ende. Neues beginnt erst, wenn ihr sie anschaltet.
option-room_for-agreements = Vereinbarungen

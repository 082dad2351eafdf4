## Was man verlangen kann.

command-mine-data = Sieh alles, was ich über dich habe
command-mine-next = Sieh jede Nachricht, die ich dir noch schicke
command-mine-stop = Halte sofort alles an, was dich erreichen würde
command-mine-forget = Lass alles über dich löschen
command-mine-forget-yes = Alles löschen
command-mine-keep = Alles behalten
command-mine-settings = Sieh und ändere deine Einstellungen
command-mine-language = Wähle Sprache und Zeitzone
command-mine-quiet = Wähle deine Ruhezeit
command-mine-called = Wähle, wie du genannt wirst
command-mine-limits = Wähle, wie viel und wie früh ich schreibe
command-mine-usual = Wähle, was deine Anfragen meist sagen
command-mine-wishes = Wähle, wen du gern triffst
command-mine-community = Wähle, welche Gemeinschaft du meist meinst
command-mine-reset = Setze eine Einstellung auf den Anfang zurück

## Nachrichten, die der Bot von sich aus schickt.

note-stop = Solche Nachrichten anhalten: { COMMAND("mine stop") }. Sie ändern: { COMMAND("mine settings") }.
coming-mine-note = { $at }: Nachrichten, die ich für dich zurückgehalten habe

## Was gespeichert ist.

mine-data-all = Das ist alles, was ich über dich habe. In der Datei steht dasselbe.
mine-yes = ja
mine-no = nein
mine-row = { $table } – { $values }
mine-value = { $name }: { $value }
mine-data-others = Andere führen vielleicht eigene private Listen. Die gehören ihnen, und niemand sonst sieht sie.
mine-data-kept = Für unser Gespräch auf dieser Plattform behalte ich außerdem:
mine-data-kept-alone = Ich habe nichts über dich gespeichert, außer was unser Gespräch braucht:
mine-data-nothing = Ich habe nichts über dich gespeichert.

## Was noch kommt.

mine-next = Das schicke ich dir, so wie es jetzt steht:
mine-next-waiting = { $count ->
    [one] Gleich: eine Nachricht, die schon unterwegs zu dir ist
   *[other] Gleich: { $count } Nachrichten, die schon unterwegs zu dir sind
}
mine-next-circles = Ohne feste Zeit: was sich in Kreisen ändert, zu denen du geantwortet hast, einmal, und ein Platz, auf den du wartest
mine-next-nothing = Für dich ist nichts geplant. Ich schreibe dir erst, wenn du mich um etwas bittest.
mine-stopped = { $openings ->
    [0] Angehalten. Von dem, was für dich geplant war, kommt nichts mehr.
    [one] Angehalten. Deine Anfrage ist zurückgenommen und gelöscht, und von dem, was für dich geplant war, kommt nichts mehr.
   *[other] Angehalten. Deine Anfragen sind zurückgenommen und gelöscht, und von dem, was für dich geplant war, kommt nichts mehr.
} Ich schreibe dir erst wieder, wenn du mich um etwas bittest.
mine-stopped-circles = Auch deine Antworten, Rollen und Plätze in der Reihe in Kreisen sind zurückgenommen, denn ich schreibe, wenn sich einer ändert. Du kannst sie neu geben: { COMMAND("circle list") }.
mine-stop-nothing = Für dich war nichts geplant, und es kommt auch nichts, solange du mich um nichts bittest.

## Vergessen.

mine-forget-what = Das würde verschwinden: { $tables }.
mine-forget-kept = was unser Gespräch hier braucht
mine-forget-all = Alles wird sofort gelöscht und lässt sich nicht zurückholen. Möchtest du das?
mine-forgotten = Alles, was ich über dich hatte, ist gelöscht, auch deine privaten Listen. Ich schreibe dir nicht mehr, außer du bittest mich darum.
mine-forgotten-mark = Ein versiegeltes Zeichen bleibt bis { $until }, damit keine alte Sicherung dich zurückbringt.
mine-forgotten-rest = Was ich nicht entfernen kann: { $platform } behält eigene Kopien unserer Nachrichten, und private Listen anderer gehören ihnen.
mine-kept = Alles bleibt, wie es war.

## Einstellungen.

mine-settings = Deine Einstellungen
mine-as-community = wie in der Gemeinschaft
mine-is-language = Sprache: { $language }
mine-is-zone = Zeitzone: { $zone }
mine-is-quiet = Ruhezeit: { $start } bis { $end }
mine-is-never-quiet = Ruhezeit: keine
mine-is-called = Genannt: { $name }
mine-is-called-as-shown = Genannt: so, wie dein Name hier steht
mine-is-limits = Nachrichten von mir aus: höchstens { $budget } am Tag. Erinnerungen: { $lead } vorher
mine-is-usual = Übliche Anfrage: { $languages }; { $way }; { $place }; { $span }
mine-no-languages = die Sprache, in der wir hier sprechen
mine-is-wishes = Kennenlernen: { $someone_new }; { $ask_first }; mit Licht höchstens { $questions ->
    [one] eine Frage
   *[other] { $questions } Fragen
}
mine-is-community = Im privaten Gespräch gilt: die Gemeinschaft, die du gewählt hast
mine-is-no-community = Im privaten Gespräch gilt: Bei mehreren Gemeinschaften frage ich dich, welche du meinst
mine-saved = Gespeichert.
mine-unchanged = Es war nichts angegeben, also bleibt alles, wie es war.
mine-reset-which = Welche Einstellung möchtest du auf den Anfang zurücksetzen?
mine-reset-done = Zurückgesetzt.

choice-mine-settings = Einstellungen zeigen
choice-mine-language = Sprache und Zone wählen
choice-mine-quiet = Ruhezeit wählen
choice-mine-called = Wählen, wie ich heiße
choice-mine-limits = Wählen, wie viel du schreibst
choice-mine-usual = Übliche Anfrage wählen
choice-mine-wishes = Wählen, wen ich treffe
choice-mine-community = Übliche Gemeinschaft wählen
choice-mine-reset = Etwas zurücksetzen
choice-mine-reset-language = Sprechen wie in der Gemeinschaft
choice-mine-reset-zone = Uhr der Gemeinschaft nehmen
choice-mine-reset-quiet = Ruhezeit aufheben
choice-mine-reset-called = Angezeigten Namen nehmen
choice-mine-reset-limits = Diese Zahlen zurücksetzen
choice-mine-reset-usual = Übliche Anfrage zurücksetzen
choice-mine-reset-wishes = Zurücksetzen, wen ich treffe
choice-mine-reset-community = Nach der Gemeinschaft fragen
choice-mine-stop = Alles anhalten
choice-mine-forget = Löschen, was du hast
choice-mine-forget-yes = Alles löschen
choice-mine-keep = Alles behalten

## Was Formulare fragen und anbieten.

param-what = Einstellung
option-language-en = English
option-language-de = Deutsch
option-what-language = Sprache
option-what-zone = Zeitzone
option-what-quiet = Ruhezeit
option-what-called = Wie ich genannt werde
option-what-limits = Wie viel du schreibst
option-what-usual = Übliche Anfrage
option-what-wishes = Wen ich treffe
option-what-community = Übliche Gemeinschaft

refusal-quiet-half = Eine Ruhezeit braucht Anfang und Ende, und eins davon ist noch offen. Ich habe nichts geändert. Bitte gib beides an, zum Beispiel 22:00 und 7:00.
refusal-quiet-same = Anfang und Ende sind dieselbe Zeit, also wäre nie Ruhe. Ich habe nichts geändert. Bitte wähle zwei Zeiten, oder nimm { COMMAND("mine reset") }, wenn du keine Ruhezeit möchtest.

command-setup = Richte diese Gemeinschaft ein, oder sieh, wie sie eingerichtet ist
command-setup-here = Hier einrichten
command-setup-not = So lassen
command-setup-language = Wähle Sprache und Zeitzone der Gemeinschaft
command-setup-words = Schreibe die Wörter der Gemeinschaft
command-setup-limits = Wähle, wie lange Neue warten, bevor sie fragen
command-setup-groups = Wähle Rollen, innerhalb derer ich Leute vorstelle
command-setup-elsewhere = Nenne andere Anlaufstellen
command-setup-room = Wähle, wofür dieser Raum da ist
command-setup-features = Schalte Teile an oder ab
command-setup-welcome = Wähle, ob Neue sehen, was vereinbart ist
command-setup-moderators = Wähle Rollen, die hier moderieren
command-setup-door = Stell die Eingangstür auf, oder nimm sie weg
command-setup-proposals = Nimm oder lass die Wörter, die Mitglieder vorschlagen
command-setup-walk = Richte Schritt für Schritt ein
command-setup-preview = Sieh, was Mitglieder sehen werden
command-setup-check = Sieh nach, ob alles da ist und was noch zu tun ist
command-setup-undo = Nimm die letzte Änderung zurück
command-peer-propose = Schlag ein Wort für diese Gemeinschaft vor
command-setup-clear = Leere eine Liste

setup-title = Einrichten
setup-new = Hier ist noch nichts eingerichtet. Wenn du es tust, können Mitglieder nach einem Peer fragen, und niemand wird für etwas angemeldet.
setup-new-keeps = Ich behalte Einstellungen dieser Gemeinschaft und keine Liste ihrer Mitglieder. Möchtest du sie einrichten?
setup-not = Es wurde nichts eingerichtet. Mit { COMMAND("setup") } geht es jederzeit.
setup-saved = Gespeichert. Alle hier sehen die Änderung, sobald sie damit zu tun haben.
setup-is-language = Sprache: { $language }. Zeitzone: { $zone }
setup-is-limits = { $days ->
    [0] Neue dürfen sofort fragen
    [one] Neue dürfen nach einem Tag fragen
   *[other] Neue dürfen nach { $days } Tagen fragen
}
setup-is-groups = { $count ->
    [0] Vorstellen: alle mit allen
    [one] Vorstellen: innerhalb einer Rolle
   *[other] Vorstellen: innerhalb jeder von { $count } Rollen
}
setup-no-words = Wörter: noch keine
setup-is-words = Wörter: { $words }
setup-is-elsewhere = { $count ->
    [0] Andere Anlaufstellen: noch keine
    [one] Andere Anlaufstellen: eine Zeile
   *[other] Andere Anlaufstellen: { $count } Zeilen
}
setup-no-rooms = Räume: noch keiner hat eine Aufgabe
setup-is-room = { $does }: { $room }
setup-is-checkins = In Check-in-Räumen: { $prompts ->
    [0] keine eigenen Anregungen
    [one] eine eigene Anregung
   *[other] { $prompts } eigene Anregungen
} und { $words ->
    [yes] eigene Worte
   *[no] keine eigenen Worte
}
setup-room-given = Gespeichert. { $room } ist jetzt dafür da: { $does }.
setup-room-taken = Gespeichert. { $room } ist dafür nicht mehr da: { $does }.
setup-room-not = { $room } war nicht dafür da, darum hat sich nichts geändert: { $does }.
refusal-switched-off = Das ist in dieser Gemeinschaft abgeschaltet, darum habe ich nichts getan. Die Moderation kann dir mehr sagen.
refusal-platform-cannot = Diese Plattform kann nicht wieder wegnehmen, was ich schreibe, darum gibt es das hier nicht. Ich habe nichts geändert.
refusal-only-in-room = Hier geht es um den Raum, in dem du fragst, darum habe ich nichts getan. Frag mich bitte in diesem Raum. Bei Matrix: schreib in= und die Adresse des Raums ans Ende.
setup-preview = Daraus können Mitglieder wählen:
setup-word = • { $word }

setup-is-moderators = { $count ->
    [one] Moderation: auch eine Rolle
   *[other] Moderation: auch { $count } Rollen
}
setup-is-off = Abgeschaltet: { $features }
feature-requests = nach einem Peer fragen
feature-lights = Verandalichter
feature-rounds = Runden
feature-checkins = Check-in-Räume
feature-plans = Erinnerungen an Pläne
feature-notes = Nachrichten an die Moderation
off-requests = Nach einem Peer fragen ist abgeschaltet. Offene Bitten laufen bis zu ihrem Ende.
off-lights = Verandalichter sind abgeschaltet. Die schon brennen, brennen bis zu ihrer Zeit.
off-cards = Karten ohne Namen sind abgeschaltet. Die schon stehen, gehen mit ihren Bitten.
off-rounds = Runden sind abgeschaltet. Eine offene findet noch statt, und alle in ihr hören, was daraus wurde. Sonst kann niemand mehr dazukommen, und keine folgt, bis ihr wieder Runden plant.
off-checkins = Check-in-Räume sind abgeschaltet. Ein offener bleibt so lange offen, wie er es gesagt hat. Kein anderer öffnet, bis ihr sie anschaltet.
off-plans = Erinnerungen an Pläne sind abgeschaltet. Worum Mitglieder schon gebeten haben, gehört ihnen und kommt noch.
off-notes = Nachrichten an die Moderation sind abgeschaltet. Über mich kann euch niemand schreiben.

setup-is-welcome = Neue sehen, was vereinbart ist, einmal und nur für sich

welcome-agreement = Du bist neu hier, darum zeige ich dir dieses eine Mal, was die Gruppe vereinbart hat oder womit sie lebt: { $title }
welcome-how = { COMMAND("agreement read") } zeigt alles und wie du eine Änderung vorschlägst. Du musst nicht zustimmen, um hier zu sein.

setup-door-stands = Ich stelle die Eingangstür in { $room } auf und hefte sie an. Die bisherige geht. { COMMAND("setup check") } sagt, ob sie da ist.
setup-door-taken = Ich nehme die Eingangstür aus { $room } weg.
refusal-no-door = Hier steht keine Eingangstür, darum habe ich nichts getan. { COMMAND("setup door") } stellt eine auf.

setup-undo-title = Ein Schritt zurück
setup-undo-asks = Das nimmt zurück: { $what }. Danach wären die Einstellungen so:
setup-undo-nothing = Es gibt keine Änderung zurückzunehmen. Ich behalte einen Schritt, 30 Tage lang.
setup-undone = Zurückgenommen. { COMMAND("setup undo") } holt es wieder.
refusal-undo-over = Die Einstellungen haben sich seitdem geändert, oder es ist viel Zeit vergangen, darum habe ich nichts getan. { COMMAND("setup undo") } zeigt, was sich jetzt zurücknehmen lässt.
refusal-right-platform = Nur wen die Plattform selbst moderieren lässt, kann wählen, wer es noch darf. Ich habe nichts getan.

setup-proposals-done = { $taken ->
    [0] Kein Wort kam dazu.
    [one] Ein Wort kam dazu.
   *[other] { $taken } Wörter kamen dazu.
} { $waiting ->
    [0] Mehr warten nicht auf euch.
    [one] Eins wartet noch:
   *[other] { $waiting } warten noch:
}
refusal-no-proposals = Niemand hat ein Wort vorgeschlagen, darum gibt es nichts zu nehmen oder zu lassen.
refusal-proposals-full = Bei der Moderation warten schon viele Wörter, darum habe ich dieses nicht behalten. Versuch es bitte in einigen Tagen wieder.
peer-proposed = Die Moderation kann dein Wort jetzt nehmen oder lassen: { $word }. Wer es vorschlug, habe ich nicht behalten.

walk-title = Schritt { $step } von { $steps }
walk-leave = Du kannst diesen Schritt auslassen oder hier aufhören. { COMMAND("setup walk") } geht da weiter, wo du warst.
walk-language = In welcher Sprache soll ich in euren Räumen sprechen, und in welcher Zeitzone lebt ihr?
walk-features = Worum dürfen Mitglieder mich hier bitten? Was du abschaltest, gibt es nicht. Was schon offen ist, läuft bis zu seinem Ende.
walk-limits = Wie lange sollen Neue hier sein, bevor sie nach einem Peer fragen?
walk-words = Aus welchen Wörtern dürfen Mitglieder wählen, wenn sie fragen? Kurz und einfach ist gut. Mitglieder können weitere vorschlagen.
walk-groups = Sollen sich Leute nur innerhalb einer Rolle treffen, etwa nach Alter? Sonst lass es aus.
walk-elsewhere = Welche anderen Anlaufstellen kennt ihr, etwa Telefone oder Gruppen? Alle können sie sehen, wenn sie fragen.
walk-rooms = Welche Räume darf ich nutzen? Frag das im Raum selbst: einer für Karten ohne Namen, einer für Nachrichten an euch.
walk-moderators = Wer moderiert hier noch? Wähle Rollen. Wer sie hat, kann alles unter { COMMAND("setup") } nutzen.
walk-door = Soll ich eine Eingangstür aufstellen? Das ist eine Karte, angeheftet in einem Raum, die allen zeigt, wie man mich erreicht.
walk-check = Wollen wir alles durchsehen? Ich sage, was fehlt und wer eure Räume lesen kann.
walk-end = Das war der letzte Schritt. Du kannst alles jederzeit ändern.

setup-preview-title = Was Mitglieder sehen werden
setup-preview-door = Auf der Eingangstür steht:
setup-preview-choices = Zum Drücken: { $choices }

check-title = Die Einstellungen durchsehen
check-room = { $does }, in { $room }. Im Moment können dort lesen:
check-room-away = Ich kann { $room } nicht ansehen. Gibt es den Raum noch, und sehe ich ihn? Lass mich hinein, oder wähle einen anderen mit { COMMAND("setup room") }.
check-door-not-there = In { $room } steht keine Eingangstür. Lass mich dort schreiben und anheften und nutze dann { COMMAND("setup door") }.
check-rooms-for-two-away = Ob ich Räume machen darf, war gerade nicht zu erfahren. Bitte sieh etwas später wieder nach.
check-no-room = Kein Raum ist dafür da, darum gibt es das nicht: { $does }. { COMMAND("setup room") }, in einem Raum gefragt, ändert das.
check-no-words = Es gibt keine Wörter zum Wählen. { COMMAND("setup words") } nimmt sie.
check-no-elsewhere = Es sind keine anderen Anlaufstellen genannt. { COMMAND("setup elsewhere") } nimmt sie.
check-no-agreement = Neue sollen sehen, was vereinbart ist, und noch gilt hier nichts. { COMMAND("agreement propose") } beginnt etwas.
check-all-there = Es fehlt nichts.

door-title = Mit einem Peer sprechen
door-what = Möchtest du mit jemandem sprechen, der es auch kennt? Ich bringe zwei zusammen, wenn beide ja gesagt haben. Was ich hier antworte, siehst nur du.
door-title-others = Hier anklopfen
door-others-rooms = Hier findest du Check-in-Räume, wer diesen Raum lesen kann, und andere Anlaufstellen. Was ich antworte, siehst nur du.
door-others = Hier siehst du, wer diesen Raum lesen kann, und andere Anlaufstellen. Was ich antworte, siehst nur du.
door-reach-local = Drück unten etwas, oder schreib mir { COMMAND("help") }.
door-reach-discord = Drück unten etwas, oder tippe { COMMAND("help") } in einem Raum. Ich lese keine Nachrichten.
door-reach-matrix = Wink unter dieser Karte, oder schreib mir { COMMAND("help") } in einem privaten, verschlüsselten Raum.

choice-door-peer = Mit einem Peer sprechen
choice-door-checkins = Einen Check-in-Raum finden
choice-door-see = Zeigen, wer hier lesen kann
choice-door-elsewhere = Andere Anlaufstellen zeigen
choice-setup-features = Teile an- oder abschalten
choice-setup-welcome = Neuen zeigen, was vereinbart ist
choice-setup-moderators = Wählen, wer moderiert
choice-setup-door = Die Eingangstür aufstellen
choice-setup-proposals = Vorgeschlagene Wörter zeigen
choice-setup-preview = Zeigen, was Mitglieder sehen
choice-setup-check = Durchsehen
choice-setup-undo-ask = Letzte Änderung zurücknehmen
choice-setup-undo = Zurücknehmen
choice-setup-walk = Schritt für Schritt gehen
choice-walk-next = Zum nächsten Schritt gehen
choice-walk-on = Mit den Schritten weitermachen
choice-setup-here = Hier einrichten
choice-setup-not = So lassen
choice-setup-language = Sprache und Zone wählen
choice-setup-words = Wörter schreiben
choice-setup-limits = Grenzen wählen
choice-setup-groups = Gruppen wählen
choice-setup-elsewhere = Anlaufstellen nennen
choice-setup-room = Diesem Raum etwas geben
choice-setup-shown = Alle Einstellungen zeigen
choice-setup-clear = Eine Liste leeren

param-wait_days = Tage in der Gemeinschaft, bevor man fragt
param-groups = Rollen, innerhalb derer man sich trifft
param-word_list = Wörter, eins je Zeile
param-elsewhere = Andere Anlaufstellen, eine je Zeile
param-which = Liste
option-which-words = Wörter
option-which-groups = Gruppen
option-which-elsewhere = Andere Anlaufstellen
param-room_for = Wofür der Raum da ist
option-room_for-peers = Karten von Anfragen ohne Namen
option-room_for-checkins = Einladungen in Check-in-Räume
option-room_for-moderators = Nachrichten an die Moderation
option-room_for-door = Eingangstür
param-take_away = Dem Raum das wegnehmen
option-take_away-yes = Wegnehmen
option-take_away-no = Geben
option-which-moderators = Rollen, die moderieren
param-switch_on = Anschalten
param-switch_off = Abschalten
param-moderator_roles = Rollen, die hier moderieren
param-welcome = Neuen zeigen, was vereinbart ist, einmal und nur für sie
option-welcome-yes = Zeigen
option-welcome-no = Nicht zeigen
param-take_door = Die Tür wegnehmen
option-take_door-yes = Wegnehmen
option-take_door-no = Aufstellen
param-new_word = Ein Wort, aus dem du gern wählen würdest
param-take = Wörter zum Nehmen
param-leave = Wörter zum Lassen

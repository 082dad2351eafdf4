command-setup = Richte diese Gemeinschaft ein, oder sieh, wie sie eingerichtet ist
command-setup-here = Hier einrichten
command-setup-not = So lassen
command-setup-language = Wähle Sprache und Zeitzone der Gemeinschaft
command-setup-words = Schreibe die Wörter der Gemeinschaft
command-setup-limits = Wähle, wie lange Neue warten, bevor sie fragen
command-setup-groups = Wähle Rollen, innerhalb derer ich Leute vorstelle
command-setup-elsewhere = Nenne andere Anlaufstellen
command-setup-room = Wähle, wofür dieser Raum da ist
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
setup-room-given = Gespeichert. { $room } ist jetzt dafür da: { $does }.
setup-room-taken = Gespeichert. { $room } ist dafür nicht mehr da: { $does }.
setup-room-not = { $room } war nicht dafür da, darum hat sich nichts geändert: { $does }.
refusal-switched-off = Das ist in dieser Gemeinschaft abgeschaltet, darum habe ich nichts getan. Die Moderation kann dir mehr sagen.
refusal-only-in-room = Hier geht es um den Raum, in dem du fragst, darum habe ich nichts getan. Frag mich bitte in diesem Raum. Bei Matrix: schreib in= und die Adresse des Raums ans Ende.
setup-preview = Daraus können Mitglieder wählen:
setup-word = • { $word }

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
option-room_for-moderators = Nachrichten an die Moderation
option-room_for-door = Eingangstür
param-take_away = Dem Raum das wegnehmen
option-take_away-yes = Wegnehmen
option-take_away-no = Geben

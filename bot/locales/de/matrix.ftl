## Was Matrix am Start hindert oder beendet, für alle, die den Bot betreiben.

start-matrix-login = Der Homeserver hat Name und Passwort für Matrix nicht angenommen. Nichts wurde gestartet. Bitte beides in den Einstellungen prüfen.
start-matrix-token = Der Homeserver kennt das Token des Bots nicht mehr. Vielleicht wurde er abgemeldet. Mit seinem Passwort oder einem neuen Token in den Einstellungen meldet ihn der nächste Start wieder an.
start-matrix-device = Das Token für Matrix gehört zu einem anderen Konto oder Gerät, als die Einstellungen nennen. Nichts wurde gestartet.
start-matrix-account = { $path } gehört zu einem anderen Matrix-Konto. Nichts wurde gestartet. Bitte jenes Konto nennen oder die Datei beiseitelegen.
start-matrix-store-busy = Ein anderes Porchlight benutzt { $path }. Es wurde kein zweites gestartet.
start-matrix-store-key = Der Schlüssel passt nicht zu { $path }, oder die Datei ist beschädigt. Nichts wurde geändert. Bitte den Schlüssel suchen, mit dem sie gemacht wurde.
start-matrix-store-unreadable = { $path } lässt sich nicht lesen oder anlegen. Bitte Besitz, Rechte und freien Platz prüfen.

## Wörter, mit denen man antwortet und sich zurechtfindet. Je eines, so kurz wie möglich zu tippen.

matrix-word-back = zurück
matrix-word-cancel = abbrechen
matrix-word-skip = weiter
matrix-word-clear = leeren
matrix-word-yes = ja
matrix-word-no = nein

## Was zur Wahl steht, im direkten Raum und in einem, in dem andere mitlesen.

matrix-choose = Zum Wählen schreib hier eine Zahl, oder drück sie unten.
matrix-choose-typed = Zum Wählen schreib hier eine Zahl.
matrix-label = { $label } ({ $command })
matrix-label-more = { $label }: { $command }
matrix-privately = Zum Antworten schreib mir unter vier Augen: { $link }. Das Winken unten tut dasselbe.

## Fragen eines Formulars, eine nach der anderen.

matrix-question = { $label } ({ $number } von { $of })
matrix-option = { $number }. { $label }
matrix-ask-one = Schreib die Zahl einer Antwort.
matrix-ask-several = Schreib die Zahlen von bis zu { $most } Antworten, etwa: 1, 2
matrix-ask-words-several = Schreib bis zu { $most }, mit Kommas dazwischen.
matrix-ask-ids = Schreib bis zu { $most } Raumadressen, mit Kommas dazwischen.
matrix-ask-whole = Schreib eine ganze Zahl von { $low } bis { $high }.
matrix-ask-member = Schreib die Matrix-Adresse, etwa { $example }, oder einen Link zu der Person.
matrix-ask-free = Schreib bis zu { $limit } Zeichen.
matrix-ask-lines = Schreib bis zu { $lines } Zeilen, jede mit bis zu { $limit } Zeichen.
matrix-ask-zone = Schreib einen Ort, etwa { $example }.
matrix-ask-time = Schreib Stunden und Minuten, etwa { $example }.
matrix-ask-days = Schreib eine Zahl von Tagen, bis { $most }.
matrix-ask-when = Schreib einen Zeitpunkt, etwa { $example }, morgen 19:30, in 3 Tagen.
matrix-ask-moments = Schreib { $low } bis { $high } Zeiten, etwa { $example }; Fr 19:30, oder jede in eine neue Zeile.
matrix-ask-until = Schreib ein Datum, etwa { $example }, oder eine Zahl von Tagen, bis { $most }.
matrix-stands = Jetzt steht hier: { $value }
matrix-skip-keeps = Schreib { $skip }, um es so zu lassen.
matrix-skip-opens = Schreib { $skip }, um diese Frage auszulassen.
matrix-clear = Schreib { $clear }, um es herauszunehmen.
matrix-ways = Schreib { $back } für die Frage davor, { $cancel } zum Beenden; dann wird nichts behalten.
matrix-needed = Ohne diese Antwort komme ich nicht weiter, darum frage ich noch einmal. { $cancel } beendet die Fragen.
matrix-no-member = Ich weiß nicht, wen du meinst, also habe ich nichts geändert. Eine Adresse wie { $example } hilft mir.
matrix-cancelled = Beendet. Deine Antworten habe ich nicht behalten, und nichts wurde getan.
matrix-left = Dafür habe ich die Fragen verlassen. Deine Antworten darauf habe ich nicht behalten.
matrix-lapsed = Die Fragen sind nach 15 Minuten verfallen. Deine Antworten habe ich nicht behalten, und nichts wurde getan. Du kannst sie dir neu stellen lassen.
matrix-lost = Ich weiß nicht mehr, wo wir waren; nichts wurde behalten. Du kannst dasselbe noch einmal fragen.

## Direct rooms, and where a command is about.

matrix-unencrypted = Diese Unterhaltung ist nicht verschlüsselt, darum lese ich hier nicht mit und gehe. Bitte beginne eine neue, verschlüsselte mit mir; die meisten Apps tun das von selbst.
matrix-crowded = Jemand ist dazugekommen, also sind wir hier nicht mehr unter uns. Ich gehe. Bitte beginne eine neue Unterhaltung mit mir allein.
matrix-farewell = Diese Unterhaltung verlasse ich jetzt. Eine neue mit mir kannst du jederzeit beginnen.
matrix-unopened = Deine letzte Nachricht konnte ich nicht öffnen: Ihr Schlüssel kam nicht bei mir an, also ist nichts geschehen. Bitte schreib sie noch einmal.
matrix-waved = Du hast in { $room } gewunken. Das kannst du dort wählen. Nur du siehst das hier.
matrix-not-there = Unter dieser Adresse kenne ich keinen Raum, in dem wir beide sind; ich habe nichts getan. Die Adresse eines Raums oder Space steht in seinen Einstellungen.
matrix-no-place = Ich bin in keinem Raum oder Space, den du moderierst; ich habe nichts getan. Bitte lade mich in einen ein und frag dann noch einmal.
matrix-which-place = Du moderierst mehrere Orte, an denen ich bin. Welchen meinst du?
matrix-place = { $room }: { $command } { $address }

## Who can read a room.

who-reads-matrix-members = Die Menschen in diesem Raum können ihn lesen.
who-reads-matrix-open = Wer seine Adresse kennt, kann hereinkommen und dann mitlesen.
who-reads-matrix-restricted = Mitglieder anderer Räume, die in seinen Einstellungen stehen, können hereinkommen und dann mitlesen.
who-reads-matrix-may-ask = Einige von ihnen können andere einladen.
who-reads-matrix-none-ask = Niemand von ihnen kann andere einladen.
who-reads-matrix-world = Er ist auch von außen lesbar.
who-reads-matrix-later = Wer später kommt, kann lesen, was vorher geschrieben wurde.
who-reads-matrix-sealed = Er ist verschlüsselt. Heimserver sehen trotzdem, wer hier ist und wann. Was ihr hier schreibt, kann ich nicht öffnen.
who-reads-matrix-clear = Er ist nicht verschlüsselt, also können auch Heimserver ihn lesen. Was ihr hier schreibt, wird mir nicht geschickt.
who-reads-matrix-clear-rooms = Er ist nicht verschlüsselt, also können auch Heimserver ihn lesen. Was ihr hier schreibt, wird mir geschickt, denn ich lese hier Befehle. Was kein Befehl ist, verwerfe ich sofort.

missing-matrix-away = Ich bin nicht in { $place }, also käme nichts an, was dorthin soll. Lade mich dorthin ein.
missing-matrix-write = In { $place } darf ich nicht alles, was meine Karten brauchen: schreiben, reagieren, sie wieder wegnehmen. Gib mir dort in den Einstellungen unter Rollen & Berechtigungen die Stufe { $power } oder mehr.
missing-matrix-pin = In { $place } darf ich nichts anheften, also bliebe nicht zu sehen, was zu sehen bleiben soll. Gib mir dort in den Einstellungen unter Rollen & Berechtigungen die Stufe { $power } oder mehr.

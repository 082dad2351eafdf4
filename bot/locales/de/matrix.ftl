## Was Matrix am Start hindert oder beendet, für alle, die den Bot betreiben.

start-matrix-login = Der Homeserver hat Name und Passwort für Matrix nicht angenommen. Nichts wurde gestartet. Bitte beides in den Einstellungen prüfen.
start-matrix-token = Der Homeserver kennt das Token des Bots nicht mehr. Vielleicht wurde er abgemeldet. Bitte neu anmelden und dann starten.
start-matrix-device = Das Token für Matrix gehört zu einem anderen Konto oder Gerät, als die Einstellungen nennen. Nichts wurde gestartet.
start-matrix-account = { $path } gehört zu einem anderen Matrix-Konto. Nichts wurde gestartet. Bitte jenes Konto nennen oder die Datei beiseitelegen.
start-matrix-homeserver = Unter der Adresse in den Einstellungen antwortet kein Matrix-Homeserver. Nichts wurde gestartet. Bitte die Adresse prüfen.
start-matrix-store-busy = Ein anderes Porchlight benutzt { $path }. Es wurde kein zweites gestartet.
start-matrix-store-key = Der Schlüssel passt nicht zu { $path }, oder die Datei ist beschädigt. Nichts wurde geändert. Bitte den Schlüssel suchen, mit dem sie gemacht wurde.
start-matrix-store-unreadable = { $path } lässt sich nicht lesen oder anlegen. Bitte Besitz, Rechte und freien Platz prüfen.

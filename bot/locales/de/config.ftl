## Was an der Konfiguration nicht stimmt, für die, die den Bot betreiben. Davor steht jeweils der Schlüssel.

config-wrong = { $count ->
    [one] In der Konfiguration stimmt eine Stelle nicht, darum wurde nichts gestartet:
   *[other] In der Konfiguration stimmen { $count } Stellen nicht, darum wurde nichts gestartet:
 }
config-fine = Die Konfiguration ist in Ordnung.
config-unknown = So eine Einstellung gibt es nicht. In config.example.toml stehen alle.
config-path = Hier gehört ein Pfad zu einer Datei oder einem Ordner hin, in Anführungszeichen.
config-key = Hier gehören 64 hexadezimale Ziffern hin und sonst nichts.
config-one-of = Hier geht eines von diesen: { $options }.
config-at-least = Hier geht { $number } oder mehr.
config-at-most = Hier geht { $number } oder weniger.
config-section = Das ist ein Abschnitt: Er steht in eckigen Klammern auf einer eigenen Zeile.
config-whole = Hier gehört eine ganze Zahl hin, ohne Anführungszeichen.
config-yes-no = Hier gehört true oder false hin, ohne Anführungszeichen.
config-other = Das hat nicht die Form, die config.example.toml zeigt.
config-environment = Eine Umgebungsvariable für einen ganzen Abschnitt ist nicht lesbar. Nimm eine Variable je Schlüssel.
config-large = Diese Datei ist zu groß für eine Konfiguration.
config-no-file = Diese Datei gibt es nicht. Kopiere config.example.toml, um anzufangen.
config-no-secret-file = Diese Datei gibt es nicht. Ein relativer Pfad beginnt im Ordner der Konfigurationsdatei.
config-empty = Diese Datei ist leer. Füg das Geheimnis darin ein.
config-unreadable = Diese Datei lässt sich nicht öffnen. Sieh nach, wem sie gehört und welche Rechte sie hat.
config-encoding = Diese Datei ist kein Text in UTF-8. Speichere sie als UTF-8.
config-toml = Zeile { $line } ist nicht als TOML lesbar. Oft fehlt ein Anführungszeichen, oder ein Schlüssel steht zweimal da.
config-secret-here = Ein Geheimnis gehört nicht in diese Datei. Leg es in die Umgebungsvariable { $variable } oder in eine eigene Datei.
config-marks = Merkzeichen müssen mindestens so lange bleiben wie Sicherungen, sonst brächte eine Sicherung Vergessene zurück.
config-link = Das ist eine Verknüpfung oder keine einfache Datei. Nenn den Ort selbst.
config-not-a-folder = Das ist kein Ordner.
config-deck = Ein Satz Anregungen hat zwei Listen, in und out, mit je 1 bis { $most } Anregungen, und sonst nichts.
config-prompt = Anregung { $number } braucht eine Zeile von höchstens { $longest } Zeichen, in Anführungszeichen.
config-open = Andere auf diesem Rechner können diese Datei lesen. Führe chmod 600 für sie aus.
config-secret = Hier gehört nur das Geheimnis hin, auf einer Zeile.
config-needs = Das wird auch gebraucht.
config-needs-secret = Das wird auch gebraucht. Leg es in { $variable } oder in eine eigene Datei.
config-needs-device = Das Token gehört zu einem Gerät. Nenn es hier.
config-discord-id = Hier gehören Kennungen von Discord-Servern hin: je 15 bis 20 Ziffern.
config-address = Hier gehört eine Adresse hin, die mit https:// oder http:// anfängt.
config-matrix-id = Hier gehört eine ganze Kennung hin: @porchlight:example.org.
config-matrix-allowed = Hier gehören Räume, Spaces, Konten oder Server hin, mit ganzer Kennung.
config-host = Hier gehört eine IP-Adresse dieses Rechners hin, zum Beispiel 127.0.0.1.
config-https = Das muss mit https:// beginnen, denn wer die Adresse lesen kann, kann den Kalender lesen.

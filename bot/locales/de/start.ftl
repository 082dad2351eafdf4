## Was die Kommandozeile sagt und was den Start verhindert, für die, die den Bot betreiben.

cli-open = Porchlight ist hier: { $address }
cli-stop = Strg+C beendet es. Ohne --keep bleibt nichts davon.
cli-died = Ein Teil des Bots ist aus Versehen zu Ende gegangen, darum hat alles angehalten. Die Zeile darüber sagt, wo im Code.
cli-platforms = Befehle kenne ich für: { $platforms }. Nenn bitte eines davon.
start-clock = Die Uhr dieses Rechners zeigt ein lang vergangenes Jahr. Stell sie zuerst; gestartet wurde nichts.
start-no-platform = Keine Plattform ist eingeschaltet, es gibt also nichts zu betreiben. Setz discord.enabled oder matrix.enabled auf true, oder nimm porchlight try.
start-port-taken = Ein anderes Programm benutzt diesen Port. Nenn einen anderen, oder 0 für irgendeinen freien.
start-lifetime-longer = Die Frist { $name } kann höchstens { $hours } Stunden sein: So ist es den Mitgliedern versprochen.
start-lifetime-none = Die Frist { $name } muss länger sein als nichts.
start-lifetime-marks = Merkzeichen bleiben mindestens so lange wie Sicherungen, und das sind { $days } Tage.
start-store-pragma = Die Datenbank hat ihre Einstellung { $name } nicht angenommen. Geändert wurde nichts.
start-store-newer = Die Datenbank { $path } stammt von einem neueren Porchlight. Geändert wurde nichts. Installiere diese Version.
start-store-strange = Die Datenbank { $path } ist keine von Porchlight oder beschädigt. Geändert wurde nichts. Spiel eine Sicherung ein, oder nenn einen anderen Ort.
start-store-migration = Die Datenbank { $path } ließ sich nicht auf diese Version bringen. Sie ist wie zuvor; die Sicherung liegt daneben.
start-store-key = Der Schlüssel passt nicht zur Datenbank { $path }. Geändert wurde nichts. Such den, mit dem sie angelegt wurde.
start-store-network = { $path } liegt auf einem Netzlaufwerk ({ $kind }), wo eine Datenbank Schaden nehmen kann. Nimm eine Platte dieses Rechners.
start-store-shared-folder = Andere auf diesem Rechner können in { $path } schreiben. Führe chmod 700 dafür aus.
start-store-unwritable = In { $path } lässt sich nicht schreiben. Sieh nach, wem es gehört, welche Rechte es hat und ob noch Platz ist.
start-store-in-use = Ein anderes Porchlight benutzt { $path }. Ein zweites wurde nicht gestartet.
start-store-backup = Die Sicherung vor dem Wechsel auf diese Version ging nicht nach { $path }. Geändert wurde nichts. Sieh dort nach Platz und Rechten.
start-key-length = Der Schlüssel hat { $bytes } Byte und braucht { $wanted }. Vielleicht ist es die falsche Datei.
start-key-unreadable = Der Schlüssel { $path } lässt sich nicht lesen oder anlegen. Sieh nach, wem er und sein Ordner gehören.
start-key-not-a-file = Der Schlüssel { $path } ist eine Verknüpfung oder keine einfache Datei. Nenn die Datei selbst.
start-key-open = Andere auf diesem Rechner können den Schlüssel { $path } lesen (Rechte { $mode }). Führe chmod 600 für ihn aus.
start-forgotten-unreadable = Die Liste derer, die wieder zu vergessen sind, { $path }, ist nicht lesbar. Gestartet wurde nichts, damit niemand zurückkommt, der gehen wollte.

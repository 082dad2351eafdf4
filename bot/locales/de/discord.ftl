# Was der Bot nur auf Discord sagt.

discord-deaf = Nachrichten bekomme ich hier nicht. { COMMAND("help") } zeigt, was ich verstehe.
discord-profile = Ich stelle Leute einander vor, die mit einem Peer reden möchten, sobald beide ja gesagt haben. Ich bin ein Programm und bekomme keine Nachrichten: Ich höre nur Befehle. Tippe { COMMAND("help") }.
discord-form-slow = Das Öffnen hat zu lange gedauert, darum wurde nichts geändert. Bitte versuch es noch einmal.
discord-form-between = { $count ->
    [one] Danke. Es gibt noch eine Frage. Was schon dasteht, bleibt, wenn du sie auslässt.
   *[other] Danke. Es gibt noch { $count } Fragen. Was schon dasteht, bleibt, wenn du sie auslässt.
}
discord-form-lost = Ich habe den Faden verloren, darum wurde nichts behalten und nichts geändert. Bitte fang noch einmal an.
discord-form-stopped = Du hast es dabei belassen. Nichts wurde behalten und nichts geändert.
choice-form-more = Zeig die anderen Fragen
choice-form-use = Nimm es so
choice-form-stop = Hör hier auf

who-reads-discord-everyone = Alle auf diesem Server können diesen Kanal lesen.
who-reads-discord-some = { $count ->
    [0] Wem der Server gehört, kann das lesen.
    [one] Wem der Server gehört, kann das lesen, und alle mit der einen Rolle, die es darf.
   *[other] Wem der Server gehört, kann das lesen, und alle mit einer der { $count } Rollen, die es dürfen.
}{ $people ->
    [0] {""}
    [one] {" "}Ein weiteres Konto darf es auch.
   *[other] {" "}{ $people } weitere Konten dürfen es auch.
}
who-reads-discord-thread = Wer hereingelassen wurde, kann diesen Thread lesen.
who-reads-discord-managers = { $count ->
    [0] Lesen kann ihn auch, wem der Server gehört.
    [one] Lesen können ihn auch: wem der Server gehört, und alle mit der einen Rolle, die Threads verwalten darf.
   *[other] Lesen können ihn auch: wem der Server gehört, und alle mit einer von { $count } Rollen, die Threads verwalten dürfen.
}{ $people ->
    [0] {""}
    [one] {" "}Ein weiteres Konto darf es auch.
   *[other] {" "}{ $people } weitere Konten dürfen es auch.
}
who-reads-discord-open = Sie alle können auch diesen Thread lesen, selbst wenn niemand sie hereingelassen hat.
who-reads-discord-guests = In diesen Server kann man hineinsehen, bevor man beitritt. Also kann das auch lesen, wer nicht beigetreten ist.
who-reads-discord-public = Es ist ein öffentlicher Thread: Wer ihn lesen kann, kann auch hereinkommen und schreiben, ohne hereingelassen zu werden.
who-reads-discord-itself = Discord behält, was hier geschrieben wird. Mir wird nichts davon geschickt.

start-discord-token = Discord nimmt das Token nicht. Mach im Entwicklerportal unter Bot ein neues und leg es in PORCHLIGHT_DISCORD__TOKEN.
start-discord-intents = Discord sagt, dieser Bot verlange einen Intent, den er nicht haben darf. Porchlight verlangt keinen privilegierten: Sieh nach, ob das Token dazugehört.

missing-discord-view = Ich sehe { $place } nicht, also käme nichts an, was dorthin soll. Erlaube meiner Rolle dort in den Einstellungen unter Berechtigungen „Kanal ansehen“.
missing-discord-send = Ich darf in { $place } nicht schreiben, also käme nichts an, was dorthin soll. Erlaube meiner Rolle dort in den Einstellungen unter Berechtigungen „Nachrichten senden“.
missing-discord-threads = Ich darf in { $place } nicht schreiben, also käme nichts an, was dorthin soll. Erlaube meiner Rolle in den Einstellungen des Kanals darüber unter Berechtigungen „Nachrichten in Threads senden“.
missing-discord-locked = { $place } ist gesperrt, also käme nichts an, was dorthin soll. Entsperre ihn, oder wähle einen anderen Raum.
missing-discord-history = Ich kann in { $place } nicht nach meinen eigenen Karten sehen, also könnte nach einer Störung eine doppelt kommen. Erlaube meiner Rolle dort in den Einstellungen unter Berechtigungen „Nachrichtenverlauf anzeigen“.
missing-discord-pin = In { $place } darf ich nichts anpinnen, also bliebe nicht zu sehen, was zu sehen bleiben soll. Erlaube meiner Rolle dort in den Einstellungen unter Berechtigungen „Nachrichten anpinnen“.
missing-discord-take-out = Aus { $place } darf ich dich nicht herausnehmen, weil alle hineinsehen können. Du gehst über das Menü des Threads, mit „Thread verlassen“.
missing-discord-events = Ich darf auf dem Server von { $place } keine Events anlegen. Wer dort Rollen verwaltet, kann meiner Rolle „Events erstellen“ erlauben.
missing-discord-events-full = Der Server von { $place } hat { $most } Events, und mehr nimmt Discord nicht. Ist eines vorbei oder weggenommen, ist wieder Platz.
missing-discord-rooms = Ich sehe keinen Kanal, unter dem ich private Räume machen könnte. Alle müssen ihn sehen; erlaube dort meiner Rolle „Kanal ansehen“, „Nachrichten senden“, „Nachrichten in Threads senden“ und „Private Threads erstellen“.
missing-discord-visible = Ich sehe keinen Kanal, unter dem ich Check-in-Räume machen könnte, in die alle hineinsehen können. Alle müssen ihn sehen; erlaube dort meiner Rolle „Kanal ansehen“, „Nachrichten senden“, „Nachrichten in Threads senden“ und „Öffentliche Threads erstellen“.
missing-discord-erase = Threads von { $place } darf ich nicht löschen, also bleiben geschlossene Check-in-Räume dort archiviert. Erlaube meiner Rolle dort in den Einstellungen unter Berechtigungen „Threads verwalten“.

command-about = Was ich bin
command-about-privacy = Was ich behalte, wie lange, und wer es lesen könnte
command-about-unknown = Was ich bin und wie du Menschen erreichst
command-about-old-button = Über einen Knopf, der nichts mehr tut
command-elsewhere = Andere Anlaufstellen
command-who-can-see = Wer hier lesen kann

about-what = Ich bin Porchlight, ein Programm. Ich stelle hier Leute einander vor, die mit einem Peer reden möchten, sobald beide ja gesagt haben.
about-how = Ich höre nur Befehle, nie eure Gespräche. { COMMAND("help") } zeigt, worum du bitten kannst.
about-unknown = Ich bin ein Programm und kenne nur Befehle. Was du geschrieben hast, habe ich nicht behalten und niemandem gesagt. Menschen erreichst du mit { COMMAND("peer ask") }, andere Anlaufstellen mit { COMMAND("elsewhere") }.
about-old-button = Dieser Knopf tut nichts mehr, und nichts wurde geändert. { COMMAND("help") } zeigt, worum du jetzt bitten kannst.
choice-about-help = Ganze Hilfe zeigen
choice-about-privacy = Zeigen, was du behältst
choice-about-elsewhere = Andere Anlaufstellen zeigen
choice-about-data = Zeigen, was du über mich hast

elsewhere = Andere Anlaufstellen, wie diese Gemeinschaft sie nennt:
elsewhere-line = • { $line }
elsewhere-nothing = Diese Gemeinschaft hat noch keine anderen Anlaufstellen genannt. Die Moderation kann das mit { COMMAND("setup elsewhere") } tun.

who-can-see = Das können hier gerade lesen:
who-can-see-private = Das ist unser privates Gespräch: Du kannst es lesen und ich, und sonst niemand, von dem ich weiß.

privacy-title = Was ich behalte
privacy-ears = Ich behalte keine Nachricht und kein Gespräch. Zu mir kommen Befehle und die Knöpfe und Formulare, die ich dir zeige.
privacy-free = Die einzigen Texte, die Menschen schreiben und die ich behalte: { $columns }.
privacy-column = { $column } ({ $table })
privacy-tables = Das ist jede Tabelle meiner Datenbank, mit allem, was darin steht:
privacy-table = { $table }: { $columns }. { $stays }
privacy-stays = Bleibt, bis die Datenbank verschwindet.
privacy-sealed = Namen und Adressen von Menschen, Räumen und Nachrichten sind mit einem Schlüssel versiegelt, der nicht in der Datenbank liegt. Eine gestohlene Datei nennt niemanden.
privacy-apart = Wen jemand nicht treffen möchte, steht auf einer eigenen privaten Liste. Wer darauf steht, sieht sie nicht und löscht sie nicht.
privacy-moderators = Die Moderation sieht Einstellungen der Gemeinschaft und nichts über einzelne Mitglieder.
privacy-operator = Wer diesen Bot betreibt, hat Datenbank und Schlüssel und könnte lesen, was hier steht. Mehr gibt es nicht zu lesen.
privacy-platform-local = Dieser Spielplatz läuft auf einem einzigen Rechner. Wer davor sitzt, kann alles lesen.
privacy-platform-discord = Discord behält nach eigenen Bedingungen, was du und ich dort senden. Wem ein Server gehört und wer ihn verwaltet, kann private Threads lesen.
privacy-platform-matrix = Homeserver behalten, wer wann in welchem Raum ist. Verschlüsselte Nachrichten können sie nicht lesen.
privacy-yours = { COMMAND("mine data") } zeigt alles, was dich betrifft, { COMMAND("mine forget") } löscht es.

platform-local = der Spielplatz
platform-discord = Discord
platform-matrix = dein Homeserver

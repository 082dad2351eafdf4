command-about = Was ich bin
command-about-privacy = Was ich behalte, wie lange, und wer es lesen könnte
command-about-unknown = Was ich bin und wie du Menschen erreichst
command-about-old-button = Über einen Knopf, der nichts mehr tut
command-elsewhere = Andere Anlaufstellen
command-who-can-see = Wer hier lesen kann

about-what = Ich bin Porchlight, ein Programm. Ich stelle hier Leute einander vor, die mit einem Peer reden möchten, sobald beide ja gesagt haben.
about-how = Ich höre nur auf Befehle und behalte nichts von euren Gesprächen. { COMMAND("help") } zeigt, worum du bitten kannst.
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

## Was der Teil von mir, der mit einer Plattform spricht, selbst behält, in seinen eigenen Worten.

keeps-local = Für diesen Spielplatz behalte ich nichts außer der Datenbank. Menschen, Räume und was sie hier schreiben, gehören dem Spielplatz.
keeps-discord-ears = Von Discord kommen zu mir die Befehle, Knöpfe und Formulare, die du benutzt, und nichts, was Menschen einander schreiben.
keeps-discord = Für Discord behalte ich außer der Datenbank nichts auf der Festplatte. Nur im Arbeitsspeicher, und weg, wenn ich anhalte, behalte ich:
keeps-discord-name = • wie Menschen heißen, neu erfragt nach { $names };
keeps-discord-place = • wo mein privates Gespräch mit jemandem ist;
keeps-discord-form = • was in ein langes Formular schon eingetragen ist, höchstens { $forms }.
keeps-matrix-ears = In Räumen auf Matrix höre ich keine Worte. Offene werden mir nicht geschickt, und die Schlüssel der verschlüsselten werfe ich weg.
keeps-matrix-ears-rooms = Befehle auf Matrix werden auch in Räumen gelesen, so wollte es, wer mich betreibt. Deshalb kommen offene Worte dort bei mir an. Was kein Befehl ist, verwerfe ich sofort. Die Schlüssel verschlüsselter Räume werfe ich weg.
keeps-matrix-file = Für Matrix behalte ich eine weitere Datei, versiegelt wie die Datenbank. Darin steht:
keeps-matrix-direct = • wer ein Gespräch mit mir hat, und in welchem Raum: bis es eine Seite verlässt;
keeps-matrix-asked = • wer mich in einen Raum gebeten hat: bis ich darin bin oder draußen bleibe;
keeps-matrix-shown = • welche Zahlen für welche Auswahl stehen: { $stays }; unter einem Beitrag, der bleiben soll, solange er bleibt;
keeps-matrix-olm = • Schlüssel zu den Geräten von Menschen, und wem sie gehören: { $stays } nach dem letzten Gebrauch;
keeps-matrix-megolm = • Schlüssel unserer Gespräche: { $stays } nach dem letzten Gebrauch. Was ich schon gelesen habe, öffnen sie nicht mehr;
keeps-matrix-early = • Schlüssel, die kamen, bevor ich ihren Raum kannte: höchstens { $stays };
keeps-matrix-followed = • welcher Raum in welchem anderen weitergeht. Das nennt niemanden;
keeps-matrix-made = • welche Räume ich geöffnet habe, und für welchen Space: bis ich sie verlassen habe. Das nennt niemanden;
keeps-matrix-leaving = • welche Räume ich gleich verlasse: bis ich es getan habe;
keeps-matrix-own = • meine eigene Anmeldung und meine Schlüssel; sie betreffen niemanden.
keeps-matrix-memory = Nur im Arbeitsspeicher, und weg, wenn ich anhalte: wer in welchem Raum ist und seit wann; Geräte von Menschen; wie Menschen heißen, neu erfragt nach { $names }; Antworten auf meine Fragen, höchstens { $answers }; in welcher Sprache ich mit wem zuletzt sprach.
keeps-matrix-your-room = • dass wir hier ein Gespräch haben, und in welchem Raum: bis es eine Seite verlässt;
keeps-matrix-your-invite = • dass du mich in einen Raum gebeten hast: bis ich darin bin oder draußen bleibe;
keeps-matrix-your-numbers = • welche Zahlen hier für welche Auswahl stehen: { $stays };
keeps-matrix-your-devices = • Schlüssel zu deinen Geräten: { $stays } nach dem letzten Gebrauch;
keeps-matrix-your-early = • Schlüssel von dir, die kamen, bevor ich ihren Raum kannte: höchstens { $stays };
keeps-matrix-your-keys = • Schlüssel unseres Gesprächs: { $stays } nach dem letzten Gebrauch. Was ich schon gelesen habe, öffnen sie nicht mehr.
privacy-yours = { COMMAND("mine data") } zeigt alles, was dich betrifft, { COMMAND("mine forget") } löscht es.

platform-local = der Spielplatz
platform-discord = Discord
platform-matrix = dein Homeserver

## Ein Gespräch: wie es anfangen kann, und wie es endet.

command-talk-openers = Ein paar Wege ansehen, anzufangen
command-talk-leave = Dieses Gespräch verlassen

talk-room = { $people ->
    [two] Dieser Raum ist für euch zwei. Was ihr hier schreibt, wird mir nicht geschickt. Ihr dürft beide jederzeit mit einem Tipp gehen, ganz ohne Grund. Dann endet dieses Gespräch, und der Raum wird geschlossen.
   *[more] Dieser Raum gehört euch allein. Was ihr hier schreibt, wird mir nicht geschickt. Ihr dürft alle jederzeit mit einem Tipp gehen, ganz ohne Grund. Die anderen dürfen bleiben.
}
talk-ends-by-tap = { $people ->
    [two] Ihr könnt ihn beide mit einem Tipp verlassen. Der andere Mensch liest dann einen schlichten Satz, und der Raum wird geschlossen.
   *[more] Alle können ihn mit einem Tipp verlassen. Die anderen lesen dann einen schlichten Satz und dürfen bleiben.
}
talk-ends-by-leaving = Sobald alle drin sind, gehe ich. Um das Gespräch zu beenden, verlass den Raum wie jeden anderen.
talk-left = Du hast dieses Gespräch verlassen. Ich behalte nichts davon und frage nicht, warum.
talk-over = Dieses Gespräch ist vorbei, oder du bist nicht in seinem Raum. Also gab es nichts zu tun.
talk-ended = Dieses Gespräch ist zu Ende. Das ist gut so, und ich behalte nichts davon. Mit { COMMAND("peer ask") } kannst du jederzeit wieder jemanden zum Reden suchen.
talk-smaller = Jemand hat dieses Gespräch verlassen. Das ist gut so. Wer hier ist, darf bleiben, so lange es gefällt.

talk-openers = Ein paar Wege, anzufangen. Nehmt, was passt, und lasst den Rest.
talk-opener-length = „Wie lange wollen wir reden?“ Zehn Minuten sind auch gut.
talk-opener-pause = „Wie machen wir Pause, oder hören auf?“ Ein kurzes Wort genügt.
talk-opener-private = „Was bleibt unter uns?“
talk-opener-now = „Was wäre jetzt gut: erzählen, zuhören oder einfach Gesellschaft?“

choice-talk-openers = Ein paar Wege, anzufangen
choice-talk-leave = Dieses Gespräch verlassen

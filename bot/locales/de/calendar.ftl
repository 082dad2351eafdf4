# What stands in a member's calendar. Whoever sees it there may not know what it is about.

calendar-name = Treffen
calendar-off = Abgesagt: { $title }
calendar-title = Treffen

command-circle-calendar = Treffen in deinen eigenen Kalender holen
command-circle-file = Die Datei eines Treffens holen

circle-calendar = Eine Datei bringt ein Treffen in deinen eigenen Kalender. Sie nennt keinen Kreis und niemanden, der kommt. Welches?
circle-feed =
    { $on ->
        [yes] Du hast eine Adresse, die dein Kalenderprogramm liest. Dort steht, wozu du kommst, und Änderungen kommen von selbst.
       *[no] Stattdessen kann ich dir eine Adresse machen, die dein Kalenderprogramm liest. Dort steht dann, wozu du kommst, und Änderungen kommen von selbst.
    }
circle-file = Öffne diese Datei mit deinem Kalender. Wenn sich das Treffen ändert, hol sie dir noch einmal.
circle-feed-address = Gib diese Adresse deinem Kalenderprogramm und sonst niemandem: Wer sie hat, sieht, wann du dich triffst. Ich kann sie nicht noch einmal zeigen, denn ich behalte nur einen Hash davon.
circle-feed-anew = Die Adresse davor ist tot.
circle-feed-is = { $address }
circle-feed-names =
    { $names ->
        [yes] Kreise stehen jetzt mit ihrem Namen in deinem Kalender. Wer deinen Kalender sieht, kann sie lesen.
       *[no] Treffen in deinem Kalender haben jetzt keinen Namen.
    }
circle-feed-gone = Ausgeschaltet. Die Adresse ist tot, und was ich davon behielt, ist gelöscht.

refusal-circle-feeds = Adressen für Kalender sind hier nicht eingeschaltet, also habe ich keine gemacht. Dateien gehen: { COMMAND("circle calendar") }.
refusal-circle-feed-gone = Es gibt keine Adresse mehr von dir, also habe ich nichts geändert. Eine neue: { COMMAND("circle calendar") }.

choice-circle-file =
    { $number ->
        [0] Die Kalenderdatei holen
       *[other] Die Datei von Nummer { $number } holen
    }
choice-circle-feed = Eine Adresse machen
choice-circle-feed-anew = Die Adresse ändern
choice-circle-feed-names =
    { $names ->
        [yes] Namen von Kreisen weglassen
       *[no] Namen von Kreisen zeigen
    }
choice-circle-no-feed = Ausschalten

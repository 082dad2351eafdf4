## Eine Anfrage, bevor sie gestellt wird und solange sie offen ist.

peer-ready = So würde deine Anfrage aussehen: { $languages }, { $way ->
    [voice] im Gespräch
   *[text] schriftlich
}, { $place ->
    [direct] in Direktnachrichten
    [room] in einem Raum für zwei
   *[either] in einem Raum für zwei oder in Direktnachrichten
}, bis { $until }.{ $some ->
    [0] {""}
   *[other] {" "}Stichworte: { $words }.
} Noch ist nichts gespeichert. So fragen?
peer-ready-apart = Gibt es jemanden, dem du lieber nicht begegnest? Das kannst du vorher sagen. Es bleibt unter uns, und du kannst es auslassen.
peer-stopped-here = Es wurde nichts gefragt, und nichts ist gespeichert.
peer-hello = Hier schreibe ich dir.
peer-closed = Ich konnte dir nicht privat schreiben, darum wurde nichts geöffnet. Bitte erlaube private Nachrichten aus dieser Gemeinschaft und frag dann noch einmal.
peer-opened = { $kind ->
    [light] Dein Licht brennt bis { $until }.
   *[ask] Deine Anfrage ist offen bis { $until }.
} Die Karte dazu liegt in unserem privaten Gespräch. Dort kannst du sie jederzeit mit einem Tipp beenden.
peer-open = Deine Anfrage ist offen bis { $until }: { $languages }, { $way ->
    [voice] im Gespräch
   *[text] schriftlich
}, { $place ->
    [direct] in Direktnachrichten
    [room] in einem Raum für zwei
   *[either] in einem Raum für zwei oder in Direktnachrichten
}.{ $some ->
    [0] {""}
   *[other] {" "}Stichworte: { $words }.
} Ich frage eine Person nach der anderen, ohne deinen Namen. Vielleicht hat niemand Zeit. { $ask_first ->
    [yes] Sagt jemand ja, frage ich zuerst noch einmal dich.
   *[no] Wer zuerst ja sagt, lernt dich kennen.
}
peer-light = Dein Licht brennt bis { $until }: { $languages }, { $way ->
    [voice] im Gespräch
   *[text] schriftlich
}.{ $some ->
    [0] {""}
   *[other] {" "}Stichworte: { $words }.
} { $questions ->
    [0] Ich habe dich so oft gefragt, wie du wolltest, und frage nicht wieder.
    [one] Bis dahin frage ich dich vielleicht noch einmal, ob du mit jemandem reden magst. Du kannst ja, nein oder nichts sagen.
   *[other] Bis dahin frage ich dich vielleicht bis zu { $questions } Mal, ob du mit jemandem reden magst. Du kannst jedes Mal ja, nein oder nichts sagen.
}
peer-withdrawn = Zurückgezogen und gelöscht. Vielleicht hat jemand eine Frage gesehen, ohne deinen Namen. Du kannst jederzeit wieder fragen.
peer-light-out = Dein Licht ist aus, und alles dazu ist gelöscht. Du kannst es jederzeit wieder anmachen.
peer-yes-taken-back = Dein Ja ist zurückgenommen. Für alle anderen ist es, als hättest du nicht geantwortet.
peer-light-ended = Dein Licht ging um { $at } aus, und alles dazu ist gelöscht. Du kannst es jederzeit wieder anmachen.
peer-nothing-open = Hier ist nichts von dir offen, also gab es nichts zu beenden.
peer-ended = Was du offen hattest, ging um { $at } ohne Begegnung zu Ende und ist gelöscht. Das hat viele ganz gewöhnliche Gründe. Andere Anlaufstellen nennt { COMMAND("elsewhere") }.

## Die Frage, und was daraus wird.

peer-question = Jemand möchte mit einem anderen Mitglied reden: { $languages }, { $way ->
    [voice] im Gespräch
   *[text] schriftlich
}, { $place ->
    [direct] in Direktnachrichten
   *[room] in einem Raum für zwei
}.{ $some ->
    [0] {""}
   *[other] {" "}Stichworte: { $words }.
} Soll ich euch einander vorstellen? Wenn du ja sagst, seht ihr beide die Namen. Keine Antwort ist auch gut.
peer-question-over = Die Zeit für diese Frage ist vorbei, und es wurde nichts daraus. Das hat viele ganz gewöhnliche Gründe.
peer-yes-heard = Danke. Wenn es klappt, stelle ich euch bis { $at } vor. Wenn nicht, sage ich es dir dann. Bis dahin kannst du dein Ja zurücknehmen, hier oder mit { COMMAND("peer withdraw") }.
peer-no-heard = Das ist gut so. Niemand erfährt davon, und nichts wird gespeichert.

## Die Vorstellung: für beide dieselbe.

peer-named = { $name } ({ $member })
peer-introduced = { $one } und { $other }, ihr habt beide ja gesagt. Wie lange und worüber, entscheidet ihr zusammen. Ich frage nicht nach. Was ihr hier offen hattet, ist geschlossen, außer es sollte bleiben. { COMMAND("peer apart") } bleibt unter uns.
peer-introduced-direct = { $way ->
    [voice] Ihr könnt euch direkt schreiben und einen Anruf finden, der euch beiden passt. Ich bin nicht dabei.
   *[text] Ihr könnt euch direkt schreiben. Ich bin nicht dabei.
} Nicht zu antworten oder zu blockieren braucht nie einen Grund.
peer-introduced-room = { $way ->
    [voice] Es gibt einen Raum für euch zwei, um einen Anruf zu finden, der euch beiden passt. Ich höre nicht, was dort gesagt wird.
   *[text] Es gibt einen Raum für euch zwei. Ich höre nicht, was dort gesagt wird.
}
peer-no-room = Ich konnte keinen Raum machen, den nur ihr zwei lesen könnt, darum hier stattdessen eure Namen.
peer-room-name = ein Raum für zwei
peer-room-entered = Ich lasse dich hinein: Der Raum erscheint in deiner Liste. Wenn das nicht geht, sage ich es dir.
peer-room-stayed-out = Du bleibst draußen. Niemand erfährt davon, und nichts wird gespeichert.
peer-room-closed = Diese Tür geht nicht auf. Ihr zwei könnt euch direkt schreiben, oder du fragst jederzeit mit { COMMAND("peer ask") } neu.

## Was gerade ist.

peer-status-none = Von dir ist nichts offen.
peer-status-paused = Du machst Pause bis { $until }. Vorher wird dir niemand vorgestellt.
peer-status-yes = Du hast auf eine Frage ja gesagt. Bis { $at } hörst du von mir.
peer-status-asked = Es gibt eine Frage an dich, bis { $at }. Keine Antwort ist auch gut.

## Abstand, Stichworte und Pause.

peer-apart-added = Ich stelle euch zwei einander nicht vor. Nur du siehst das, und nur du kannst es ändern. Der andere Mensch erfährt es nicht.
peer-apart-none = Deine Liste ist leer.
peer-apart-list = Diesen Menschen stelle ich dich nicht vor. Nur du siehst diese Liste.
peer-apart-entry = { $number }. { $member }, seit { $added }
peer-apart-entry-unnamed = { $number }. Jemand, dessen Namen ich gerade nicht finde, seit { $added }
peer-apart-removed = Von deiner Liste genommen. Der andere Mensch erfährt es nicht.
peer-apart-not-there = Diese Person steht nicht auf deiner Liste, also habe ich nichts geändert.
peer-word = { $word }
peer-word-marked = { $mark ->
    [not] Dieses Wort halte ich von dir fern. Niemand erfährt davon. Es gilt für alles, was du von jetzt an öffnest.
    [ask] Wenn dieses Wort vorkommt, frage ich dich, bevor ich dich vorstelle. Es gilt für alles, was du von jetzt an öffnest.
   *[welcome] Dieses Wort ist willkommen. Dazu speichere ich nichts.
}
peer-marks = Nur du siehst diese Liste. Sie gilt für alles, was du von jetzt an öffnest.
peer-mark = { $mark ->
    [not] { $number }. { $word }: heute nicht
   *[ask] { $number }. { $word }: frag mich vorher
}
peer-marks-none = Du hast hier kein Stichwort markiert. Alle sind willkommen.
peer-marks-cleared = Diese Stichworte sind alle wieder willkommen. Dazu speichere ich nichts.
peer-mark-missing = Eine solche Markierung von dir gibt es nicht, also habe ich nichts geändert.
peer-paused = Du machst Pause bis { $until }. Bis dahin stelle ich dir niemanden vor, und niemand kann erkennen, warum. Was du offen hast, ruht so lange und endet zu seiner Zeit. Zurückziehen kannst du es trotzdem.
peer-resumed = Deine Pause ist vorbei. Sonst hat sich nichts geändert.
peer-not-paused = Du machst keine Pause, also habe ich nichts geändert.
peer-pause-over = Deine Pause ist zu Ende, wie du es geplant hast. Von selbst öffnet sich nichts.

## Zum Antippen.

choice-ask-like-this = So fragen
choice-change-details = Etwas ändern
choice-stop-here = Hier aufhören
choice-keep-apart = Abstand zu jemandem halten
choice-keep-open = Offen lassen
choice-keep-light = Anlassen
choice-withdraw = Zurückziehen
choice-withdraw-mine = Meine eigene Anfrage zurückziehen
choice-light-off = Mein Licht ausmachen
choice-say-yes = Ja, gern
choice-not-this-time = Diesmal nicht
choice-take-back = Mein Ja zurücknehmen
choice-say-yes-after-all = Doch noch ja sagen
choice-enter = Hineingehen
choice-stay-out = Draußen bleiben
choice-resume = Pause beenden
choice-show-apart = Meine Liste zeigen
choice-mark-word = Ein Stichwort markieren
choice-show-marks = Meine Markierungen zeigen
choice-clear-mark = Markierung { $number } löschen
choice-clear-marks = Alle Markierungen löschen
choice-together = { $number } von der Liste nehmen

## Was noch kommt, für /mine next.

coming-peer-ends = Um { $at } endet deine Anfrage, und ich sage es dir einmal. Vorher stelle ich dir vielleicht jemanden vor oder frage dich noch einmal.
coming-peer-light-ends = Um { $at } geht dein Licht aus, und ich sage es dir einmal. Vorher frage ich dich vielleicht, ob du reden magst.
coming-peer-question-over = Bis { $at } sage ich dir, was aus der Frage wurde, zu der du ja gesagt hast.
coming-peer-pause-ends = Um { $at } endet deine Pause, und ich sage es dir einmal.

## Was man fragen kann.

command-peer-ask = Jemanden zum Reden suchen
command-peer-request = Jemanden zum Reden suchen, mit eigenen Angaben
command-peer-withdraw = Deine Anfrage zurückziehen
command-peer-light-on = Dein Licht anmachen: man darf dich fragen, ob du reden magst
command-peer-light-off = Dein Licht ausmachen
command-peer-status = Alles sehen, was du offen hast
command-peer-apart = Jemandem nie vorgestellt werden
command-peer-apart-list = Sehen, zu wem du Abstand hältst
command-peer-together = Jemanden wieder von deiner Liste nehmen
command-peer-words = Markierte Stichworte sehen, oder sagen, wie es dir mit einem geht
command-peer-mark = Sagen, wie es dir mit einem Stichwort geht
command-peer-pause = In Ruhe gelassen werden bis zu einem Tag, den du wählst
command-peer-resume = Deine Pause beenden
param-word = Stichwort
param-mark = Wie es dir heute damit geht
param-day = Bis zu welchem Tag
option-mark-welcome = Willkommen
option-mark-ask = Frag mich vorher
option-mark-not = Heute nicht

## Ein Nein, und was ginge.

refusal-paused = Du machst Pause bis { $until }, darum wurde nichts geöffnet. { COMMAND("peer resume") } beendet die Pause.
refusal-too-new = Hier kann man nach { $days ->
    [one] einem Tag
   *[other] { $days } Tagen
} in der Gemeinschaft fragen, darum wurde nichts geöffnet. Ab { $at } geht es.
refusal-no-group = Hier wird innerhalb von Gruppen vorgestellt, und ich konnte deine nicht erkennen. Es wurde nichts geöffnet. Die Moderation kann dabei helfen.
refusal-timed-out = Du kannst in der Gemeinschaft gerade nicht sprechen, darum wurde nichts geöffnet. Danach geht es wieder.
refusal-today-over = Von heute ist zu wenig übrig, darum wurde nichts geöffnet. Zwei Stunden oder 24 Stunden gehen.
refusal-word-unknown = Dieses Stichwort steht nicht auf der Liste der Gemeinschaft, darum ist nichts geschehen. Bitte wähle eines von der Liste.
refusal-apart-self = Das wärst du selbst, also habe ich nichts geändert. Bitte wähle jemand anderen.
refusal-pause-between = Eine Pause endet frühestens morgen und spätestens in { $days } Tagen. Ich habe nichts geändert. Bitte wähle einen Tag dazwischen.
refusal-date-unknown = Diesen Tag konnte ich nicht lesen, also habe ich nichts geändert. Ein Datum wie 2027-03-04 geht, oder eine Zahl von Tagen.

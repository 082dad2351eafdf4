## Eine Zeit finden: welche von mehreren allen passt, die eine markiert haben, und nie, wer wann Zeit hat.

command-circle-find = Fragen, welche Zeiten passen, und sehen, welche allen passen
command-circle-mark = Zeiten markieren, die dir passen
command-circle-then = Einen Kreis zu einer gefundenen Zeit planen

param-times = Die Zeiten, 2 bis 6, mit Strichpunkten dazwischen
param-answer_days = Wie viele Tage man antworten kann
param-slot = Welche Zeit

find-understood = Ich würde in { $room } fragen, welche dieser Zeiten für { $title } passen, jeweils { $minutes } Minuten:
find-time = { $number }. { $when }
find-time-elsewhere = { $number }. { $when } ({ $here })
find-same = Einige waren dieselbe Zeit; sie steht einmal da.
find-understood-until = Antworten könnte man bis { $until }. Dann würde ich zeigen, welche Zeiten allen passen, die eine markiert haben, und sonst nichts.
find-asked = Gefragt in { $room }, bis { $until }. Dass du es warst, bewahre ich nicht auf: Nur mit dieser Karte kannst du es absagen oder früher beenden, nach { $hours } Stunden.
find-cannot = Dort kann ich noch nicht schreiben, darum habe ich niemanden gefragt.

find-title = Welche Zeit für { $title }?
find-length = { $minutes } Minuten lang. Antworten kannst du bis { $until }.
find-hidden = Dann zeige ich, welche Zeiten allen passen, die eine markiert haben, wenn es { $fewest } oder mehr sind. Wer was markiert hat und wie viele es sind, sieht niemand.

find-mine =
    { $marked ->
        [yes] { $number }. { $when }: markiert
       *[no] { $number }. { $when }: nicht markiert
    }
find-yours =
    { $any ->
        [yes] Das siehst nur du. Es wird versiegelt aufbewahrt und am Ende der Suche gelöscht. Ändern kannst du es bis { $until }.
       *[no] Du hast keine markiert, und ich bewahre nichts über dich auf. Markieren kannst du bis { $until }.
    }

find-works =
    { $times ->
        [one] Diese Zeit passt allen, die eine markiert haben:
       *[other] Diese Zeiten passen allen, die eine markiert haben:
    }
find-none = Keine Zeit, die noch kommt, passt allen, die eine markiert haben. Du kannst nach anderen fragen: { COMMAND("circle find") }.
find-few = Weniger als { $fewest } haben eine Zeit markiert, darum würde jede zeigen, wessen sie ist. Du kannst nach anderen fragen, oder mit mehr Tagen: { COMMAND("circle find") }.
find-erased = Was jemand markiert hat, ist gelöscht.

find-early = Sie bleibt mindestens bis { $until } offen, damit alle Zeit zum Antworten haben. Geändert habe ich nichts. Sie endet auch von selbst.
find-ended = Beendet. Was herauskam, steht in { $room }.
find-dropped = Abgesagt. Was markiert war, ist gelöscht.
find-dropped-here = Die Suche nach einer Zeit für { $title } ist abgesagt. Was markiert war, ist gelöscht.

refusal-times-number = Ich kann nach { $low } bis { $high } Zeiten fragen, mit Strichpunkten oder neuen Zeilen dazwischen. Geändert habe ich nichts. Schreib sie etwa so: Fr 19:30; Sa 10:00.
refusal-times-unknown = Zeit Nummer { $number } konnte ich nicht lesen, also habe ich nichts geändert. Schreib bitte jede wie eine von diesen: 2027-03-09 19:30, morgen 19:30, Fr 19:30, in 3 Tagen, +2h.
refusal-times-past = Zeit Nummer { $number } ist schon vorbei, darum habe ich niemanden gefragt. Schreib bitte eine, die noch kommt.
refusal-times-same = Das ist alles dieselbe Zeit, darum habe ich niemanden gefragt. Gib bitte mindestens zwei an.
refusal-find-many = Hier laufen schon { $limit } Suchen nach einer Zeit, darum habe ich keine weitere begonnen. Jede endet von selbst, und dann kannst du wieder fragen.
refusal-find-over = Diese Suche nach einer Zeit ist vorbei, darum habe ich nichts geändert. Du kannst eine neue beginnen: { COMMAND("circle find") }.

choice-find-mark = Passende Zeiten markieren
choice-find-works = Nummer { $number } markieren
choice-find-works-not = Nummer { $number } zurücknehmen
choice-find-none = Keine davon passt
choice-find-end = Jetzt beenden
choice-find-drop = Absagen
choice-find-then = Einen Kreis dann planen

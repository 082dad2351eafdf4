## Kreise: im Chat geplant, treu zur Uhr an der Wand, und wer kommt, bleibt privat.

command-circle-plan = Einen Kreis planen, einmal oder immer wieder
command-circle-pick = Einen Kreis planen, mit Tag und Stunde aus Listen
command-circle-list = Sehen, welche Kreise es gibt, und antworten
command-circle-roles = Sehen, welche Rollen in kommenden Treffen frei sind, und eine übernehmen
command-circle-roles-of = Die nächsten Treffen und ihre Rollen sehen
command-circle-roles-for = Die Rollen eines Treffens sehen
command-circle-lead = Wie lange vor jedem Treffen du eine Nachricht möchtest
command-circle-move-one = Dieses Treffen verlegen, nur dieses Mal
command-circle-shift = Für alle Treffen eine andere Zeit wünschen
command-circle-more = Mehr sehen
command-circle-come = Kommen
command-circle-maybe = Vielleicht kommen
command-circle-skip = Diesmal auslassen
command-circle-every = Jedes Mal kommen
command-circle-not-every = Nicht jedes Mal kommen
command-circle-remind = Davor eine Nachricht bekommen
command-circle-reminded = Den Wunsch nach einer Nachricht behalten
command-circle-no-notes = Diese Nachrichten abstellen
command-circle-host = Das Treffen begleiten oder das zurückgeben
command-circle-guardian = Auf das Treffen achtgeben oder das zurückgeben
command-circle-scribe = Mitschreiben oder das zurückgeben
command-circle-skip-one = Dieses ausfallen lassen
command-circle-end = Das Ende wünschen
command-circle-agree = Der Änderung zustimmen
command-circle-leave = So lassen, wie es ist
command-circle-show = Es unter den Events des Servers zeigen
command-circle-show-named = Es dort mit Namen zeigen
command-circle-show-neutral = Es dort als „Ein Kreis“ zeigen
command-circle-unshow = Es aus den Events des Servers nehmen

param-meets = Wann er sich trifft, etwa jeden zweiten Dienstag im Monat 19:30
param-weekday = An welchem Wochentag
param-hour = Um wie viel Uhr, nach der Uhr des Kreises
param-length = Wie viele Minuten lang
param-seats = Wie viele Plätze, falls es eine Zahl gibt
param-fewest = Wie viele genug sind, falls das wichtig ist
param-shows = Was Mitglieder davon sehen, wer kommt
param-speaks = Worte zum Anfang und zum Schluss sagen
option-weekday-mon = Montag
option-weekday-tue = Dienstag
option-weekday-wed = Mittwoch
option-weekday-thu = Donnerstag
option-weekday-fri = Freitag
option-weekday-sat = Samstag
option-weekday-sun = Sonntag
option-hour-0 = 00:00
option-hour-1 = 01:00
option-hour-2 = 02:00
option-hour-3 = 03:00
option-hour-4 = 04:00
option-hour-5 = 05:00
option-hour-6 = 06:00
option-hour-7 = 07:00
option-hour-8 = 08:00
option-hour-9 = 09:00
option-hour-10 = 10:00
option-hour-11 = 11:00
option-hour-12 = 12:00
option-hour-13 = 13:00
option-hour-14 = 14:00
option-hour-15 = 15:00
option-hour-16 = 16:00
option-hour-17 = 17:00
option-hour-18 = 18:00
option-hour-19 = 19:00
option-hour-20 = 20:00
option-hour-21 = 21:00
option-hour-22 = 22:00
option-hour-23 = 23:00
option-shows-state = Offen, fast voll oder voll
option-shows-names = Namen
option-speaks-yes = Ja
option-speaks-no = Nein

feature-circles = Kreise
off-circles = Kreise sind abgeschaltet. Geplante gehen weiter, und man kann antworten und sie beenden. Neue plant niemand, bis ihr sie anschaltet.
option-room_for-circles = Kreise
help-circle = Kreise
help-about-circle = { COMMAND("circle") } – Gruppen, die sich immer wieder treffen
choice-help-circle = Kreise zeigen
option-feature-circle = Kreise

circle-day =
    { $weekday ->
        [mon] Montag, { $day }
        [tue] Dienstag, { $day }
        [wed] Mittwoch, { $day }
        [thu] Donnerstag, { $day }
        [fri] Freitag, { $day }
        [sat] Samstag, { $day }
       *[sun] Sonntag, { $day }
    }
circle-day-in-year = { $day } { $year }
circle-when = { $day }, { $wall }, { $zone }
circle-for-you = Nach deiner eigenen Uhr: { $at }
circle-utc = { $day }, { $wall } UTC
circle-rhythm =
    { $kind ->
        [daily] Jeden Tag. Dann: { $days }
        [weekly] Jede Woche. Dann: { $days }
        [fortnightly] Alle zwei Wochen. Dann: { $days }
       *[other] Dann: { $days }
    }
circle-shift =
    { $shift ->
        [gap] Die Uhr wird dann vorgestellt und überspringt { $wall }; es beginnt gleich danach.
       *[twice] Die Uhr wird dann zurückgestellt und zeigt { $wall } zweimal; es ist das erste Mal.
    }
circle-clocks = Am { $day } wird die Uhr umgestellt. Der Kreis bleibt bei seiner Zeit, { $wall }.

circle-understood = Ich würde einen Kreis planen, { $title }, und ihn in { $room } ankündigen. Alle Mitglieder hier dürfen kommen: { COMMAND("circle list") } zeigt ihn allen.
circle-understood-when =
    { $days ->
        [0] { $when }, heute, { $minutes } Minuten lang
        [1] { $when }, morgen, { $minutes } Minuten lang
       *[other] { $when }, in { $days } Tagen, { $minutes } Minuten lang
    }
circle-understood-seats =
    { $names ->
        [yes] Mitglieder sehen, wer kommt.
       *[no] Wer kommt, wird nicht gezeigt.
    } { $seats ->
        [0] Für alle ist ein Platz da.
       *[other] Es gibt { $seats } Plätze.
    }
circle-planned = Geplant und in { $room } angekündigt. Er gehört euch allen: Dass du ihn geplant hast, bewahre ich nicht auf. Auf Dauer ändern ihn zwei.
circle-cannot = Dort kann ich noch nicht schreiben, darum wurde nichts geplant.

circle-title = { $title }
circle-state =
    { $state ->
        [open] Offen.
        [nearly] Fast voll.
       *[full] Voll; du kannst auf einen Platz warten.
    } { $names ->
        [yes] Wer kommt, wird hier gezeigt.
       *[no] Wer kommt, wird nicht gezeigt.
    }
circle-state-names =
    { $state ->
        [open] Offen.
        [nearly] Fast voll.
       *[full] Voll; du kannst auf einen Platz warten.
    } Es kommen: { $who }
circle-host-free = Begleitung: frei, falls jemand mag.
circle-role-lent =
    { $role ->
        [host] Begleitung: { $who }
        [guardian] Gibt acht: { $who }
       *[scribe] Schreibt mit: { $who }
    }
circle-asks = Änderungen sage ich einmal; Nachrichten davor kommen nur, wenn du das möchtest. Kommst du?
circle-begun = { $title } beginnt jetzt und geht bis { $until }.
circle-opening = Rede, hör zu oder gib weiter, und geh, wann du magst. Um eine Pause bitten dürfen alle. Eine Runde zum Anfang: Wie bist du hier? Mitgeschrieben wird nur, wenn jemand das übernommen hat.
circle-closing = { $title } kommt zum Ende. Wer mag, sagt ein Wort zum Abschied. Wer da war, steht nirgends.

circle-comes =
    { $every ->
        [yes] Du kommst jedes Mal zu { $title }, als Nächstes: { $when }. Änderungen sage ich einmal. Nachrichten davor kommen nur, wenn du darum bittest.
       *[no] Du kommst zu { $title }: { $when }. Änderungen sage ich einmal. Nachrichten davor kommen nur, wenn du darum bittest.
    }
circle-names-shown = Mitglieder können sehen, dass du kommst: Dieser Kreis zeigt es.
circle-enough =
    { $enough ->
        [yes] Ihr seid genug, um euch zu treffen.
       *[no] Nach der eigenen Zahl des Kreises seid ihr noch nicht genug.
    }
circle-waits = { $title } ist voll. Du hast einen Platz in der Reihe; wird einer frei, biete ich ihn dir an, mit Zeit zum Antworten.
circle-maybe = Vielleicht also: { $title }, { $when }. Das belegt keinen Platz. Änderungen sage ich einmal.
circle-skipped = Das ist gut so. Ich bewahre nichts davon auf, und bis zum Beginn kannst du es dir anders überlegen.
circle-not-every = Du kommst nicht mehr jedes Mal. Deine Antwort zu diesem Treffen bleibt, wie sie ist.
circle-you =
    { $answer ->
        [come] Zu diesem kommst du.
        [maybe] Zu diesem kommst du vielleicht.
        [wait] Du wartest auf einen Platz.
       *[none] Du hast nicht geantwortet oder lässt dieses aus; ich weiß nicht, welches von beiden.
    } { $every ->
        [yes] Du kommst jedes Mal.
       *[no] { "" }
    }
circle-more = Das alles siehst nur du. Ein Treffen ändert, wer es begleitet; begleitet es niemand, dann wer kommt. Alle Treffen ändern zwei.

circle-noted =
    { $posted ->
        [yes] Ich schreibe dir { $length } vor jedem Treffen, oder wenn es angekündigt wird, falls das später ist, ohne den Kreis zu nennen. Das heißt nicht, dass du kommst.
       *[no] Ich schreibe dir { $length } vor jedem Treffen, ohne den Kreis zu nennen. Das heißt nicht, dass du kommst.
    }
circle-not-noted = Ich konnte dir nicht privat schreiben, darum kommt nichts, und ich bewahre nichts auf. Stattdessen kann es dir dein Kalender sagen: { COMMAND("circle calendar") }.
circle-no-notes = Davor bekommst du keine Nachrichten.
circle-note = Die Nachricht, um die du gebeten hast: { $at }. Ob du kommst, ist dir überlassen.
circle-note-late =
    { $begun ->
        [yes] Die Nachricht, um die du gebeten hast, verspätet, weil ich nicht lief: Es hat schon begonnen ({ $at }). Ob du kommst, ist dir überlassen.
       *[no] Die Nachricht, um die du gebeten hast, verspätet, weil ich nicht lief: { $at }. Ob du kommst, ist dir überlassen.
    }
circle-note-begun = Die Nachricht, um die du gebeten hast, aufgehoben bis nach deinen Ruhezeiten: Es hat schon begonnen ({ $at }). Ob du kommst, ist dir überlassen.
circle-clocks-you = Bald wird die Uhr umgestellt. Wozu du nach deiner Uhr ({ $zone }) um { $was } kommst, ist ab { $day } um { $now }. Dort, wo es stattfindet, bleibt die Zeit gleich.
circle-late = Verspätet, weil ich nicht lief: { $line }
coming-circle-note = { $at }: eine Nachricht vor einem Kreis, wie gewünscht
coming-circle-clocks = { $at }: was sich für dich ändert, wenn die Uhr umgestellt wird

circle-offer = Ein Platz ist frei, auf den du gewartet hast: { $at }. Er ist deiner, wenn du ihn bis { $until } nimmst. Wenn nicht, geht er an jemand anderen weiter, und das ist gut so.
circle-stop = Ich schreibe dir, weil du kommen wolltest, sicher oder vielleicht, oder eine Rolle darin hast. { COMMAND("circle list") } nimmt eine Antwort zurück, { COMMAND("circle roles") } eine Rolle.
circle-told-skipped =
    { $late ->
        [yes] Wozu du vielleicht gekommen wärst oder wobei du eine Rolle hattest, hat nicht stattgefunden: { $at }. Es wurde vorher abgesagt.
       *[no] Wozu du vielleicht gekommen wärst oder wobei du eine Rolle hast, findet diesmal nicht statt: { $at }.
    }
circle-told-moved =
    { $late ->
        [yes] Wozu du vielleicht gekommen wärst oder wobei du eine Rolle hattest, wurde vorher verlegt. Bisher: { $was }. Dann: { $at }.
       *[no] Wozu du vielleicht kommst oder wobei du eine Rolle hast, ist verlegt. Bisher: { $was }. Jetzt: { $at }. Deine Antwort bleibt, wenn du sie nicht änderst.
    }
circle-told-ended = Wozu du vielleicht kommst oder wobei du eine Rolle hast, ist beendet, von zweien. Es gibt keine Treffen mehr.
circle-told-shifted = Wozu du vielleicht kommst oder wobei du eine Rolle hast, ist von nun an zu einer anderen Zeit. Zuerst: { $at }. Es ist neu angekündigt; Antworten beginnen von vorn.
circle-told-no-room = Wozu du vielleicht kommst oder wobei du eine Rolle hast, ist beendet: Den Raum dafür gibt es nicht mehr. Neu planen dürfen es alle, in einem anderen: { COMMAND("circle plan") }.

circle-list = Kreise hier:
circle-none = Hier ist kein Kreis geplant. Planen dürfen ihn alle: { COMMAND("circle plan") }.
circle-entry = { $number }. { $title }: { $when }, in { $room }

circle-skipped-here = { $title } trifft sich diesmal nicht: { $when }
circle-done-skipped = Es findet nicht statt. Wer vielleicht gekommen wäre, erfährt es, einmal.
circle-move-understood = Dieses Treffen wäre { $when }. Die danach bleiben, wie sie sind.
circle-done-moved = Es ist jetzt { $when }. Wer vielleicht kommt, erfährt es, einmal.
circle-shift-understood = Von nun an wäre es { $when }. Dazu gehört ein zweites Mitglied, das kommt; ich frage in seinem Raum, ohne deinen Namen.
circle-wish-shift = Jemand wünscht für diesen Kreis eine andere Zeit, auf Dauer: zuerst { $when }
circle-wish-end = Jemand wünscht, diesen Kreis zu beenden, mit allen Treffen.
circle-second = Dazu gehört noch jemand, der kommt. Sonst bleibt alles, wie es ist.
circle-wished = Ich habe in { $room } nach einem zweiten Mitglied gefragt, ohne deinen Namen. Nach { $days } Tagen verfällt es, und alles bleibt, wie es ist.
circle-done-shifted = Geändert, von zweien. Das nächste ist { $when }. Wer vielleicht kommt, erfährt es, einmal.
circle-done-ended = Beendet, von zweien. Wer vielleicht gekommen wäre, erfährt es, einmal.
circle-ended-here = { $title } ist beendet, von zweien. Es gibt keine Treffen mehr.
circle-left-so = Das ist gut so. Es ändert sich nichts, wenn nicht jemand anderes zustimmt.
circle-taken-back = Zurückgenommen. Alles bleibt, wie es ist.

circle-role-yours =
    { $role ->
        [host] Du begleitest dieses Treffen.
        [guardian] Du gibst auf dieses Treffen acht.
       *[scribe] Du schreibst bei diesem Treffen mit.
    } { $posted ->
        [yes] Das steht in seiner Ankündigung.
       *[no] Das wird in seiner Ankündigung stehen.
    } Noch einmal drücken gibt es zurück.
circle-role-back = Zurückgegeben. Das Treffen findet trotzdem statt.
circle-role-taken =
    { $role ->
        [host] Dieses Treffen begleitet schon jemand. Andere Treffen: { COMMAND("circle roles") }.
        [guardian] Auf dieses Treffen gibt schon jemand acht. Andere Treffen: { COMMAND("circle roles") }.
       *[scribe] Bei diesem Treffen schreibt schon jemand mit. Andere Treffen: { COMMAND("circle roles") }.
    }
circle-roles-entry = { $number }. { $title }
circle-roles-when =
    { $free ->
        [0] { $number }. { $day }, { $wall }: alle Rollen sind vergeben
        [3] { $number }. { $day }, { $wall }: alle Rollen sind frei
        [one] { $number }. { $day }, { $wall }: eine Rolle ist frei
       *[other] { $number }. { $day }, { $wall }: { $free } Rollen sind frei
    }
circle-roles = Eine Rolle gilt für ein Treffen und beginnt beim nächsten leer. Niemand muss eine übernehmen.
circle-roles-named = Wer eine Rolle hat, steht in der Ankündigung des Treffens und kann sie bis zum Beginn zurückgeben.

circle-show = Alle auf dem Server sähen dieses Treffen unter den Events, auch wer den Raum nicht sieht. Wer dort „Interessiert“ drückt, steht da mit Namen. Antworten von hier bleiben, wie sie sind. Es geht nur um dieses eine Treffen; mit seinem Ende verschwindet es dort. Unter welchem Namen?
circle-showing = Ich setze es unter die Events des Servers. Es wandert mit dem Treffen mit. Geht es nicht, schreibe ich dir. Das nächste Treffen steht nicht von selbst dort.
circle-shown = Es steht unter den Events des Servers.
circle-shown-already = Es steht schon unter den Events des Servers, darum habe ich nichts geändert.
circle-unshown = Ich nehme es aus den Events des Servers, mit der Liste der Interessierten. Das Treffen selbst bleibt, wie es ist.
circle-cannot-show = Ich kann es noch nicht unter den Events des Servers zeigen, darum hat sich nichts geändert.
circle-not-shown =
    { $why ->
        [forbidden] Dein Treffen, { $at }, steht nicht unter den Events des Servers: Ich darf dort keine anlegen. Sonst hat sich nichts geändert.
        [gone] Dein Treffen, { $at }, steht nicht unter den Events des Servers: Ich finde seinen Raum nicht. Sonst hat sich nichts geändert.
       *[other] Dein Treffen, { $at }, steht nicht unter den Events des Servers: Sie haben es nicht angenommen, vielleicht sind es zu viele. Sonst hat sich nichts geändert.
    }
circle-event = Ein Kreis
circle-event-about = Wer hier „Interessiert“ drückt, steht da mit Namen. Um privat zu antworten, folge der Adresse zum Raum.

refusal-circle-nowhere = Ich weiß nicht, wo ich ihn ankündigen soll, darum wurde nichts geplant. Bitte frag in einem Raum der Gemeinschaft, oder die Moderation wählt einen: { COMMAND("setup room") }.
refusal-circle-many = Hier sind schon { $limit } Kreise geplant, darum habe ich keinen weiteren geplant. Einer davon kann zuerst enden: { COMMAND("circle list") }.
refusal-circle-two-rhythms = Du hast einen Rhythmus geschrieben und einen anderen gewählt, darum wurde nichts geplant. Bitte gib einen von beiden an.
refusal-circle-over = Dieses Treffen hat begonnen, ist vorbei oder wurde geändert, darum gab es nichts zu tun. Was es gibt: { COMMAND("circle list") }.
refusal-circle-not-host = Dieses Treffen ändert, wer es begleitet; begleitet es niemand, dann wer kommt. Ich habe nichts geändert. Du kannst zuerst sagen, dass du kommst.
refusal-circle-not-coming = Was auf Dauer gilt, ändern zwei, die kommen. Darum habe ich niemanden gefragt. Du kannst zuerst sagen, dass du kommst.
refusal-circle-second = Dazu gehört ein zweites Mitglied, das kommt und es nicht selbst gewünscht hat. Ich habe nichts geändert.
refusal-circle-change-gone = Dieser Wunsch ist zurückgenommen, entschieden oder verfallen, darum habe ich nichts geändert. Was es gibt: { COMMAND("circle list") }.
refusal-circle-moved-far = Das danach ist { $day }, { $wall }, { $zone }, darum habe ich nichts verlegt. Eine Zeit, zu der dieses bis dahin vorbei ist, geht.
refusal-circle-wish-open = Jemand wünscht für diesen Kreis schon eine andere Änderung, darum habe ich niemanden gefragt. Ist sie entschieden, zurückgenommen oder verfallen, kannst du deine wünschen.
refusal-circle-no-events = Hier gibt es keine Liste von Events, darum habe ich nichts geändert.

choice-circle-come = Kommen
choice-circle-maybe = Vielleicht kommen
choice-circle-skip = Diesmal auslassen
choice-circle-every = Jedes Mal kommen
choice-circle-not-every = Nicht jedes Mal kommen
choice-circle-more = Mehr sehen
choice-circle-look = Nummer { $number } ansehen
choice-circle-take = Platz nehmen
choice-circle-pass = Weitergehen lassen
choice-circle-remind = Mir davor schreiben
choice-circle-no-notes = Diese Nachrichten abstellen
choice-circle-lead = Ändern, wie lange davor
choice-circle-host = Das Treffen begleiten
choice-circle-guardian = Auf das Treffen achtgeben
choice-circle-scribe = Mitschreiben
choice-circle-hand-back = Rolle zurückgeben
choice-circle-skip-one = Dieses ausfallen lassen
choice-circle-move-one = Dieses verlegen
choice-circle-shift = Andere Zeit für alle wünschen
choice-circle-end = Ende wünschen
choice-circle-agree = Zustimmen
choice-circle-leave = So lassen, wie es ist
choice-circle-show = Unter den Events des Servers zeigen
choice-circle-show-named = Mit Namen zeigen
choice-circle-show-neutral = Als „Ein Kreis“ zeigen
choice-circle-unshow = Aus den Events des Servers nehmen

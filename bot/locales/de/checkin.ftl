## Check-in-Räume: sagen, wie es einem geht, oder einfach mit anderen da sein. Niemand wird gezählt.

command-checkin-open = Einen Check-in-Raum öffnen, jetzt oder später
command-checkin-another = Einen weiteren Raum öffnen
command-checkin-join = Dazukommen
command-checkin-listen = Nur zuhören
command-checkin-skip = Heute nicht
command-checkin-leave = Leise gehen
command-checkin-go-on = Weitermachen
command-checkin-pass = Weitergeben
command-checkin-pause = Um eine Pause bitten
command-checkin-resume = Nach der Pause weitermachen
command-checkin-host = Gastgeben
command-checkin-guard = Auf die Runde achten
command-checkin-no-prompts = Ohne Anregungen weitermachen
param-minutes = Wie viele Minuten, von 20 bis 120
param-kind = Was darin geschieht
option-kind-guided = Eine Runde mit Anregungen, dann offenes Gespräch
option-kind-open = Offenes Gespräch
param-size = Für höchstens wie viele Menschen

checkin-room-name = Check-in

checkin-understood =
    { $days ->
        [0] Ich würde einen Check-in-Raum in { $room } ankündigen, für heute: { $at }, { $zone }
        [1] Ich würde einen Check-in-Raum in { $room } ankündigen, für morgen: { $at }, { $zone }
       *[other] Ich würde einen Check-in-Raum in { $room } ankündigen, in { $days } Tagen: { $at }, { $zone }
    }
checkin-opens-now = Ein Check-in-Raum öffnet jetzt, bis { $until }. Ich sehe nach, wer ihn lesen kann, und lade dann in { $room } alle ein. Auch du kommst von dort hinein.
checkin-opens-then = Ein Check-in-Raum öffnet { $at }, bis { $until }. Das sage ich jetzt in { $room }, und zu dieser Zeit lade ich dort alle ein.
checkin-opened-by = Ich sage niemandem, dass du es warst, und merke es mir nicht. Darum kann nur diese Nachricht ihn vorher schließen.
checkin-called-off = Geschlossen und gelöscht. Wer es war, habe ich niemandem gesagt.
checkin-cannot = Ich kann noch keinen Raum öffnen. Geöffnet ist nichts.

checkin-announced =
    { $kind ->
        [guided] Hier öffnet { $at } ein Check-in-Raum, bis { $until }: eine Runde für alle, die etwas sagen mögen, dann offenes Gespräch. Du kannst reden, zuhören oder weitergeben, und niemand wird gezählt.
       *[open] Hier öffnet { $at } ein Check-in-Raum, bis { $until }: offenes Gespräch für alle, die Gesellschaft mögen. Du kannst reden oder zuhören, und niemand wird gezählt.
    }
checkin-card =
    { $kind ->
        [guided] Ein Check-in-Raum ist offen bis { $until }. Rede, höre zu oder gib weiter; niemand wird gezählt. Die anderen darin sehen, dass du gekommen bist.
       *[open] Ein Check-in-Raum für offenes Gespräch ist offen bis { $until }. Rede oder höre zu; niemand wird gezählt. Die anderen darin sehen, dass du gekommen bist.
    }
checkin-not-held = Der Check-in-Raum von { $at } findet nicht statt. Alle können einen anderen öffnen: { COMMAND("checkin open") }.
checkin-not-made = Ein Check-in-Raum ließ sich hier gerade nicht einrichten. Niemand kam hinein. Alle können es noch einmal versuchen: { COMMAND("checkin open") }.
checkin-too-wide = Ich habe einen Check-in-Raum geschlossen, bevor jemand darin war: Mehr Menschen konnten ihn lesen, als er gedacht war. Warum, sieht die Moderation mit { COMMAND("setup check") }.
checkin-broke-off = Ich kann in dem Check-in-Raum nicht mehr schreiben, darum ist er vorbei. Alle können einen anderen öffnen: { COMMAND("checkin open") }.

checkin-let-in = Ich lasse dich hinein: { $room }. Er ist offen bis { $until }. Du kannst jederzeit gehen, und es steht dort nichts davon.
checkin-not-let-in = Ich konnte dich nicht hineinlassen und merke mir nichts davon. Du kannst noch einmal drücken oder es dabei lassen.
checkin-not-yet = Der Raum ist noch nicht offen. Er öffnet { $at }; bitte drück dann noch einmal.
checkin-skipped = Das ist in Ordnung. Ich merke mir nichts davon, und die Karte bleibt für später dort.
checkin-full = Dieser Raum ist voll. Du kannst mit einem Druck einen zweiten wie diesen öffnen.
checkin-is-another = Es gibt einen zweiten Raum wie diesen, offen bis { $until }.
checkin-left = Du bist gegangen. Es steht nichts davon im Raum, und ich merke mir nichts. Über die Karte kommst du wieder hinein.
checkin-left-seat = Es steht nichts davon im Raum, und ich merke mir nichts über dich darin. Über die Karte kommst du wieder hinein.
checkin-over = Dieser Check-in ist vorbei, oder du bist nicht in seinem Raum. Darum war nichts zu tun.

checkin-opening =
    { $kind ->
        [guided] Du kannst reden, zuhören, weitergeben und leise gehen. In ein paar Minuten beginnt eine Runde, oder wenn jemand von euch sie beginnen lässt. Dieser Raum schließt { $until }.
       *[open] Du kannst reden oder einfach da sein, und leise gehen. Dieser Raum schließt { $until }.
    }
checkin-next = Als Nächstes, wenn du magst: { $who }
checkin-talk = Das Gespräch ist jetzt offen, bis { $until }.
checkin-checked-out = Ihr könnt bleiben bis { $until }.
checkin-goes-on = Es geht weiter.
checkin-moved-on = Es ist schon weitergegangen. Niemand wurde übersprungen.
checkin-passed-once = Du hast weitergegeben, und das ist gut so. Nach den anderen frage ich dich noch einmal.
checkin-passed-twice = Du hast weitergegeben, und das ist gut so. Schreiben kannst du weiterhin, wann du magst.
checkin-nobodys-turn = Gerade ist niemand eingeladen, darum gibt es nichts weiterzugeben. Schreib oder sei still, wie du magst.
checkin-turn-of = Die Einladung geht gerade an { $who }. Schreib oder sei still, wie du magst.
checkin-pause = Eine Pause. Ich sage nichts, bis jemand weitermacht, oder bis { $until }.
checkin-paused = Jetzt ist Pause. Sie endet, wenn jemand im Raum weitermacht, oder { $until }.
checkin-after-pause = Die Pause ist vorbei.
checkin-notice =
    { $kind ->
        [guided] Dieser Raum schließt { $until }. Jetzt beginnt eine letzte Runde. Wer länger bleiben mag, kann einen zweiten Raum öffnen.
       *[open] Dieser Raum schließt { $until }. Wer länger bleiben mag, kann einen zweiten Raum öffnen.
    }
checkin-notice-erased = Wo ich darf, lösche ich den Raum dann, mit allem, was darin steht.
checkin-role =
    { $role ->
        [host] { $who } wäre diesmal gern Gastgeber oder Gastgeberin hier.
       *[guardian] { $who } würde diesmal gern auf die Runde achten.
    }
checkin-role-yours =
    { $role ->
        [host] Du bist in diesem Raum Gastgeber oder Gastgeberin. Noch einmal drücken gibt es zurück. Es endet mit dem Raum, oder wenn du gehst.
       *[guardian] Du achtest in diesem Raum auf die Runde. Noch einmal drücken gibt es zurück. Es endet mit dem Raum, oder wenn du gehst.
    }
checkin-role-back = Zurückgegeben. Im Raum sage ich nichts davon.
checkin-no-seat = Das ist für alle, die über die Karte gekommen sind. Bitte drück zuerst dort, dann hier.
checkin-without-prompts = In diesem Raum gibt es keine Anregungen mehr.
checkin-prompts-off = Anregungen gibt es in diesem Raum nun nicht mehr.

refusal-checkin-nowhere = Ich weiß nicht, wo ich es ankündigen soll, darum ist nichts geöffnet. Bitte frag in einem Raum der Gemeinschaft, oder lass die Moderation einen wählen: { COMMAND("setup room") }.
refusal-checkin-many = Es sind schon { $limit } Check-in-Räume offen oder angekündigt, darum habe ich keinen weiteren geöffnet. Du kannst in einen davon gehen oder warten, bis einer vorbei ist.
refusal-checkin-cannot-here = Auf dieser Plattform kann ich keine Räume einrichten, darum ist nichts geöffnet.
refusal-checkin-timed-out = Du kannst in der Gemeinschaft gerade nicht schreiben, darum habe ich dich nicht hineingelassen. Wenn das vorbei ist, geht es.
choice-checkin-join = Dazukommen
choice-checkin-listen = Nur zuhören
choice-checkin-skip = Heute nicht
choice-checkin-leave = Leise gehen
choice-checkin-pause = Pause
choice-checkin-pass = Weitergeben
choice-checkin-go-on = Weiter
choice-checkin-begin = Die Runde beginnen
choice-checkin-no-prompts = Ohne Anregungen
choice-checkin-host = Gastgeben
choice-checkin-guard = Auf die Runde achten
choice-checkin-stay = Länger bleiben
choice-checkin-another = Einen zweiten Raum öffnen
choice-checkin-call-off = Schließen

## Ein paar Zeilen an die Moderation. Nichts davon wird behalten.

command-tell-moderators = Der Moderation schreiben, nachdem du siehst, wer es liest
command-tell-write = Der Moderation schreiben
command-setup-willing = Sagen, ob Mitglieder dir schreiben können
param-note = Was du sagen möchtest
param-named = Was sie von dir sehen
option-named-named = Meinen Namen, damit sie antworten können
option-named-unnamed = Keinen Namen, also auch keine Antwort

tell-what = Du wählst, wer es liest. Ich gebe es weiter und behalte nichts.
tell-room = Es liest der Raum der Moderation: { $room }
tell-willing = Es liest allein jemand aus der Moderation, mit eigener Zusage: { $member }
tell-nobody = Aus der Moderation hat niemand zugesagt, dass man so schreiben kann, und einen Raum dafür gibt es nicht. Darum kann ich nichts weitergeben. Andere Anlaufstellen: { COMMAND("elsewhere") }.
tell-seen =
    { $named ->
        [named] Sie sehen deinen Namen: { $member }
       *[unnamed] Sie sehen keinen Namen. Es kann keine Antwort kommen, und wie du schreibst, verrät vielleicht trotzdem, wer du bist.
    }
tell-sent = Es ist weitergegeben. Ich habe nichts davon behalten und weiß nicht, was daraus wird.
tell-not-sent = Dorthin ließ es sich nicht weitergeben, und ich habe nichts behalten. Du kannst jemand anderes wählen: { COMMAND("tell-moderators") }.
tell-note-named = { $member } in { $place } hat mich gebeten, das weiterzugeben:
tell-note-unnamed = Ein Mitglied in { $place } hat mich gebeten, das ohne Namen weiterzugeben. Eine Antwort erreicht es nicht:
tell-note-words = { $words }
tell-note-stop = Ich behalte nichts davon. Damit man dir nicht mehr schreibt: { COMMAND("setup willing") }.

tell-are-you =
    { $willing ->
        [yes] Mitglieder können dir schreiben.
       *[false] Mitglieder können dir über mich nicht schreiben.
    }
tell-willing-means = Wenn du zusagst, sehen Mitglieder deinen Namen bei { COMMAND("tell-moderators") }. Was sie schreiben, kommt sofort, auch in deinen stillen Stunden, denn ich behalte nichts für später. Du kannst jederzeit absagen.
tell-now-willing = Mitglieder können dir jetzt schreiben. Du kannst jederzeit absagen: { COMMAND("setup willing") }.
tell-now-not = Mitglieder sehen dich dort nicht mehr.
tell-closed = Ich konnte dir nicht privat schreiben, darum ist nichts geändert. Bitte erlaube private Nachrichten aus dieser Gemeinschaft und versuch es dann noch einmal.

refusal-tell-gone = Dort liest niemand mehr, darum habe ich nichts weitergegeben und nichts behalten. Wer liest, siehst du hier: { COMMAND("tell-moderators") }.

choice-tell-room = Dem Raum schreiben
choice-tell-member = { $member } schreiben
choice-tell-be-willing = Mitglieder mir schreiben lassen
choice-tell-be-not = Niemanden mir schreiben lassen

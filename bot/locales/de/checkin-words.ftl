## Was eine Gemeinschaft in ihren Check-in-Räumen sagt.

command-checkin-prompts = Für die Moderation: schreibe Anregungen für Check-in-Räume
command-checkin-words = Für die Moderation: wähle, womit Check-in-Räume öffnen und schließen

param-prompts = Eure eigenen Anregungen, eine je Zeile
param-starters = Die Anregungen, die ich mitbringe
option-starters-yes = Auch nutzen
option-starters-no = Weglassen
param-opening = Womit ein Raum öffnet
param-closing = Womit ein Raum schließt
param-visible = Wer in einen Raum hineinsehen kann
option-visible-yes = Alle in dieser Gemeinschaft
option-visible-no = Nur wer hereinkommt
param-delete_rooms = Was mit einem Raum wird, der schließt
option-delete_rooms-yes = Er wird gelöscht, wo ich darf
option-delete_rooms-no = Er bleibt, archiviert

checkin-prompt = { $prompt }
checkin-own-words = { $words }
checkin-opening-words = Willkommen. Erzählt, lauscht oder gebt weiter: alles davon ist hier recht. Es ist Zeit genug.
checkin-closing-words = Die Zeit dieses Raums ist um, und er schließt jetzt. Schön, dass ihr da wart, auf welche Weise auch immer.

checkin-prompts-own = Eure eigenen Anregungen für die Runde am Anfang:
checkin-prompts-no-own = Ihr habt keine eigenen Anregungen.
checkin-starters = { $starters ->
    [yes] { $own ->
        [0] In euren Räumen kommen die Anregungen, die ich mitbringe. Niemand muss darauf antworten.
       *[other] Eure und die, die ich mitbringe, wechseln sich ab. Eure kommen zuerst, jede einmal. { COMMAND("setup clear") } nimmt eure weg.
    }
   *[no] { $own ->
        [0] So kommt in euren Räumen keine Anregung. In einer Runde werden alle ohne eine eingeladen.
       *[other] Nur eure kommen, und in der Runde vor dem Schließen keine. { COMMAND("setup clear") } nimmt eure weg.
    }
}
checkin-opens-with = Ein Raum öffnet damit: { $words }
checkin-closes-with = Er schließt damit: { $words }
checkin-visible = { $visible ->
    [yes] Alle in dieser Gemeinschaft können in einen Raum hineinsehen, wo eine Plattform solche Räume hat. Sonst kann es nur, wer hereinkommt.
   *[no] In einen Raum hineinsehen kann nur, wer hereinkommt, und wen die Plattform lässt.
} Wer ihn lesen kann, sage ich vor dem Hineingehen. { COMMAND("setup clear") } nimmt eure Worte weg; dann sage ich meine.
checkin-erased = { $erased ->
    [yes] Ich lösche jeden Raum, wenn er vorbei ist, mit allem, was darin steht. Auf Discord kann ich das, wo ich Threads verwalten darf.
   *[no] Räume, die vorbei sind, bleiben so, wie die Plattform sie behält, archiviert.
}

choice-checkin-prompts = Anregungen für Check-ins schreiben
choice-checkin-words = Worte für Check-ins wählen
option-which-prompts = Anregungen für Check-in-Räume
option-which-opening = Womit Check-in-Räume öffnen
option-which-closing = Womit Check-in-Räume schließen

help-checkin = Check-in-Räume
help-about-checkin = { COMMAND("checkin") } – ein Raum, um zu sagen, wie es ist, oder mit anderen da zu sein
choice-help-checkin = Check-in-Räume zeigen
option-feature-checkin = Check-in-Räume

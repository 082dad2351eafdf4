command-help = Sieh, worum du bitten kannst

help-title = Worum du bitten kannst
help-what = Ich bin Porchlight, ein Programm. Ich stelle Leute einander vor, die mit einem Peer reden möchten, und behalte kein Gespräch.
help-about-peer = { COMMAND("peer") } – nach einem Peer zum Reden fragen oder dein Licht anlassen
help-about-plan = { COMMAND("plan") } – an einen gemeinsamen Plan erinnert werden
help-about-mine = { COMMAND("mine") } – alles sehen, ändern, anhalten oder löschen, was dir gehört
help-about-setup = { COMMAND("setup") } – für die Moderation: eine Gemeinschaft einrichten
help-about-about = { COMMAND("about") } – was ich bin, was ich behalte, und andere Anlaufstellen
help-more = { COMMAND("help") } und eins dieser Wörter erzählt mehr. Nur du siehst das hier.
help-peer = Mit einem Peer reden
help-plan = Erinnerungen an Pläne
help-mine = Was dir gehört
help-setup = Einrichten, für die Moderation
help-about = Über mich, und andere Anlaufstellen
help-limits = { $days ->
    [0] Hier kann man sofort fragen
    [one] Hier kann man nach einem Tag in der Gemeinschaft fragen
   *[other] Hier kann man nach { $days } Tagen in der Gemeinschaft fragen
}, mit einer offenen Anfrage zur selben Zeit. { $groups ->
    [0] Vorgestellt werden alle allen.
    [one] Vorgestellt wird innerhalb einer Gruppe, die die Moderation gewählt hat.
   *[other] Vorgestellt wird innerhalb von je einer von { $groups } Gruppen, die die Moderation gewählt hat.
}
help-command = { $command } – { $says }

choice-help-peer = Peer-Befehle zeigen
choice-help-plan = Erinnerungen an Pläne zeigen
choice-help-mine = Zeigen, was mir gehört
choice-help-setup = Das Einrichten zeigen
choice-help-about = Den Rest zeigen
choice-help-back = Ganze Hilfe zeigen

param-feature = Worüber
option-feature-peer = Mit einem Peer reden
option-feature-plan = Erinnerungen an Pläne
option-feature-mine = Was mir gehört
option-feature-setup = Einrichten
option-feature-about = Der Rest

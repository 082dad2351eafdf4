## Erinnerungen an einen Plan: der Link und die Zeit, nie der Plan.

command-plan-remind = An einen Plan erinnert werden, über seinen Link
command-plan-list = Deine Erinnerungen an Pläne sehen und ändern
command-plan-change = Eine Erinnerung verschieben
command-plan-cancel = Eine Erinnerung absagen
command-plan-too = Auch daran erinnert werden
param-link = Link zum Plan
param-when = Wann, etwa morgen 19:30 oder in 3 Tagen
param-number = Ihre Nummer in deiner Liste

plan-understood =
    { $days ->
        [0] Ich würde dich heute erinnern: { $at }, { $zone }, an { $link }
        [1] Ich würde dich morgen erinnern: { $at }, { $zone }, an { $link }
       *[other] Ich würde dich in { $days } Tagen erinnern: { $at }, { $zone }, an { $link }
    }
plan-shift =
    { $shift ->
        [gap] Dann wird die Uhr vorgestellt und überspringt deine Zeit; das hier ist die danach.
       *[twice] Dann wird die Uhr zurückgestellt und zeigt diese Zeit zweimal; das hier ist das erste Mal.
    }
plan-quiet = Das liegt in deinen stillen Stunden. Es kommt trotzdem, denn du hast die Zeit gewählt.
plan-asks-here = Ich würde Link und Zeit auch hier zeigen, ohne deinen Namen, damit andere sich ebenso erinnern lassen können. Soll es bei dir bleiben, frag mich privat.
plan-kept = Ich erinnere dich: { $at }. Bis dahin behalte ich Link und Zeit, sonst nichts. Wer die Gemeinschaft verlässt, wird nicht erinnert.
plan-closed = Ich konnte dir nicht privat schreiben, darum ist nichts geplant. Bitte erlaube private Nachrichten aus dieser Gemeinschaft und frag dann noch einmal.
plan-offer = Ein Plan von Leuten hier: { $link }. Möchtest du erinnert werden, { $at }? Es kommt privat zu dir, und niemand erfährt davon.
plan-over = Diese Erinnerung ist vorbei oder zurückgenommen, darum ist nichts geplant.
plan-none = Du hast keine Erinnerungen an Pläne.
plan-list = Deine Erinnerungen an Pläne:
plan-entry = { $number }: { $at }, { $link }
plan-cancelled = Abgesagt und gelöscht. Wer um dasselbe gebeten hat, behält es.
plan-reminder = Die Erinnerung, um die du gebeten hast, { $at }: { $link }
plan-reminder-stop = Sie ist jetzt gelöscht, und es folgt nichts. Andere, um die du gebeten hast: { COMMAND("plan list") }.
coming-plan-remind = { $at }: eine Erinnerung an einen Plan, um die du gebeten hast

refusal-link-unknown = Ich kann nur einen Web-Link behalten: https:// und bis zu { $limit } einfache Zeichen. Darum ist nichts geplant. Ein Link aus der Adresszeile geht.
refusal-plan-many = Du hast { $limit } Erinnerungen, mehr behalte ich nicht auf einmal. Geplant ist nichts. Du kannst zuerst eine absagen: { COMMAND("plan list") }.

choice-plan-too = Mich auch erinnern
choice-plan-list = Meine Erinnerungen zeigen
choice-plan-cancel = Diese Erinnerung absagen
choice-plan-change-number = Nummer { $number } verschieben
choice-plan-cancel-number = Nummer { $number } absagen

## Vereinbarungen: wo man in einer Konsentrunde steht, und Bedenken.

command-agreement-consent = Zustimmen
command-agreement-concern = Bedenken vorbringen
command-agreement-aside = Beiseite stehen
command-agreement-later = Später entscheiden
command-agreement-let-go = Mein Bedenken loslassen
command-agreement-answer-for = Gemeinsam beantworten
command-agreement-answer-second = Bestätigen, und alle neu fragen

param-concern = Dein Bedenken, in deinen Worten
param-raised_by = Was die Gruppe von dir sieht
option-raised_by-named = Meinen Namen
option-raised_by-unnamed = Keinen Namen

refusal-agreement-round-over = Diese Runde ist vorbei, also habe ich nichts notiert. Wie sie ausging, steht im Raum.
refusal-agreement-concern-gone = Dieses Bedenken ist nicht mehr offen, also gab es für mich nichts zu tun.

agreement-you = { $stance ->
    [consent] Du stimmst zu: Du kannst vorerst damit leben.
    [concern] Dein Bedenken ist offen. Die Gruppe hat seine Worte, und ich habe keine davon behalten.
    [aside] Du stehst beiseite: Du machst nicht mit und hältst nichts auf.
    [later] Du entscheidest später.
   *[none] Du stehst in dieser Runde nirgends, und ich habe keine Antwort von dir.
} Das siehst nur du. Bis { $until } kannst du auf der Karte im Raum neu wählen.

agreement-concern-goes = Deine Worte gehen an { $room }, und alle dort können sie lesen. Ich behalte keine davon, nur dass ein Bedenken offen ist.
agreement-concern-seen = { $named ->
    [named] Sie sehen deinen Namen: { $member }
   *[unnamed] Sie sehen keinen Namen. Wie du schreibst, kann trotzdem verraten, wer du bist. Auch wenn du gehst, solange es offen ist.
}
agreement-concern-named = { $who } hat ein Bedenken zu Fassung { $number }:
agreement-concern-unnamed = Jemand aus der Gruppe hat ein Bedenken zu Fassung { $number }:
agreement-concern-words = { $words }
agreement-concern-open = Solange es offen ist, ist dies nicht vereinbart. Wer es vorgebracht hat, kann es jederzeit loslassen.
agreement-concern-elsewhere = Jemand hat ein Bedenken hierzu und hat es in einem anderen Raum gesagt. Solange es offen ist, ist dies nicht vereinbart.
agreement-concern-not-sent = In diesen Raum kann ich nicht schreiben, also gingen deine Worte nirgendwohin, und ich habe keine behalten. Deine Antwort ist wie zuvor. Du kannst es dort selbst sagen.
agreement-concern-is-open = Die Gruppe hat deine Worte, und ich habe keine behalten. Die Runde ging inzwischen zu Ende. Dein Bedenken bleibt offen, bis du es loslässt.
agreement-concern-doubted = Jemand hat ein Bedenken hierzu. Ob die Worte ankamen, weiß ich nicht, und ich behalte keine. Solange es offen ist, ist dies nicht vereinbart. Wer es vorgebracht hat, kann es noch einmal vorbringen oder loslassen.
agreement-let-go = Ein Bedenken hierzu wurde losgelassen, von wem es kam. { $left ->
    [0] Keines ist mehr offen.
    [one] Eines ist noch offen.
   *[other] { $left } sind noch offen.
}
agreement-let-go-yours = Dein Bedenken ist nicht mehr offen.

agreement-answer-first = Notiert: Du möchtest es beantworten. Ich habe nach einem zweiten Mitglied gefragt. Redet bitte zuerst darüber, worum es dem Bedenken geht.
agreement-answer-open = Jemand möchte ein Bedenken mit einem anderen Mitglied beantworten: { $why ->
    [left] Wer es vorgebracht hat, ist nicht mehr hier.
   *[written] Es war { $days } Tage offen, und ihr habt vereinbart, dass das reicht.
} Redet bitte zuerst darüber, worum es ihm geht. Sobald ein zweites Mitglied bestätigt, werden alle neu gefragt.
agreement-answer-second = Ein anderes Mitglied möchte dies auch beantworten. Wenn du bestätigst, sagst du, wie alle neu gefragt werden.
agreement-answered = Zwei Mitglieder haben ein offenes Bedenken beantwortet. Nun werden alle neu gefragt, und frühere Antworten sind gelöscht.
agreement-answered-yours = Es ist beantwortet. Im Raum werden nun alle neu gefragt.

choice-agreement-let-go = Loslassen
choice-agreement-take-back = Meine Antwort zurücknehmen
choice-agreement-answer-for = Gemeinsam beantworten
choice-agreement-answer-second = Bestätigen

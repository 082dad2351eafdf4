## Was alle hören können, was auch gefragt war.

went-wrong = Bei mir ist etwas kaputtgegangen, es lag nicht an dir. Nichts wurde geändert oder verschickt. Versuch es bitte später noch einmal.
relay-sent = Es ist verschickt. Danach ist bei mir etwas kaputtgegangen, darum weiß ich nicht mehr zu sagen. Du brauchst es nicht noch einmal zu schicken.

## Deine Worte, noch einmal gezeigt, bevor sie irgendwohin gehen.

draft-shown = Das hast du geschrieben: { $words }
    Noch habe ich es weder behalten noch verschickt. Soll ich es so verwenden?
draft-left = Gut, ich lasse es. Was du geschrieben hast, ist weg, und nichts wurde verschickt.
draft-lost = Diese Worte habe ich nicht mehr. Ich behalte sie 15 Minuten lang und höchstens, bis sie verwendet sind. Wenn dir niemand gesagt hat, dass es erledigt ist, schreib sie bitte noch einmal.
choice-draft-use = So verwenden
choice-draft-again = Neu schreiben
choice-draft-leave = Lieber lassen

## Welche Gemeinschaft gemeint ist.

which-community = Wir beide sind in mehr als einer Gemeinschaft. Welche meinst du?
choice-community = { $place }

## Ein Nein, das jedem Befehl begegnen kann.

refusal-community-none = Ich finde keine Gemeinschaft, in der wir beide sind, und habe darum nichts getan. Frag mich bitte von deiner Gemeinschaft aus.
refusal-community-missing = Dieser Ort ist noch nicht eingerichtet, darum habe ich nichts getan. Einrichten kann ihn, wer hier moderiert, mit `setup`.
refusal-community-several = Wir beide sind in mehr als einer Gemeinschaft, darum habe ich nichts getan. Frag mich bitte von der aus, die du meinst.
refusal-only-in-space = Das geht nur in einer Gemeinschaft, darum habe ich nichts getan. Frag mich bitte dort.
refusal-right-member = Das ist für Mitglieder der Gemeinschaft, darum habe ich nichts getan. Wenn du dabei bist, frag mich gern noch einmal.
refusal-right-host = Das ist für die Person, die gerade Gastgeberin ist, darum habe ich nichts getan. Sie kann mich fragen oder dir die Rolle leihen.
refusal-right-moderator = Das ist für die Moderation, darum habe ich nichts getan. Wer hier moderiert, kann mich darum bitten.
refusal-platform-away = Die Chat-Plattform antwortet mir gerade nicht, darum habe ich nichts getan. Versuch es bitte später noch einmal.
refusal-relay-unsure = Die Chat-Plattform hat mir nicht gesagt, ob deine Worte angekommen sind. Behalten habe ich nichts davon. Du kannst sie noch einmal schicken; dann kommen sie vielleicht doppelt an.
refusal-busy = Hier wird gerade sehr viel gefragt, darum habe ich das ausgelassen. Geändert hat sich nichts. Versuch es bitte gleich noch einmal.

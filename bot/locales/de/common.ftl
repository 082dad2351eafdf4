## Zeiten, wie sie im Satz stehen: "bis 22:00 Uhr am Freitag".

time-today = { $clock } Uhr
time-weekday = { $clock } Uhr am { $day }
time-date = { $clock } Uhr am { $day }

## Was ein Formular fragt.

param-languages = Sprachen, in denen du redest
param-language = Sprache
param-way = Wie ihr redet
param-place = Wo ihr redet
param-span = Bis wann
param-someone_new = Mit wem
param-ask_first = Bevor ich euch bekannt mache
param-words = Worte für dieses Mal
param-hours = Für wie viele Stunden
param-questions = Wie oft ich fragen darf
param-stays = Nach einer Begegnung
param-member = Mitglied
param-zone = Zeitzone
param-quiet_from = Ruhe ab
param-quiet_to = Ruhe bis
param-lead = Minuten vor etwas Geplantem
param-called = Wie du genannt wirst
param-budget = Nachrichten am Tag von mir

## Was ein Formular anbietet.

option-way-text = Schreiben
option-way-voice = Sprechen, in eurem eigenen Anruf
option-place-direct = Direktnachrichten
option-place-room = Ein Raum zu zweit
option-place-either = Beides passt
option-span-2h = 2 Stunden
option-span-today = Heute
option-span-1d = 24 Stunden
option-span-3d = 3 Tage
option-span-7d = Eine Woche
option-someone_new-yes = Jemand Neues
option-someone_new-no = Ganz gleich, wer
option-ask_first-yes = Frag mich vorher noch einmal
option-ask_first-no = Stell mich dem ersten Ja vor
option-stays-yes = Mein Licht bleibt an
option-stays-no = Mein Licht geht aus

## Ein Nein, und was stattdessen geht.

refusal-words-empty = Darin war nichts, was ich zeigen kann, also habe ich nichts geändert. Schreib bitte ein paar Worte.
refusal-words-long = Das ist länger als { $limit } Zeichen, also habe ich nichts geändert. Etwas kürzer passt es.
refusal-option-unknown = Diese Antwort steht hier nicht zur Wahl, also habe ich nichts geändert. Nimm bitte eine aus der Liste.
refusal-options-many = Das sind mehr als { $limit } auf einmal, also habe ich nichts geändert. Wähl bitte höchstens { $limit } aus.
refusal-number-between = Hier brauche ich eine ganze Zahl von { $low } bis { $high }. Geändert habe ich nichts. Versuch es bitte mit so einer.
refusal-member-unknown = Ich weiß nicht, wen du meinst, also habe ich nichts geändert. Such die Person bitte in der Liste aus.
refusal-lines-many = Das sind mehr als { $limit } Zeilen, also habe ich nichts geändert. Mit höchstens { $limit } Zeilen geht es.
refusal-zone-unknown = Diese Zeitzone kenne ich nicht, also habe ich nichts geändert. Nenn bitte einen Ort, etwa Europe/Berlin oder America/New_York.
refusal-when-far = Das ist mehr als { $days } Tage hin, und weiter sehe ich nicht voraus. Geändert habe ich nichts. Ein früherer Zeitpunkt geht.
refusal-when-past = Dieser Zeitpunkt ist schon vorbei, also habe ich nichts geändert. Schreib bitte einen, der noch kommt.
refusal-when-unknown = Diesen Zeitpunkt konnte ich nicht lesen, also habe ich nichts geändert. Schreib ihn bitte wie einen von diesen: 2027-03-09 19:30, morgen 19:30, Fr 19:30, in 3 Tagen, +2h.
refusal-time-unknown = Diese Uhrzeit konnte ich nicht lesen, also habe ich nichts geändert. Schreib bitte Stunden und Minuten, etwa 21:30.
refusal-param-missing = Eine Antwort fehlt noch: { $param }. Getan habe ich noch nichts. Ergänz sie bitte und schick es noch einmal.
refusal-param-unknown = Da stand mehr, als ich lesen kann, also habe ich nichts getan. { COMMAND("help") } zeigt, was passt.

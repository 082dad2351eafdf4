## Die Karte ohne Namen: eine Anfrage, die auch in einem Raum steht.

peer-card = Jemand möchte mit einem anderen Mitglied reden: { $languages }, { $way ->
    [voice] im Gespräch
   *[text] schriftlich
}, bis { $part ->
    [morning] heute Vormittag
    [afternoon] heute Nachmittag
    [evening] heute Abend
   *[day] { $day }
}. Wenn du tippst, sieht das hier niemand. Wenn es klappt, seht ihr zwei gegenseitig eure Namen.
peer-card-preview = Diese Karte stünde in { $room }, bis deine Anfrage endet:
peer-card-about = Dein Name, deine Stichworte und der Ort zum Reden stehen nicht darauf. Alle dort sehen, wann sie kommt. Wer sie antippt, bekommt privat Antwort. Noch ist nichts gespeichert. Mit dieser Karte fragen?
peer-open-card = Eine Karte ohne deinen Namen steht in { $room }. Sie geht, wenn deine Anfrage endet.
peer-card-not-posted = Die Karte ohne deinen Namen konnte ich nicht zeigen. Deine Anfrage ist trotzdem offen, und du kannst sie mit einem Tipp zurückziehen.
peer-card-closed = Ich konnte dir nicht privat schreiben, darum habe ich nichts gespeichert. Bitte erlaube private Nachrichten aus dieser Gemeinschaft und tipp dann noch einmal.

choice-look-at-card = Eine Karte ohne meinen Namen ansehen
choice-ask-with-card = Mit dieser Karte fragen
choice-ask-without-card = Ohne Karte fragen
choice-glad = Ich rede gern

command-peer-glad = Ich rede gern
param-card = Auch eine Karte ohne meinen Namen in einem Raum
option-card-yes = Mit einer Karte ohne meinen Namen
option-card-no = Ohne Karte
feature-cards = Karten ohne Namen

refusal-card-nowhere = Hier gibt es keinen Raum für solche Karten, darum wurde nichts geöffnet. Deine Anfrage geht auch ohne Karte.

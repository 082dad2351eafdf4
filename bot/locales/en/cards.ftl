## The card without a name: a request that also stands in a room.

peer-card = A member would like to talk with a peer: { $languages }, { $way ->
    [voice] voice
   *[text] text
}, until { $part ->
    [morning] later this morning
    [afternoon] this afternoon
    [evening] this evening
   *[day] { $day }
}. If you press, nobody here sees it. If it comes about, you two see each other's names.
peer-card-preview = This card would stand in { $room } until your request ends:
peer-card-about = Your name, your words and where to talk are not on it. People there see when it is posted. Whoever presses it is heard privately. Nothing is kept yet. Ask with this card?
peer-open-card = A card without your name stands in { $room }. It goes when your request ends.
peer-card-not-posted = I could not post the card without your name. Your request is open all the same, and you can withdraw it with one tap.
peer-card-closed = I could not write to you privately, so I kept nothing. Please allow private messages from this community, then press again.

choice-look-at-card = Look at a card without my name
choice-ask-with-card = Ask with this card
choice-ask-without-card = Ask without a card
choice-glad = I'd be glad to

command-peer-glad = I'd be glad to talk
param-card = Also a card without my name in a room
option-card-yes = With a card without my name
option-card-no = Without a card
feature-cards = cards without a name

refusal-card-nowhere = There is no room for such cards here, so nothing was opened. Your request works without a card.

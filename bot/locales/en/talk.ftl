## A talk: how it may begin, and how it ends.

command-talk-openers = See a few ways to begin
command-talk-leave = Leave this talk

talk-room = { $people ->
    [two] This room is for you two. What you write here is not sent to me. Either of you may leave with one tap, at any time and with no reason. Then this talk ends, and the room is closed.
   *[more] This room is yours alone. What you write here is not sent to me. Each of you may leave with one tap, at any time and with no reason. The others may stay.
}
talk-ends-by-tap = { $people ->
    [two] Either of you can leave it with one tap. The other then reads one plain line, and it is closed.
   *[more] Anybody can leave it with one tap. The others then read one plain line, and may stay.
}
talk-ends-by-leaving = I leave once everybody is in. To end the talk, leave the room like any other.
talk-left = You have left this talk. I keep nothing about it, and do not ask why.
talk-over = This talk is over, or you are not in its room. So there was nothing to do.
talk-ended = This talk has ended. That is all right, and I keep nothing about it. You can ask for a peer again any time, with { COMMAND("peer ask") }.
talk-smaller = Somebody has left this talk. That is all right. Whoever is here may stay as long as they like.

talk-openers = Some ways to begin. Take what fits, and leave the rest.
talk-opener-length = “How long would we like to talk?” Ten minutes are fine too.
talk-opener-pause = “How do we pause, or stop?” A short word is enough.
talk-opener-private = “What stays here between us?”
talk-opener-now = “What would be good now: to talk, to listen, or just company?”

choice-talk-openers = See a few ways to begin
choice-talk-leave = Leave this talk

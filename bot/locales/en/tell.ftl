## A note to moderators. Nothing of it is kept.

command-tell-moderators = Write to moderators, after seeing who reads it
command-tell-write = Write to moderators
command-setup-willing = Say whether members may write to you
param-note = What you would like to tell
param-named = What they see of you
option-named-named = My name, so they can reply
option-named-unnamed = No name, so no reply can come

tell-what = You choose who reads your note. I pass it on and keep nothing.
tell-room = The moderators' room reads it: { $room }
tell-willing = A moderator who is willing reads it, alone: { $member }
tell-nobody = No moderator has said that they can be written to this way, and they have no room for it. So I can pass nothing on. Other places to turn: { COMMAND("elsewhere") }.
tell-seen =
    { $named ->
        [named] They see your name: { $member }
       *[unnamed] They see no name. No reply can come, and how you write may still tell who you are.
    }
tell-sent = It was passed on. I kept nothing of it, and do not know what follows.
tell-not-sent = It could not be passed on there, and I kept nothing. You can choose somebody else: { COMMAND("tell-moderators") }.
tell-note-named = { $member } in { $place } asked me to pass this on:
tell-note-unnamed = A member in { $place } asked me to pass this on without a name. No reply can reach them:
tell-note-words = { $words }
tell-note-stop = I keep nothing of it. To no longer be written to: { COMMAND("setup willing") }.

tell-are-you =
    { $willing ->
        [yes] Members may write to you.
       *[false] Members cannot write to you by way of me.
    }
tell-willing-means = If you are willing, members see your name in { COMMAND("tell-moderators") }. Their notes come at once, in your quiet hours too, because I keep nothing to send later. You can take it back any time.
tell-now-willing = Members may write to you now. You can take it back any time: { COMMAND("setup willing") }.
tell-now-not = Members no longer see you there.
tell-closed = I could not write to you privately, so nothing was changed. Please allow private messages from this community, then try again.

refusal-tell-gone = Nobody reads there any more, so I passed nothing on and kept nothing. You can see who does: { COMMAND("tell-moderators") }.

choice-tell-room = Write to the room
choice-tell-member = Write to { $member }
choice-tell-be-willing = Let members write to me
choice-tell-be-not = Let nobody write to me

## What everyone may hear, whatever was asked.

went-wrong = Something broke on my side, not on yours. Nothing was changed or sent. Please try again in a while.
relay-sent = It was sent. Then something broke on my side, so I cannot say more. There is no need to send it again.

## Words you typed, shown back before they go anywhere.

draft-shown = This is what you wrote: { $words }
    I have not kept or sent it yet. Shall I use it as it stands?
draft-left = Left out. I have dropped what you wrote, and nothing was sent.
draft-lost = I do not have these words any more. I keep them for 15 minutes, and only until they are used. If nobody told you that it was done, please write them again.
choice-draft-use = Use these words
choice-draft-again = Write them anew
choice-draft-leave = Leave it

## Which community is meant.

which-community = You and I meet in more than one community. Which one do you mean?
choice-community = { $place }

## A no that any command may meet.

refusal-community-none = I found no community that you and I are both in, so I did nothing. Please ask me from inside your community.
refusal-community-missing = This place is not set up yet, so I did nothing. A moderator can set it up with `setup`.
refusal-community-several = You and I meet in more than one community, so I did nothing. Please ask me from inside the one you mean.
refusal-only-in-space = This can only be asked inside a community, so I did nothing. Please ask me there.
refusal-right-member = This is for members of the community, so I did nothing. Once you have joined, please ask again.
refusal-right-host = This is for the host, so I did nothing. The host can ask me, or lend you the role.
refusal-right-moderator = This is for moderators, so I did nothing. A moderator can ask me for it.
refusal-platform-away = I get no answer from the chat platform right now, so I did nothing. Please try again in a while.
refusal-relay-unsure = The chat platform did not tell me whether your words arrived. I kept nothing of them. You can send them again; they may then arrive twice.
refusal-busy = A lot is being asked here right now, so I left this one out. Nothing was changed. Please try again in a moment.

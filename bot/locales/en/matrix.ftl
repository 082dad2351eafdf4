## What keeps Matrix from starting, or ends it, for whoever runs the bot.

start-matrix-login = The homeserver did not take the name and password for Matrix. Nothing was started. Check both in the settings.
start-matrix-token = The homeserver no longer knows the bot's token. Someone may have logged it out. Log it in again, then start it.
start-matrix-device = The token for Matrix belongs to another account or device than the settings name. Nothing was started.
start-matrix-account = { $path } belongs to another Matrix account. Nothing was started. Name that account, or move the file away.
start-matrix-homeserver = No Matrix homeserver answers at the address in the settings. Nothing was started. Check the address.
start-matrix-store-busy = Another Porchlight is using { $path }. Nothing was started a second time.
start-matrix-store-key = The key does not fit { $path }, or the file is torn. Nothing was changed. Find the key it was made with.
start-matrix-store-unreadable = { $path } cannot be read or made. Check who owns it, its mode, and that the disk has room.

## What the command line says, and what keeps the bot from starting, for whoever runs it.

cli-open = Porchlight is here: { $address }
cli-stop = Ctrl+C ends it. Without --keep nothing of it stays.
cli-died = A part of the bot ended by mistake, so all of it stopped. The line above says where in the code.
cli-platforms = I know commands for: { $platforms }. Please name one of them.
start-clock = This computer's clock shows a year long past. Set it first; nothing was started.
start-no-platform = No platform is switched on, so there is nothing to run. Set discord.enabled or matrix.enabled to true, or run porchlight try.
start-port-taken = Another program uses that port. Name another, or 0 for any free one.
start-lifetime-longer = The lifetime { $name } can be { $hours } hours at most: that is the promise to members.
start-lifetime-none = The lifetime { $name } must be longer than nothing.
start-lifetime-marks = Marks must stay at least as long as backups, which is { $days } days.
start-store-pragma = The database did not take its setting { $name }. Nothing was changed.
start-store-newer = The database at { $path } was written by a newer Porchlight. Nothing was changed. Install that version.
start-store-strange = The database at { $path } is not one of Porchlight's, or is torn. Nothing was changed. Restore a backup, or name another place.
start-store-migration = The database at { $path } could not move to this version. It is as it was before; the backup is beside it.
start-store-key = The key does not fit the database at { $path }. Nothing was changed. Find the key it was made with.
start-store-network = { $path } is on a network file system ({ $kind }), where a database can be torn. Choose a disk of this computer.
start-store-shared-folder = Others on this computer can write into { $path }. Run chmod 700 on it.
start-store-unwritable = { $path } cannot be written. Check who owns it, its mode, and that the disk has room.
start-store-in-use = Another Porchlight is using { $path }. Nothing was started a second time.
start-store-backup = The backup before moving to this version could not be made in { $path }. Nothing was changed. Check room and modes there.
start-key-length = The key has { $bytes } bytes and needs { $wanted }. It may be the wrong file.
start-key-unreadable = The key at { $path } cannot be read or made. Check who owns it, its folder, and its mode.
start-key-not-a-file = The key at { $path } is a link, or no plain file. Name the file itself.
start-key-open = Others on this computer can read the key at { $path } (mode { $mode }). Run chmod 600 on it.
start-forgotten-unreadable = The list of those to forget again, { $path }, cannot be read. Nothing was started, so that nobody comes back who asked to be forgotten.

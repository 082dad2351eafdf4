## What is not right with the configuration, for whoever runs the bot. The key's path stands before each.

config-wrong = { $count ->
    [one] The configuration has one mistake, so nothing was started:
   *[other] The configuration has { $count } mistakes, so nothing was started:
 }
config-fine = The configuration is fine.
config-unknown = There is no such setting. config.example.toml lists them all.
config-path = This needs a path to a file or folder, in quotes.
config-key = This needs 64 hexadecimal digits and nothing else.
config-one-of = This needs one of: { $options }.
config-at-least = This needs { $number } or more.
config-at-most = This needs { $number } or less.
config-section = This is a section: write it in square brackets on a line of its own.
config-whole = This needs a whole number, without quotes.
config-yes-no = This needs true or false, without quotes.
config-other = This does not have the form shown in config.example.toml.
config-environment = An environment variable of a whole section cannot be read. Set one variable a key.
config-large = This file is too large for a configuration.
config-no-file = There is no such file. Copy config.example.toml to begin.
config-no-secret-file = There is no such file. A relative path starts at the configuration file's folder.
config-empty = This file is empty. Paste the secret into it.
config-unreadable = This file cannot be opened. Check who owns it and its mode.
config-encoding = This file is not UTF-8 text. Save it as UTF-8.
config-toml = Line { $line } cannot be read as TOML. A missing quote or a key given twice is often why.
config-secret-here = A secret does not belong in this file. Put it into the environment variable { $variable } or a file of its own.
config-marks = Marks must be kept at least as long as backups, or a backup could bring people back.
config-link = This is a link, or no plain file. Name the place itself.
config-not-a-folder = This is not a folder.
config-deck = A deck has two lists, in and out, with 1 to { $most } prompts each, and nothing else.
config-prompt = Prompt { $number } needs to be one line of at most { $longest } letters, in quotes.
config-open = Others on this computer can read this file. Run chmod 600 on it.
config-secret = This needs the secret alone, on one line.
config-needs = This is needed as well.
config-needs-secret = This is needed as well. Put it into { $variable }, or into a file of its own.
config-needs-device = The token belongs to a device. Name it here.
config-discord-id = This needs ids of Discord servers: 15 to 20 digits each.
config-address = This needs an address that begins with https:// or http://.
config-matrix-id = This needs a full user id: @porchlight:example.org.
config-matrix-allowed = This needs rooms, spaces, users or servers, each with its full id.
config-host = This needs an IP address of this machine, such as 127.0.0.1.
config-https = This needs to begin with https://, since whoever can read the address can read the calendar.

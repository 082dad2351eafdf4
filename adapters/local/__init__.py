"""The playground: a small made-up community on one page, with the real bot."""

"""The Matrix adapter against a real homeserver."""

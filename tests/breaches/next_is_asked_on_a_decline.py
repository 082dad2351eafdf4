"""Breach: a no frees the slot, so the next candidate is asked when somebody declines."""

from tests.peers.test_secrets import ask_next_on_a_decline

ID = "next_is_asked_on_a_decline"
BREAKS = "P6"

apply = ask_next_on_a_decline

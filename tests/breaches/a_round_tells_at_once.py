"""Breach: whose peer is missing when a round introduces them hears so before all others who stay alone."""

from tests.peers.test_secrets import tell_at_once_that_a_round_came_to_nothing

ID = "a_round_tells_at_once"
BREAKS = "P6"

apply = tell_at_once_that_a_round_came_to_nothing

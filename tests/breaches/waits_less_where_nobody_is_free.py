"""Breach: a slot in which nobody can be asked is cut short."""

from tests.peers.test_secrets import wait_less_where_nobody_is_free

ID = "waits_less_where_nobody_is_free"
BREAKS = "P6"

apply = wait_less_where_nobody_is_free

"""Breach: that somebody left is noticed only when a round introduces them, and leaves another alone."""

from tests.peers.test_secrets import notice_too_late_who_left

ID = "who_left_leaves_another_alone"
BREAKS = "P6"

apply = notice_too_late_who_left

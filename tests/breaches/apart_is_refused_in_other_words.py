"""Breach: whoever says yes to somebody who keeps apart is told at once that nothing comes of it."""

from tests.peers.test_secrets import refuse_an_apart_pair_in_other_words

ID = "apart_is_refused_in_other_words"
BREAKS = "P6"

apply = refuse_an_apart_pair_in_other_words

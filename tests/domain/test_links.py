"""Links that are shown again later."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import Refusal
from bot.domain.links import LONGEST, read


@pytest.mark.parametrize(
    "link",
    [
        "https://example.org",
        "http://example.org/plan?day=2#top",
        "https://discord.com/channels/123/456/789",
        "https://matrix.to/#/!room:example.org/$event?via=example.org",
        "https://pad.example.org:8443/p/ours",
        "https://example.org/" + "x" * (LONGEST - 20),
    ],
)
def test_a_web_link_is_taken_as_it_is(link: str) -> None:
    assert read(f" {link} ") == link


@pytest.mark.parametrize(
    "words",
    [
        "",
        "our plan",
        "example.org/plan",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "data:text/html,hello",
        "ftp://example.org",
        "https://",
        "https://localhost",
        "https://-example.org",
        "https://example..org",
        "https://example.org@elsewhere.test/",
        "https://me:secret@example.org/",
        "https://ex\u0430mple.org/",
        "https://example.org/\u202egro.elpmaxe",
        "https://example.org/a b",
        "https://example.org/a\nhttps://example.org/b",
        "https://example.org/\x00",
        "https://example.org/`<@everyone>`",
        "https://example.org/[a](https://elsewhere.test)",
        "https://example.org\\@elsewhere.test",
        '<a href="https://example.org">',
        "https://example.org/" + "x" * (LONGEST - 19),
    ],
)
def test_what_could_mislead_is_refused(words: str) -> None:
    with pytest.raises(Refusal) as refused:
        read(words)
    assert refused.value.code == "link-unknown"


@given(st.text(max_size=60) | st.text(max_size=60).map("https://example.org/".__add__))
def test_what_is_taken_is_plain_and_leads_where_it_says(words: str) -> None:
    try:
        link = read(words)
    except Refusal:
        return
    assert link.isascii()
    assert link.isprintable()
    assert not set(link) & set(" `<>\"'\\[]{}|")
    assert "@" not in link.split("/")[2]

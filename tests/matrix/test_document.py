"""Files: sealed as the specification says, so that another implementation opens them; or shown in a message."""

import pytest
from nio.crypto.attachments import decrypt_attachment

from adapters.matrix.document import attached, inline, seal
from adapters.matrix.render import LARGEST, canonical
from bot.contract.card import Document

FILE = Document("mine.json", "application/json", '{"called": "Birch <b>\U0001f3ee"}')


def test_another_implementation_opens_what_was_sealed() -> None:
    sealed, opens = seal(FILE, b"k" * 32, b"n" * 8)
    assert b"Birch" not in sealed
    assert opens["key"]["alg"] == "A256CTR"
    assert "=" not in opens["key"]["k"] + opens["iv"] + opens["hashes"]["sha256"]
    plain = decrypt_attachment(sealed, opens["key"]["k"], opens["hashes"]["sha256"], opens["iv"])
    assert plain.decode() == FILE.body


def test_another_key_or_nonce_seals_otherwise() -> None:
    assert (
        len(
            {
                seal(FILE, key, nonce)[0]
                for key, nonce in ((b"k" * 32, b"n" * 8), (b"l" * 32, b"n" * 8), (b"k" * 32, b"m" * 8))
            }
        )
        == 3
    )


@pytest.mark.parametrize(("key", "nonce"), [(b"", b"n" * 8), (b"k" * 16, b"n" * 8), (b"k" * 32, b"n" * 16)])
def test_keys_of_another_length_are_refused(key: bytes, nonce: bytes) -> None:
    with pytest.raises(ValueError, match="document_key_length"):
        seal(FILE, key, nonce)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("mine.json", "mine.json"),
        ("../../etc/passwd", "etc-passwd"),
        ("a\u202egnp.exe", "a-gnp.exe"),
        ("", "file"),
        ("x" * 300, "x" * 100),
    ],
)
def test_the_message_that_brings_it(name: str, shown: str) -> None:
    _, opens = seal(FILE, b"k" * 32, b"n" * 8)
    content = attached(Document(name, FILE.media_type, FILE.body), opens, "mxc://localhost/abc")
    assert content["msgtype"] == "m.file"
    assert content["body"] == content["filename"] == shown
    assert content["info"] == {"mimetype": "application/json", "size": len(FILE.body.encode())}
    assert content["file"] == {**opens, "url": "mxc://localhost/abc"}
    assert "url" not in content
    assert content["m.mentions"] == {}


def test_a_short_one_is_shown_and_a_long_one_is_not() -> None:
    content = inline(FILE)
    assert content is not None
    assert content["body"] == FILE.body
    assert "&lt;b&gt;" in content["formatted_body"]
    assert "<b>" not in content["formatted_body"]
    assert content["m.mentions"] == {}
    assert len(canonical(content)) <= LARGEST
    assert inline(Document("x", "text/plain", "x" * LARGEST)) is None

"""Files that go with a card, as contents of Matrix events. Pure: uploading is the client's work.

A file belongs to its reader alone. It is sealed before it is uploaded, because a homeserver stores what it is given;
what opens it travels in the encrypted event. Where nothing can be uploaded, a short text is shown in the message.
"""

import base64
import hashlib
import re
from html import escape
from typing import Any, Final

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import CTR

from adapters.matrix.render import LARGEST, Content, canonical
from bot.contract.card import Document

KEY: Final = 32
"""Bytes of the key of one file. It is used for that file alone."""

NONCE: Final = 8
"""Random bytes that begin its counter block; the other eight are zero, so that the counter cannot overflow."""


def inline(document: Document) -> Content | None:
    """Return a document as a text in a message; None when it is too long for one."""
    content: Content = {
        "msgtype": "m.notice",
        "body": document.body,
        "format": "org.matrix.custom.html",
        "formatted_body": f"<pre><code>{escape(document.body)}</code></pre>",
        "m.mentions": {},
    }
    return content if len(canonical(content)) <= LARGEST else None


def seal(document: Document, key: bytes, nonce: bytes) -> tuple[bytes, dict[str, Any]]:
    """Return a document sealed for upload, and what opens it, still without the address that the upload gets.

    As the Matrix specification says in "Sending encrypted attachments": AES-CTR, and the hash of what is uploaded.

    Args:
        document: The document.
        key: 32 random bytes, used for nothing else.
        nonce: 8 random bytes.

    Raises:
        ValueError: Key or nonce have another length.
    """
    if len(key) != KEY or len(nonce) != NONCE:
        raise ValueError("document_key_length")
    block = nonce + bytes(16 - NONCE)
    sealer = Cipher(AES256(key), CTR(block)).encryptor()
    sealed = sealer.update(document.body.encode()) + sealer.finalize()
    opens = {
        "v": "v2",
        "key": {
            "kty": "oct",
            "key_ops": ["encrypt", "decrypt"],
            "alg": "A256CTR",
            "k": base64.urlsafe_b64encode(key).decode().rstrip("="),
            "ext": True,
        },
        "iv": _unpadded(block),
        "hashes": {"sha256": _unpadded(hashlib.sha256(sealed).digest())},
    }
    return sealed, opens


def attached(document: Document, opens: dict[str, Any], address: str) -> Content:
    """Return the content that brings a sealed document: ``address`` (``mxc://...``) is where it was uploaded to."""
    name = re.sub(r"[^A-Za-z0-9._-]", "-", document.name).lstrip(".-")[:100] or "file"
    return {
        "msgtype": "m.file",
        "body": name,
        "filename": name,
        "info": {"mimetype": document.media_type, "size": len(document.body.encode())},
        "file": {**opens, "url": address},
        "m.mentions": {},
    }


def _unpadded(data: bytes) -> str:
    return base64.b64encode(data).decode().rstrip("=")

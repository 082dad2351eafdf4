"""Finding traces: whether something stands in bytes, as it is or in one of the disguises that data usually wears."""

import base64
import json
from collections.abc import Iterator, Mapping
from urllib.parse import quote


def disguises(needle: str | bytes) -> Iterator[bytes]:
    """Give every spelling of something that is looked for."""
    spellings = {needle} if isinstance(needle, bytes) else set()
    if isinstance(needle, str):
        for words in (needle, needle.lower(), needle.upper()):
            spellings |= {words.encode(), words.encode("utf-16-le"), words.encode("utf-16-be")}
            spellings |= {json.dumps(words)[1:-1].encode(), quote(words).encode()}
    for spelling in spellings:
        yield spelling
        yield spelling.hex().encode()
        yield spelling.hex().upper().encode()
        for offset in range(3):
            # Of base64 only the letters that come from the needle alone; what surrounds it changes the others.
            letters = base64.b64encode(b"\0" * offset + spelling)
            whole = letters[(0, 2, 3)[offset] : (len(spelling) + offset) * 8 // 6]
            yield whole
            yield whole.replace(b"+", b"-").replace(b"/", b"_")


def traces(needles: Mapping[str, str | bytes], where: bytes) -> set[str]:
    """Return the names of those needles that stand somewhere in some bytes."""
    return {
        name for name, needle in needles.items() if any(spelling in where for spelling in disguises(needle) if spelling)
    }

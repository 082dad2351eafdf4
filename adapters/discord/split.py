"""Long texts in pieces that Discord takes. Counted in UTF-16 units, as Discord's own apps count."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

_PIECE: Final = re.compile(r"<[^<>\n]{1,80}>|\\.|\s+|[^\s<\\]+|.", re.DOTALL)
"""What is not cut where that can be helped: a mention, something escaped, white space, a word."""

_FLAGS: Final = "".join(map(chr, range(0x1F1E6, 0x1F200)))
"""The letters of which flags are made, two each."""

_JOINS: Final = {"Mn", "Me", "Cf", "Sk"}
"""Categories of letters that belong to the one before: marks, joiners, selectors, tags, skin tones."""


def units(words: str) -> int:
    """Return the length as Discord counts it."""
    return len(words.encode("utf-16-le", "surrogatepass")) // 2


def shorten(words: str, most: int) -> str:
    """Return words of at most ``most`` units; what is cut off is shown by an ellipsis."""
    return words if units(words) <= most else _cut(words, most - 1)[0].rstrip() + "…"


def pieces(blocks: Iterable[str], most: int) -> list[str]:
    """Return blocks of text as texts of at most ``most`` units each, blocks on lines of their own."""
    found: list[str] = []
    current = ""
    for block in blocks:
        joined = f"{current}\n{block}" if current else block
        if units(joined) <= most:
            current = joined
            continue
        if current:
            found.append(current)
        *whole, current = _split(block, most)
        found += whole
    return [*found, current] if current or not found else found


def _split(block: str, most: int) -> list[str]:
    """Return one block in pieces: between words where possible."""
    found = [""]
    for piece in _PIECE.findall(block):
        rest = piece
        if units(found[-1]) + units(rest) > most:
            found.append("")
            rest = rest.lstrip()
        while units(rest) > most:
            found[-1], rest = _cut(rest, most)
            found.append("")
        found[-1] += rest
    return [part for part in found if part.strip()] or [""]


def _cut(words: str, most: int) -> tuple[str, str]:
    """Return the longest beginning of at most ``most`` units, and the rest; no letter is torn from its marks."""
    at, size = 0, 0
    for letter in words:
        size += 2 if letter > "\uffff" else 1
        if size > most:
            break
        at += 1
    whole = at
    while whole > max(at - 64, 1) and _tears(words, whole):
        whole -= 1
    if _tears(words, whole):
        whole = at
    return words[:whole], words[whole:]


def _tears(words: str, at: int) -> bool:
    """Return whether a cut before the letter at ``at`` tears something apart."""
    if at >= len(words):
        return False
    after, before = words[at], words[at - 1]
    return unicodedata.category(after) in _JOINS or before in {"\u200d", "\\"} or _in_a_flag(words, at)


def _in_a_flag(words: str, at: int) -> bool:
    """Return whether a cut tears the two letters of a flag apart."""
    flags = len(words[:at]) - len(words[:at].rstrip(_FLAGS)) if words[at] in _FLAGS else 0
    return flags % 2 == 1

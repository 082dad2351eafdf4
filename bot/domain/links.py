"""A link that somebody gives to be shown again later: read strictly, so that what is shown is where it leads."""

import re
from typing import Final

from bot.domain.errors import Refusal

LONGEST: Final = 500
"""Letters of a link."""

_HOST: Final = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_LINK: Final = re.compile(
    rf"https?://{_HOST}(?:\.{_HOST})+(?::[0-9]{{1,5}})?(?:[/?#][A-Za-z0-9/._~:?#@!$&()*+,;=%-]*)?"
)
"""RFC 3986, of which only what a browser's address bar gives: ASCII, no name or password before the host (a host can be
made up to look like another there), no quotes, brackets or backticks that could end the place where it is shown."""


def read(words: str) -> str:
    """Return a web link: of a page, a message on Discord, a room on matrix.to.

    Raises:
        Refusal: ``link-unknown``.
    """
    plain = words.strip()
    if len(plain) > LONGEST or _LINK.fullmatch(plain) is None:
        raise Refusal("link-unknown", limit=LONGEST)
    return plain

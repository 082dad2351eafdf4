"""Ids of choices: opaque, signed by us, good after a restart.

``v1.<action>.<subject>.<mac>``, at most 100 characters (Discord's limit). The MAC binds the action and the subject to
the platform and the place they were posted in, and, in a private place, so to the member. A forged, foreign or
altered id reads as None.
"""

import base64
import hashlib
import hmac
import re

from bot.contract.card import Choice
from bot.contract.place import Member, Place

LONGEST = 100
_SHAPE = re.compile(r"v1\.([a-z-]+(?:[. ][a-z-]+)*)\.([A-Za-z0-9_-]*)\.([A-Za-z0-9_-]{12})")


class Buttons:
    """Writes and reads the ids of choices."""

    def __init__(self, key: bytes) -> None:
        """Take the secret key (32 bytes)."""
        self._key = key

    def _mac(self, action: str, subject: str, place: Place) -> str:
        kind = "member" if isinstance(place, Member) else "room"
        message = "\0".join(["v1", action, subject, kind, place.platform, place.id]).encode()
        return base64.urlsafe_b64encode(hmac.digest(self._key, message, hashlib.sha256)[:9]).decode()

    def write(self, choice: Choice, place: Place) -> str:
        """Return the id of a choice in a card posted to ``place``.

        Raises:
            ValueError: The id would be longer than 100 characters.
        """
        written = f"v1.{choice.action}.{choice.subject}.{self._mac(choice.action, choice.subject, place)}"
        if len(written) > LONGEST:
            raise ValueError(choice.action)
        return written

    def read(self, written: str, place: Place) -> tuple[str, str] | None:
        """Return action and subject of an id pressed in ``place``, or None when it is not one of ours for there."""
        found = _SHAPE.fullmatch(written) if len(written) <= LONGEST else None
        if found is None:
            return None
        action, subject, mac = found.groups()
        if not hmac.compare_digest(mac, self._mac(action, subject, place)):
            return None
        return action, subject

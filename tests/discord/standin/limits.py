"""Rate limits: a bucket for each route and its channel, guild or webhook, and one for everything.

Time here is real time, as the bot waits in real time. https://discord.com/developers/docs/topics/rate-limits
"""

import hashlib
import time
from dataclasses import dataclass, field

from .errors import Json

GLOBAL_EXEMPT = ("/interactions/", "/webhooks/")
"""Answers to people do not count towards the limit for everything."""


@dataclass
class Bucket:
    """How often something was asked since its window began."""

    began: float
    used: int = 0


@dataclass(eq=False)
class Limits:
    """What is allowed: generous, unless a test says otherwise."""

    default: tuple[int, float] = (1000, 1.0)
    """Requests, and seconds."""
    routes: dict[str, tuple[int, float]] = field(default_factory=dict)
    everywhere: int | None = None
    """Requests a second over all routes; Discord's is 50."""
    refused: int = 0
    _buckets: dict[tuple[str, str], Bucket] = field(default_factory=dict)

    def _count(self, key: tuple[str, str], limit: int, window: float) -> tuple[int, float]:
        """Return what remains (below 0: refused) and how long the window lasts."""
        now = time.monotonic()
        bucket = self._buckets.get(key)
        if bucket is None or now - bucket.began >= window:
            bucket = self._buckets[key] = Bucket(now)
        left = window - (now - bucket.began)
        if bucket.used >= limit:
            return -1, left
        bucket.used += 1
        return limit - bucket.used, left

    def ask(self, route: str, major: str) -> tuple[dict[str, str], Json | None]:
        """Return the headers for a reply, and the body of a 429 where it is one."""
        if self.everywhere is not None and not any(part in route for part in GLOBAL_EXEMPT):
            remaining, left = self._count(("", ""), self.everywhere, 1.0)
            if remaining < 0:
                return self._over({"X-RateLimit-Global": "true", "X-RateLimit-Scope": "global"}, left, True)
        limit, window = self.routes.get(route, self.default)
        remaining, left = self._count((route, major), limit, window)
        headers = {
            "X-RateLimit-Limit": str(limit),
            "X-RateLimit-Remaining": str(max(remaining, 0)),
            "X-RateLimit-Reset": f"{time.time() + left:.3f}",
            "X-RateLimit-Reset-After": f"{left:.3f}",
            "X-RateLimit-Bucket": hashlib.sha256(route.encode()).hexdigest()[:32],
        }
        if remaining < 0:
            return self._over(headers | {"X-RateLimit-Scope": "user"}, left, False)
        return headers, None

    def _over(self, headers: dict[str, str], left: float, everywhere: bool) -> tuple[dict[str, str], Json]:
        self.refused += 1
        wait = max(round(left, 3), 0.001)
        body: Json = {"message": "You are being rate limited.", "retry_after": wait, "global": everywhere}
        return headers | {"Retry-After": str(wait)}, body

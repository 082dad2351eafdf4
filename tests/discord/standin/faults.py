"""What can go wrong, one call each.

A fault waits for the next requests that it fits (``times``; None: for every one until it is lifted). A route is
written as in Discord's OpenAPI file, "POST /channels/{channel_id}/messages", or "*" for all.
"""

import asyncio
from dataclasses import dataclass, field

from .errors import Json

HTML = "<html><head><title>502 Bad Gateway</title></head><body>cloudflare</body></html>"


@dataclass(eq=False)
class Fault:
    """One thing that goes wrong."""

    route: str
    times: int | None = 1
    status: int | None = None
    body: Json | str | None = None
    headers: dict[str, str] = field(default_factory=dict)
    reset: bool = False
    landed: bool = False
    """Whether the request does its work before it goes wrong."""
    until: asyncio.Event | None = None
    """What the answer waits for; the work is done before the wait where it is ``landed``."""
    used: int = 0
    met: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when the first request met it."""

    def fits(self, route: str) -> bool:
        """Return whether it waits for this request."""
        return self.route in {"*", route} and (self.times is None or self.used < self.times)

    def take(self) -> None:
        """Note that a request met it."""
        self.used += 1
        self.met.set()

    def lift(self) -> None:
        """End it."""
        self.times = self.used


class Faults:
    """The faults of the REST side. Those of the gateway are methods of `Gateway`, accidents are in `Accidents`."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def find(self, route: str) -> Fault | None:
        """Return the fault that a request meets, taking one of its times."""
        for fault in self._waiting:
            if fault.fits(route):
                fault.take()
                return fault
        return None

    def add(self, fault: Fault) -> Fault:
        """Let this go wrong; what was added first is met first."""
        self._waiting.append(fault)
        return fault

    def clear(self) -> None:
        """Let nothing more go wrong."""
        self._waiting.clear()

    def rate_limit(
        self,
        route: str = "*",
        retry_after: float = 0.05,
        *,
        everywhere: bool = False,
        via: bool = True,
        times: int | None = 1,
    ) -> Fault:
        """Answer 429. Without ``via`` it is not Discord that answers but the network before it."""
        body: Json = {"message": "You are being rate limited.", "retry_after": retry_after, "global": everywhere}
        headers = {"Retry-After": str(retry_after), "X-RateLimit-Scope": "global" if everywhere else "user"}
        if everywhere:
            headers["X-RateLimit-Global"] = "true"
        if via:
            headers["Via"] = "1.1 google"
        return self.add(Fault(route, times, 429, body, headers))

    def fail(
        self, route: str = "*", status: int = 500, *, landed: bool = False, html: bool = False, times: int | None = 1
    ) -> Fault:
        """Answer 500, 502, 503, 504 or the like, before or after the work was done."""
        body: Json | str = HTML if html else {"message": f"{status}: Internal Server Error", "code": 0}
        return self.add(Fault(route, times, status, body, landed=landed))

    def refuse(self, route: str, status: int, code: int, *, times: int | None = 1) -> Fault:
        """Refuse with one of Discord's codes, for no reason."""
        return self.add(Fault(route, times, status, {"message": "Refused", "code": code}))

    def reset(self, route: str = "*", *, landed: bool = False, times: int | None = 1) -> Fault:
        """Cut the connection instead of answering."""
        return self.add(Fault(route, times, reset=True, landed=landed))

    def hold(self, route: str, *, landed: bool = False, times: int | None = 1) -> Fault:
        """Let the answer wait until the fault's ``until`` is set."""
        return self.add(Fault(route, times, landed=landed, until=asyncio.Event()))

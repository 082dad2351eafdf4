"""Every body against Discord's own OpenAPI file.

The file is not part of this project. The environment variable ``DISCORD_OPENAPI`` names it; without that nothing is
checked, and `Spec.unchecked` says so.
"""

import json
import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs

from .errors import Json

ALLOWED: tuple[tuple[str, str, str], ...] = (
    # what, how the complaint starts, why it is allowed
    ("reply", "at /errors: ", "the file gives a number as the code of a field's error; Discord gives a word"),
    (
        "request",
        "at /description: ",
        "an app's description has languages in the file; Discord's pages say it is a text",
    ),
)
"""What may differ from the file, each with its reason. At most ten."""


def ids_as_text(body: Any) -> Any:
    """Return a body with the ids that discord.py sends as numbers as text: Discord takes both, the file only text."""
    if isinstance(body, list):
        return [ids_as_text(one) for one in body]
    if not isinstance(body, dict):
        return body
    read = {key: ids_as_text(value) for key, value in body.items()}
    if isinstance(read.get("recipient_id"), int):
        read["recipient_id"] = str(read["recipient_id"])
    mentions = read.get("allowed_mentions") or {}
    for key in ("users", "roles"):
        if mentions.get(key):
            mentions[key] = [str(one) for one in mentions[key]]
    for one in read.get("attachments") or []:
        one["id"] = str(one["id"])
    return read


Check = Callable[[Any], list[str]]


class Spec:
    """The check, with what it counted and found."""

    def __init__(self) -> None:
        path = os.environ.get("DISCORD_OPENAPI", "")
        self.unchecked = "" if path else "unchecked: DISCORD_OPENAPI names no file"
        self._document = _load(path) if path else {}
        self.requests = 0
        self.replies = 0
        self.violations: list[str] = []

    def request(self, method: str, route: str, body: Any) -> None:
        """Check what the bot sent."""
        operation = self._operation(method, route)
        if operation is None:
            return
        schema = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
        if schema is None:
            if body not in (None, {}):
                self.violations.append(f"request {method} {route}: the file knows no body")
            return
        self.requests += 1
        self._check("request", method, route, schema, ids_as_text(body))

    def reply(self, method: str, route: str, status: int, body: Any) -> None:
        """Check what the stand-in answers."""
        operation = self._operation(method, route)
        if operation is None:
            return
        replies = operation["responses"]
        known = replies.get(str(status)) or (replies.get("4XX") if 400 <= status < 500 else None)
        if known is None:
            self.violations.append(f"reply {method} {route}: the file knows no {status}")
            return
        if "$ref" in known:
            known = self._document["components"]["responses"][known["$ref"].rsplit("/", 1)[1]]
        schema = known.get("content", {}).get("application/json", {}).get("schema")
        if schema is not None:
            self.replies += 1
            self._check("reply", method, route, schema, body)

    def _operation(self, method: str, route: str) -> Json | None:
        if not self._document:
            return None
        found: Json | None = self._document["paths"].get(route, {}).get(method.lower())
        if found is None:
            self.violations.append(f"request {method} {route}: the file knows no such route")
        return found

    def _check(self, what: str, method: str, route: str, schema: Json, body: Any) -> None:
        for complaint in _compiled(self._document["components_text"], json.dumps(schema))(body):
            line = f"{what} {method} {route}: {complaint}"
            if not any(what == where and complaint.startswith(start) for where, start, _ in ALLOWED):
                self.violations.append(line)


@cache
def _load(path: str) -> Json:
    """Read the file, once."""
    document: Json = json.loads(Path(path).read_text(encoding="utf-8"))
    document["components_text"] = json.dumps(document["components"])
    return document


@cache
def _compiled(components: str, schema: str) -> Check:
    """Return the check for one schema, compiled at its first use."""
    whole = json.loads(schema) | {"components": json.loads(components)}
    validator = jsonschema_rs.Draft202012Validator(whole)

    def check(body: Any) -> list[str]:
        return [
            f"at /{'/'.join(map(str, error.instance_path))}: {error.message[:300]}"
            for error in validator.iter_errors(body)
        ]

    return check

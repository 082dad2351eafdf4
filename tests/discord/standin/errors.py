"""How Discord says no: an HTTP status, a JSON error code and a sentence.

Codes: https://discord.com/developers/docs/topics/opcodes-and-status-codes#json
"""

from typing import Any

Json = dict[str, Any]


class ApiError(Exception):
    """A request is refused."""

    def __init__(self, status: int, code: int, message: str, errors: Json | None = None) -> None:
        super().__init__(f"{status} {code} {message}")
        self.status = status
        self.body: Json = {"message": message, "code": code}
        if errors:
            self.body["errors"] = errors


_SENTENCES = {
    0: (401, "401: Unauthorized"),
    10003: (404, "Unknown Channel"),
    10004: (404, "Unknown Guild"),
    10007: (404, "Unknown Member"),
    10008: (404, "Unknown Message"),
    10011: (404, "Unknown Role"),
    10013: (404, "Unknown User"),
    10015: (404, "Unknown Webhook"),
    10026: (404, "Unknown Ban"),
    10062: (404, "Unknown interaction"),
    10063: (404, "Unknown application command"),
    10070: (404, "Unknown Guild Scheduled Event"),
    20022: (429, "This interaction has reached its limit of follow-up messages"),
    30003: (400, "Maximum number of pins reached (250)"),
    30038: (400, "Maximum number of uncompleted guild scheduled events reached (100)"),
    40007: (403, "The user is banned from this guild."),
    40060: (400, "Interaction has already been acknowledged."),
    50001: (403, "Missing Access"),
    50003: (403, "Cannot execute action on a DM channel"),
    50005: (403, "Cannot edit a message authored by another user"),
    50006: (400, "Cannot send an empty message"),
    50007: (403, "Cannot send messages to this user"),
    50013: (403, "Missing Permissions"),
    50021: (403, "Cannot execute action on a system message"),
    50024: (403, "Cannot execute action on this channel type"),
    50027: (401, "Invalid Webhook Token"),
    50033: (400, "Invalid Recipient(s)"),
    50083: (400, "Thread is archived"),
    50109: (400, "The request body contains invalid JSON."),
    160005: (403, "Thread is locked"),
}


def no(code: int) -> ApiError:
    """Return the refusal with this JSON error code."""
    status, sentence = _SENTENCES[code]
    return ApiError(status, code, sentence)


def bad_form(path: str, code: str, message: str) -> ApiError:
    """Return the refusal of a field, by its dotted path: code 50035."""
    inner: Json = {"_errors": [{"code": code, "message": message}]}
    for part in reversed(path.split(".")):
        inner = {part: inner}
    return ApiError(400, 50035, "Invalid Form Body", inner)


def too_long(path: str, limit: int) -> ApiError:
    """Return the refusal of a text over its limit."""
    return bad_form(path, "BASE_TYPE_MAX_LENGTH", f"Must be {limit} or fewer in length.")


def units(words: str) -> int:
    """Return how long Discord counts a text to be: in UTF-16 code units."""
    return len(words.encode("utf-16-le", "surrogatepass")) // 2

"""What the local Telegram answers when it refuses, in Telegram's exact words."""

from typing import Any

ALBUM_MIX = "{} can't be mixed with other media types"


class ApiError(Exception):
    """A refusal of the Bot API: code, description and optional parameters of the envelope."""

    def __init__(
        self, code: int, description: str, parameters: dict[str, Any] | None = None
    ) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def envelope(self) -> dict[str, Any]:
        """Return the JSON body of the answer."""
        body: dict[str, Any] = {
            "ok": False,
            "error_code": self.code,
            "description": self.description,
        }
        if self.parameters:
            body["parameters"] = self.parameters
        return body


def _lower_first(message: str) -> str:
    """Lowercase the first letter unless the second is a capital or ``_`` (a raw server code)."""
    if len(message) > 1 and (message[1].isupper() or message[1] == "_"):
        return message
    return message[:1].lower() + message[1:]


def bad_request(message: str, parameters: dict[str, Any] | None = None) -> ApiError:
    """Return 400 with ``message`` after Telegram's prefix."""
    return ApiError(400, f"Bad Request: {_lower_first(message)}", parameters)


def forbidden(message: str) -> ApiError:
    """Return 403 with ``message`` after Telegram's prefix."""
    return ApiError(403, f"Forbidden: {_lower_first(message)}")


def unauthorized() -> ApiError:
    """Return 401: the token is well formed and nobody's."""
    return ApiError(401, "Unauthorized")


def not_found(message: str = "") -> ApiError:
    """Return 404: no such method, or no such path at all."""
    return ApiError(404, f"Not Found: {message}" if message else "Not Found")


def conflict(message: str) -> ApiError:
    """Return 409: two readers of one queue."""
    return ApiError(409, f"Conflict: {message}")


def too_many(seconds: int) -> ApiError:
    """Return 429 with the wait in ``parameters``."""
    return ApiError(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})


def chat_not_found() -> ApiError:
    """Return the refusal for a chat this bot has never seen."""
    return bad_request("chat not found")


def never_started() -> ApiError:
    """Return the refusal for a person the bot knows, who has not started it."""
    return forbidden("bot can't initiate conversation with a user")


def blocked() -> ApiError:
    """Return the refusal for a person who has blocked the bot."""
    return forbidden("bot was blocked by the user")


def migrated(new_id: int) -> ApiError:
    """Return the refusal for a basic group that has become supergroup ``new_id``."""
    return bad_request(
        "group chat was upgraded to a supergroup chat", {"migrate_to_chat_id": new_id}
    )


def not_modified() -> ApiError:
    """Return the refusal of an edit that changes nothing."""
    return bad_request(
        "message is not modified: specified new message content and reply markup are exactly "
        "the same as a current content and reply markup of the message"
    )


def query_too_old() -> ApiError:
    """Return the refusal of a late, repeated or invented answer to a callback query."""
    return bad_request("query is too old and response timeout expired or query ID is invalid")


def entities(detail: str) -> ApiError:
    """Return the refusal of bad markup; ``detail`` keeps its capital letter."""
    return ApiError(400, f"Bad Request: can't parse entities: {detail}")

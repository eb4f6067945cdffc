"""How the Graph API refuses. What a code means stands with each channel."""

import secrets
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Known:
    """HTTP status and title that Meta documents for a code."""

    http: int
    title: str


class GraphError(Exception):
    """Graph refuses a request."""

    def __init__(
        self, code: int, message: str = "", *, subcode: int = 0, http: int = 0, details: str = ""
    ) -> None:
        self.code = code
        self.subcode = subcode
        self.http = http or 400
        self.message = message or "Invalid parameter"
        self.details = details
        super().__init__(f"(#{code}) {self.message}")

    def answer(self) -> dict[str, Any]:
        """The body of the HTTP answer."""
        error: dict[str, Any] = {
            "message": f"(#{self.code}) {self.message}",
            "type": "OAuthException",
            "code": self.code,
            **({"error_subcode": self.subcode} if self.subcode else {}),
            **self.data(),
            "fbtrace_id": "A" + secrets.token_urlsafe(17),
        }
        return {"error": error}

    def data(self) -> dict[str, Any]:
        """What a channel adds to its errors."""
        return {}


def bad_token() -> GraphError:
    """The token is none of ours."""
    return GraphError(190, "Invalid OAuth access token - Cannot parse access token", http=401)


def no_such(node: str) -> GraphError:
    """There is no such thing, or the token may not see it."""
    sentence = (
        f"Unsupported request. Object with ID '{node}' does not exist, cannot be loaded due to"
        " missing permissions, or does not support this operation"
    )
    return GraphError(100, sentence)

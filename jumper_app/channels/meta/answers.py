"""What an answer of the Graph API means: a result, a refusal, or nothing we can tell.

Source: Graph API > Handling errors; WhatsApp > Error codes, read 2026-11-22.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx
from pydantic import JsonValue

from jumper_app import clock
from jumper_app.channels.loose import Object, obj, parsed, text, whole
from jumper_app.errors import SendFailed

from .failures import (
    BadRequest,
    PermissionMissing,
    Temporary,
    Throttled,
    TokenRefused,
    Unanswered,
)

Codes = Mapping[int | tuple[int, int], type[SendFailed]]
"""What a channel's error codes mean; a pair is a code with its subcode, and goes first."""
LONGEST_WAIT_S = 3600.0
"""Seconds; a longer Retry-After is cut, or a mistake would silence us for ever."""
LONGEST_DETAIL = 300
PERMISSION_CODES = range(200, 300)
"""All of these say that the token may not do this."""


def result_of(answer: httpx.Response, codes: Codes) -> Object:
    """The object that Meta answered. Raises the ``SendFailed`` member that fits.

    ``codes`` says what each of the channel's error codes means.
    """
    body = parsed(answer.content.decode("utf-8", "replace"))
    error = obj(obj(body).get("error"))
    if error:
        raise refusal(answer, error, codes)
    if answer.is_success and isinstance(body, dict):
        return body
    raise unexplained(answer)


def refusal(answer: httpx.Response, error: Object, codes: Codes) -> SendFailed:
    """What Meta's error object means. An explicit error is a refusal: nothing was sent."""
    code, subcode = whole_code(error.get("code")), whole(error.get("error_subcode"))
    details = obj(error.get("error_data")).get("details")
    found = member(code, subcode, codes) or unlisted(code, error, answer.status_code)
    return found(
        provider_code=written(code, subcode, codes),
        detail=(text(details) or text(error.get("message")))[:LONGEST_DETAIL],
        retry_after_s=retry_after(answer),
    )


def whole_code(value: JsonValue) -> int | None:
    """A code, which may be negative."""
    sign, digits = (-1, text(value)[1:]) if text(value).startswith("-") else (1, text(value))
    found = whole(digits)
    return None if found is None else sign * found


def member(code: int | None, subcode: int | None, codes: Codes) -> type[SendFailed] | None:
    """What the channel says of a code, first with its subcode; None when it says nothing."""
    if code is None:
        return None
    pair = codes.get((code, subcode)) if subcode is not None else None
    return pair or codes.get(code)


def written(code: int | None, subcode: int | None, codes: Codes) -> str:
    """The code as we keep it, with its subcode where that makes a difference."""
    if code is None:
        return ""
    is_pair = subcode is not None and (code, subcode) in codes
    return f"{code}/{subcode}" if is_pair else str(code)


def unlisted(code: int | None, error: Object, status: int) -> type[SendFailed]:
    """The member for a code that no table has, by its circumstances."""
    if code in PERMISSION_CODES:
        return PermissionMissing
    if error.get("is_transient") is True or status >= httpx.codes.INTERNAL_SERVER_ERROR:
        return Temporary
    return BY_STATUS.get(status, BadRequest)


def explained(code: str, detail: str, codes: Codes) -> SendFailed:
    """What an error means that came later, in a receipt."""
    first, _, second = code.partition("/")
    known, subcode = whole(first), whole(second)
    found = member(known, subcode, codes) or unlisted(known, {}, BAD_REQUEST)
    return found(provider_code=code, detail=detail[:LONGEST_DETAIL])


def unexplained(answer: httpx.Response) -> SendFailed:
    """An answer without an error object: a proxy's, a broken one, or none of Meta's."""
    status = answer.status_code
    known = BY_STATUS.get(status)
    if known is None:
        ambiguous = answer.is_success or answer.is_server_error or status == REQUEST_TIMEOUT
        known = Unanswered if ambiguous else BadRequest
    return known(detail=f"HTTP {status} without an explanation", retry_after_s=retry_after(answer))


def retry_after(answer: httpx.Response) -> float | None:
    """How long Meta asks us to wait, in seconds; None when it does not say."""
    told = answer.headers.get("Retry-After", "").strip()
    if not told:
        return None
    seconds = whole(told)
    if seconds is None:
        until = moment_of(told)
        seconds = (until - clock.now()).total_seconds() if until else None
    return None if seconds is None else min(max(float(seconds), 0.0), LONGEST_WAIT_S)


def moment_of(told: str) -> datetime | None:
    """An HTTP date as an aware time; None when it is none."""
    try:
        until = parsedate_to_datetime(told)
    except ValueError:
        return None
    return until if until.tzinfo else until.replace(tzinfo=UTC)


BAD_REQUEST = int(httpx.codes.BAD_REQUEST)
REQUEST_TIMEOUT = int(httpx.codes.REQUEST_TIMEOUT)
BY_STATUS: dict[int, type[SendFailed]] = {
    httpx.codes.UNAUTHORIZED: TokenRefused,
    httpx.codes.FORBIDDEN: PermissionMissing,
    httpx.codes.TOO_MANY_REQUESTS: Throttled,
}
"""What a status means when no code says more. With a code, the code counts."""

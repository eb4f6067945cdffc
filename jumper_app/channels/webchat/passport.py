"""Who is signed in on the customer's own site, signed by that site.

A passport is a JSON Web Token with the one algorithm HS256, so that any site can make it
with the library of its language or with a dozen lines of its own. Source: RFC 7515, 7519.
"""

import base64
import hashlib
import hmac
from collections.abc import Iterable
from datetime import UTC, datetime

import orjson
from pydantic import BaseModel, Field, SecretStr

from jumper_app.channels.contract import Frozen
from jumper_app.channels.loose import clean, obj

LONGEST = 4096
"""Characters of a passport that are read."""


class BadPassport(ValueError):
    """It is not signed by the site, it has ended, or it says nothing."""


class SiteUser(Frozen):
    """Somebody the site knows. ``id`` is the site's own, and stays the same for ever."""

    id: str = Field(min_length=1, max_length=200)
    name: str = Field(default="", max_length=100)
    email: str = Field(default="", max_length=254)


class _Claims(BaseModel):
    """What is read of a token; it may say more."""

    sub: str | int
    name: str = ""
    email: str = ""
    exp: float | None = Field(default=None, ge=0, le=1e11)


def issue(user: SiteUser, secret: SecretStr, *, ends_at: datetime | None = None) -> str:
    """A passport; for tests, the demo's site, and whoever runs their site on Python."""
    claims: dict[str, object] = {"sub": user.id, "name": user.name, "email": user.email}
    if ends_at is not None:
        claims["exp"] = int(ends_at.timestamp())
    signed = f"{_pack(orjson.dumps({'alg': 'HS256', 'typ': 'JWT'}))}.{_pack(orjson.dumps(claims))}"
    return f"{signed}.{_pack(_mac(signed, secret))}"


def read(passport: str, secrets: Iterable[SecretStr], now: datetime) -> SiteUser:
    """Who it is for. Every secret is tried; an empty one signs nothing. Raises BadPassport."""
    signed, dot, mac = passport.rpartition(".")
    if not dot or len(passport) > LONGEST or not passport.isascii():
        raise BadPassport("no passport")
    given = mac.encode()
    known = [
        hmac.compare_digest(given, _pack(_mac(signed, secret)).encode())
        for secret in secrets
        if secret.get_secret_value()
    ]
    if not any(known):
        raise BadPassport("signed by somebody else")
    return _said(signed, now)


def _said(signed: str, now: datetime) -> SiteUser:
    """What a passport says whose signature is right."""
    try:
        head, body = (clean(orjson.loads(_unpack(part))) for part in signed.split("."))
        claims = _Claims.model_validate(body)
        plain = obj(head).get("alg") == "HS256" and "crit" not in obj(head)
    except ValueError as error:
        raise BadPassport("it cannot be read") from error
    if not plain:
        raise BadPassport("another algorithm")
    if claims.exp is not None and now >= datetime.fromtimestamp(claims.exp, UTC):
        raise BadPassport("it has ended")
    return SiteUser(id=str(claims.sub)[:200], name=claims.name[:100], email=claims.email[:254])


def _mac(signed: str, secret: SecretStr) -> bytes:
    return hmac.new(secret.get_secret_value().encode(), signed.encode(), hashlib.sha256).digest()


def _pack(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _unpack(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))

"""The session cookie: its name, and how it is read and written as plain headers."""

from jumper_app.people.sessions import ABSOLUTE

SECURE_NAME = "__Host-jumper"
"""Browsers take a ``__Host-`` cookie over https only, from this very host and for no other."""

PLAIN_NAME = "jumper"


def name_for(public_url: str) -> str:
    """The cookie's name at this address."""
    return SECURE_NAME if public_url.startswith("https://") else PLAIN_NAME


def read(header: str, name: str) -> str:
    """The value of cookie ``name`` in a Cookie header; empty if there is none."""
    for part in header.split(";"):
        key, _, value = part.strip().partition("=")
        if key == name:
            return value.strip('"')
    return ""


def writing(token: str, name: str) -> str:
    """The Set-Cookie header that hands the session to the browser."""
    return f"{name}={token}; Max-Age={int(ABSOLUTE.total_seconds())}{_attributes(name)}"


def clearing(name: str) -> str:
    """The Set-Cookie header that makes the browser forget the session."""
    return f"{name}=; Max-Age=0{_attributes(name)}"


def _attributes(name: str) -> str:
    secure = "; Secure" if name == SECURE_NAME else ""
    return f"; Path=/; HttpOnly; SameSite=Lax{secure}"

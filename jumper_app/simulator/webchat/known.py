"""What makes a simulated visitor: the secret that a browser would keep."""

import base64
import hashlib
import secrets

from jumper_app.channels.contract import Identity, IdentityKind


def secret_of(name: str) -> str:
    """The secret of a visitor of the demo's stories, so that their phone finds their chat.

    It is no secret to anybody who reads this, and opens made-up words only.
    """
    return _packed(hashlib.sha256(f"a visitor of the demo: {name}".encode()).digest())


def new_secret() -> str:
    """For a visitor who is added by hand."""
    return _packed(secrets.token_bytes(32))


def identity_of(secret: str) -> Identity:
    """Under which name the app knows whoever has this secret."""
    digest = hashlib.sha256(secret.encode()).hexdigest()
    return Identity(kind=IdentityKind.VISITOR, value=digest)


def _packed(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()

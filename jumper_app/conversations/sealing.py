"""Small secrets at rest: sealed with the installation's key before they touch the database."""

import base64
import hashlib

from cryptography.fernet import Fernet
from pydantic import SecretStr

from jumper_app.settings import settings


def seal(secret: SecretStr, purpose: str) -> bytes:
    """Encrypt a secret; one of another purpose cannot be opened in its place. Empty stays empty."""
    plain = secret.get_secret_value().encode()
    return _cipher(purpose).encrypt(plain) if plain else b""


def unseal(sealed: bytes, purpose: str) -> SecretStr:
    """The secret. Raises ``InvalidToken`` when it was sealed with another key."""
    return SecretStr(_cipher(purpose).decrypt(sealed).decode() if sealed else "")


def _cipher(purpose: str) -> Fernet:
    """Fernet wants 32 bytes; the installation's secret may be of any length."""
    secret = settings().secret_key.get_secret_value().encode()
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(purpose.encode() + secret).digest()))

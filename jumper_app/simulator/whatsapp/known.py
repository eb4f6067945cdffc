"""Under which names WhatsApp knows a customer."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from jumper_app.simulator.rows import Phone


@dataclass(frozen=True)
class Known:
    """A customer's names. ``wa_id`` may be empty, and so may ``bsuid``.

    Attributes:
        hides_number: The customer goes by a username; webhooks carry the BSUID alone.
    """

    wa_id: str = ""
    bsuid: str = ""
    username: str = ""
    hides_number: bool = False

    @property
    def key(self) -> str:
        """The phone's key: its WhatsApp id, or its BSUID when it has none."""
        return self.wa_id or self.bsuid

    @property
    def shows_number(self) -> bool:
        """Does the business learn the phone number?"""
        return bool(self.wa_id) and not self.hides_number

    def facts(self) -> dict[str, Any]:
        """As the stand-in's memory keeps them."""
        return asdict(self)


def known(phone: Phone) -> Known:
    """The names of a phone's owner."""
    return Known(**phone.facts)


def dialled(digits: str) -> Iterator[str]:
    """The WhatsApp ids that a dialled number may reach, the number itself first.

    Mexican ids have a 1, Argentine ids a 9 after the country code that nobody dials; many
    Brazilian ids lack the ninth digit. Source: WhatsApp > Phone numbers, read 2026-11-22.
    """
    yield digits
    for country, extra in (("52", "1"), ("54", "9")):
        if digits.startswith(country):
            rest = digits.removeprefix(country)
            yield country + (rest[1:] if rest.startswith(extra) else extra + rest)
    if digits.startswith("55"):
        area, rest = digits[2:4], digits[4:]
        yield "55" + area + (rest[1:] if len(rest) == 9 else "9" + rest)

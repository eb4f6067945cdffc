"""Whose numbers the stand-in serves, and with which templates."""

import zlib
from dataclasses import dataclass, field
from typing import Any, Literal

CHANNEL = "whatsapp"


@dataclass(frozen=True)
class Number:
    """A business phone number. ``country_code``: what Meta prepends to a ``to`` without ``+``."""

    phone_number_id: str
    waba_id: str
    display_phone_number: str
    token: str = field(repr=False)
    verified_name: str = "Jumper"
    country_code: str = "1"

    @property
    def digits(self) -> str:
        """The number as it stands in webhooks: no plus sign, no spaces."""
        return "".join(sign for sign in self.display_phone_number if sign.isdigit())


@dataclass(frozen=True)
class Template:
    """A template. ``components``: its parts in Meta's own form; ``reason``: of a rejection."""

    name: str
    language: str
    category: str
    components: tuple[dict[str, Any], ...]
    parameter_format: Literal["POSITIONAL", "NAMED"] = "POSITIONAL"
    status: str = "APPROVED"
    quality: str = "UNKNOWN"
    reason: str = "NONE"

    @property
    def id(self) -> str:
        """Meta's id: digits, the same for ever."""
        return str(10**15 + zlib.crc32(f"{self.name} {self.language}".encode()))

    def part(self, kind: str) -> dict[str, Any]:
        """The component of that type; an empty one when it has none."""
        return next((one for one in self.components if one["type"] == kind), {})


@dataclass(frozen=True)
class Numbers:
    """The business numbers of one app.

    Attributes:
        late_answer: Where 131047 comes, outside the customer service window: Meta takes the
            message and reports it as a failed status; older accounts saw it in the HTTP answer.
    """

    numbers: tuple[Number, ...]
    templates: tuple[Template, ...] = ()
    late_answer: Literal["status", "http"] = "status"

    def number(self, phone_number_id: str) -> Number | None:
        """The number with that id, or None."""
        return next((one for one in self.numbers if one.phone_number_id == phone_number_id), None)

    def first_of(self, waba_id: str) -> Number | None:
        """The first number of a business account, or None."""
        return next((one for one in self.numbers if one.waba_id == waba_id), None)

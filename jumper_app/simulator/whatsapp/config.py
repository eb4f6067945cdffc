"""Whose numbers the stand-in serves, and with which templates."""

from dataclasses import dataclass, field
from typing import Literal


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
    """An approved template. ``variables`` counts the placeholders of its body."""

    name: str
    language: str
    body: str
    category: Literal["MARKETING", "UTILITY", "AUTHENTICATION"] = "UTILITY"
    variables: int = 0


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

    def template(self, name: str, language: str) -> Template | None:
        """The template of that name in that language, or None."""
        wanted = (name, language)
        return next((one for one in self.templates if (one.name, one.language) == wanted), None)

"""What the picker hands in: strict values, turned into the business's own."""

from typing import Annotated

from pydantic import Field

from jumper_app.channels.contract import OutLocation
from jumper_app.conversations.templates.filling import Values
from jumper_app.conversations.templates.sending import Filled
from jumper_app.conversations.templates.starting import Beginning
from jumper_app.panel.arguments import Form

MOST_GAPS = 100
"""More than any template has."""

Key = Annotated[str, Field(min_length=16, max_length=64)]
"""Made by the browser; the same key twice is the same message."""


class TextForm(Form):
    """What stands in one gap."""

    key: Annotated[str, Field(max_length=120)]
    text: Annotated[str, Field(max_length=33000)]


class PlaceForm(Form):
    """The place above a template; degrees."""

    latitude: Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]
    longitude: Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
    name: Annotated[str, Field(max_length=1000)]
    address: Annotated[str, Field(max_length=1000)]


class FilledForm(Form):
    """A template (its public id) with what was filled in."""

    template: str
    texts: Annotated[list[TextForm], Field(max_length=MOST_GAPS)]
    file: str = ""
    place: PlaceForm | None = None

    def filled(self) -> Filled:
        """As the business takes it."""
        texts = {one.key: one.text for one in self.texts}
        place = OutLocation.model_validate(self.place.model_dump()) if self.place else None
        return Filled(self.template, Values(texts, self.file, place))


class BeginningForm(Form):
    """Whom to write to first. ``account``: the public id of ours to write from."""

    account: str
    number: Annotated[str, Field(max_length=60)]
    name: Annotated[str, Field(max_length=200)]
    consented: bool

    def beginning(self) -> Beginning:
        """As the business takes it."""
        return Beginning(self.account, self.number, self.name, self.consented)

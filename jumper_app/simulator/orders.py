"""What may be asked of the controls, as strict models."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from jumper_app.simulator.faults import Fault, Kind, On
from jumper_app.simulator.handset import Handset
from jumper_app.simulator.network import Newcomer
from jumper_app.simulator.whatsapp.templates import FIELDS, Change


class Order(BaseModel):
    """A body of the control routes: nothing missing, nothing else."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Clock(Order):
    """Move the clock forward by so many seconds."""

    advance_s: Annotated[float, Field(ge=0, allow_inf_nan=False)]


class NewPhone(Order):
    """A customer of a channel, known in one of its ways."""

    channel: str
    name: Annotated[str, Field(min_length=1, max_length=100)]
    way: str = ""
    told: Annotated[str, Field(max_length=60)] = ""

    def newcomer(self) -> Newcomer:
        """As the channel takes them."""
        return Newcomer(self.name, self.way, self.told)


class NewFault(Order):
    """A misfortune, so many times; ``count`` null means until cleared."""

    kind: Kind
    on: On = "send"
    code: int = 131000
    subcode: int = 0
    http: int = 0
    seconds: Annotated[float, Field(ge=0, le=60)] = 0
    number: str = ""
    reference: str = ""
    count: Annotated[int, Field(ge=1)] | None = 1

    def fault(self) -> Fault:
        """As the script keeps it."""
        return Fault(**self.model_dump(exclude={"count"}))


class TemplateChange(Order):
    """Something happens to a template. ``field``: of the webhook that tells of it."""

    name: str
    language: str
    field: str = FIELDS[0]
    value: Annotated[str, Field(min_length=1, max_length=1024)]
    reason: str = "NONE"

    def change(self) -> Change:
        """As the templates take it."""
        return Change(self.field, self.value, self.reason)


class Repeat(Order):
    """Which delivery to send again: 0 is the last one."""

    back: Annotated[int, Field(ge=0)] = 0


class Release(Order):
    """How to let held webhooks go."""

    shuffle: int | None = None
    batch: bool = False


class Write(Order):
    """Type and send."""

    text: str
    quotes: str = ""

    def obey(self, phone: Handset) -> str | None:
        """Do it; the id of what was sent."""
        return phone.write(self.text, self.quotes)


class Photo(Order):
    """Send a picture."""

    caption: str = ""

    def obey(self, phone: Handset) -> str | None:
        """Do it; the id of what was sent."""
        return phone.photo(caption=self.caption)


class Sample(Order):
    """Send something that lies ready on this kind of phone."""

    what: str

    def obey(self, phone: Handset) -> str | None:
        """Do it; the id of what was sent."""
        return phone.send(self.what)


class Tap(Order):
    """Tap a button or list row."""

    message: str
    choice: str

    def obey(self, phone: Handset) -> str | None:
        """Do it; the id of what was sent."""
        return phone.tap(self.message, self.choice)


class React(Order):
    """React with an emoji; an empty one takes it back."""

    message: str
    emoji: str

    def obey(self, phone: Handset) -> str | None:
        """Do it; the id of what was sent."""
        return phone.react(self.message, self.emoji)


class Open(Order):
    """Look at the chat."""

    def obey(self, phone: Handset) -> str | None:
        """Do it; the id of what was sent."""
        return phone.open()


class Close(Order):
    """Look away."""

    def obey(self, phone: Handset) -> str | None:
        """Do it; the id of what was sent."""
        return phone.close()


class Online(Order):
    """Find or lose the network."""

    online: bool

    def obey(self, phone: Handset) -> str | None:
        """Do it; the id of what was sent."""
        return phone.go_online() if self.online else phone.go_offline()


PHONE: dict[str, Any] = {
    "write": Write,
    "photo": Photo,
    "send": Sample,
    "tap": Tap,
    "react": React,
    "open": Open,
    "close": Close,
    "online": Online,
}
"""A phone's verbs in the address, and what each wants to know."""

"""What may be sent when, and how much of it."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal

from .base import Frozen


class Permission(StrEnum):
    """What may be sent at a moment, the widest first."""

    FREE = "free"
    HUMAN_ONLY = "human_only"
    TEMPLATE_ONLY = "template_only"
    CLOSED = "closed"

    def allows(self, *, person: bool, template: bool) -> bool:
        """Say whether something may be sent.

        Args:
            person: An agent says it, not a bot.
            template: The channel approved its words beforehand.
        """
        match self:
            case Permission.FREE:
                return True
            case Permission.HUMAN_ONLY:
                return person or template
            case Permission.TEMPLATE_ONLY:
                return template
            case Permission.CLOSED:
                return False


class ReplyWindow(Frozen):
    """How long after the customer's last message one may answer. ``None``: for ever.

    ``automation`` binds bots, ``human`` a person's own typing. ``template``: the
    channel has pre-approved messages that may be sent outside both.
    """

    automation: timedelta | None
    human: timedelta | None
    template: bool

    def without_people(self) -> "ReplyWindow":
        """The same for an account whose people may write no longer than its bots."""
        return self.model_copy(update={"human": self.automation})

    def permission(self, last_heard: datetime | None, now: datetime) -> Permission:
        """Say what may be sent at ``now``.

        Args:
            last_heard: When the customer last wrote, by the provider's clock (UTC);
                None if never, or if the channel told us that the window is closed.
            now: The present moment (UTC).
        """
        if self.human is None:
            return Permission.FREE
        shut = Permission.TEMPLATE_ONLY if self.template else Permission.CLOSED
        if last_heard is None:
            return shut
        age = now - last_heard
        if self.automation is None or age < self.automation:
            return Permission.FREE
        return Permission.HUMAN_ONLY if age < self.human else shut

    def closes_at(self, last_heard: datetime | None) -> datetime | None:
        """When a person may no longer answer; None when never heard, or never."""
        if last_heard is None or self.human is None:
            return None
        return last_heard + self.human

    def bots_until(self, last_heard: datetime | None) -> datetime | None:
        """When only people may go on; None where bots and people stop together, or never."""
        if last_heard is None or self.automation is None or self.automation == self.human:
            return None
        return last_heard + self.automation


MediaKind = Literal["image", "video", "audio", "document", "sticker"]


class MediaLimit(Frozen):
    """What one kind of file may be. ``bytes``: its largest size."""

    types: frozenset[str]
    """Media types, for instance ``image/png``."""
    bytes: int
    captioned: bool = True
    """It can carry words, where the channel has captions at all."""


class MenuItem(StrEnum):
    """What an agent can attach. A channel shows exactly those of its ``menu``, in that order."""

    OPTIN = "optin"
    PICTURE = "picture"
    TEMPLATE = "template"
    LOCATION = "location"
    CONTACT = "contact"
    FILE = "file"
    VIDEO = "video"
    PHOTO = "photo"


class Limits(Frozen):
    """What the channel takes. Sizes in bytes, lengths in characters."""

    text: int
    caption: int
    """0: a file goes without words."""
    media: dict[MediaKind, MediaLimit]
    """The kinds of files that it takes; one that is missing cannot be sent."""
    choices: int
    """At most so many buttons; 0: the channel has none and choices become numbered text."""
    choice_title: int
    list_rows: int
    list_title: int
    opt_in_title: int = 0
    """Of the request to be allowed to write later; 0: the channel has none."""

    def caption_of(self, kind: MediaKind) -> int:
        """How many characters may stand under a file of a kind that the channel takes."""
        return self.caption if self.media[kind].captioned else 0


class Wording(Frozen):
    """The channel's own sentences for agents."""

    name: str
    window_closed: str
    people_only: str = ""
    """Why a bot may not write any more while people still may; empty where that never is."""
    closed_early: str = ""
    """``window_closed`` where an account's people may write no longer than its bots."""
    no_opt_ins: str = ""
    """Why an agent cannot ask for leave to write later while an admin has not switched that on."""
    unshown: str = ""
    """What stands at the beginning of a conversation while another tool's messages are not shown;
    empty where nothing else can speak in our name."""
    nobody: str = "Customer"
    """What to call somebody whose name is not told."""


class Pace(Frozen):
    """A token bucket per recipient: ``burst`` at once, then one every ``every_s`` seconds."""

    burst: int
    every_s: float

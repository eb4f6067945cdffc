"""What each channel takes, written down once more from its source and not from our tables.

WhatsApp: ``meta/api.md`` 3, *Sending*, the rows image, video, audio and document. Messenger:
``meta/api.md`` 9, *Send API*, the row attachment (25 MB; it names no picture types: these are
those of its help pages). Web chat: our own choice. What stands in which menu: the issue's
*Attachments: exactly what the channel has*. A megabyte is 2^20 bytes.
"""

from dataclasses import dataclass

OFFICE = "application/vnd.openxmlformats-officedocument"
DOCUMENTS = frozenset(
    {
        *("text/plain", "application/pdf", "application/msword", "application/vnd.ms-excel"),
        *("application/vnd.ms-powerpoint", f"{OFFICE}.wordprocessingml.document"),
        *(f"{OFFICE}.spreadsheetml.sheet", f"{OFFICE}.presentationml.presentation"),
    }
)
PICTURES = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp", "image/avif"})
"""Pictures are made anew, so one may come as any of these and leaves as what the channel has."""

TAKES: dict[str, dict[str, tuple[frozenset[str], int]]] = {
    "whatsapp": {
        "image": (PICTURES, 5),
        "video": (frozenset({"video/mp4", "video/3gpp"}), 16),
        "audio": (
            frozenset({"audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"}),
            16,
        ),
        "document": (DOCUMENTS, 100),
    },
    "messenger": {"image": (PICTURES, 25)},
    "webchat": {
        "image": (PICTURES, 10),
        "video": (frozenset({"video/mp4", "video/webm"}), 10),
        "audio": (frozenset({"audio/mpeg", "audio/mp4", "audio/ogg", "audio/wav"}), 10),
        "document": (DOCUMENTS, 10),
    },
}
"""By channel and kind of file: media types, and megabytes."""

LEAVES_AS = {
    "whatsapp": {"image/jpeg", "image/png"},
    "messenger": {"image/jpeg", "image/png", "image/gif"},
    "webchat": {"image/jpeg", "image/png", "image/gif", "image/webp"},
}
"""As what a picture may go."""

MENU = {
    "whatsapp": {"photo": {"image"}, "video": {"video"}, "file": {"document", "audio"}},
    "messenger": {"picture": {"image"}},
    "webchat": {"photo": {"image"}, "video": {"video"}, "file": {"document", "audio"}},
}
"""What stands behind each item that is a file. A sound goes as a file."""

BESIDE = {
    "whatsapp": {"location", "contacts", "template"},
    "messenger": {"optin"},
    "webchat": {"location"},
}
"""What else is in the menu."""

CAPTION = {"whatsapp": 1024, "messenger": 0, "webchat": 4000}
"""Characters under a picture, a film or a document."""

WORDLESS = {("whatsapp", "audio")}
"""A sound has no caption (``meta/api.md`` 3, the row audio)."""

NAMES = {"whatsapp": "WhatsApp", "messenger": "Messenger", "webchat": "Web chat"}
MIB = 1024 * 1024

SIZES = ("small", "just under", "on the dot", "a byte over", "the largest", "beyond all")
"""Of a file: against the limit of its kind, and against the largest that the channel has."""


@dataclass(frozen=True)
class Verdict:
    """What becomes of a file. ``kind``: as what it is taken; empty when it is refused.

    ``sentence``: what the refusal must name.
    """

    kind: str
    sentence: str = ""


def kind_of(channel: str, mime: str, item: str = "") -> str:
    """As what a channel takes this type, under this item if one is named; empty: it does not."""
    behind = MENU[channel][item] if item else set(TAKES[channel])
    return next((kind for kind in behind if mime in TAKES[channel][kind][0]), "")


def largest(channel: str) -> int:
    """Bytes of the largest file of any kind."""
    return max(megabytes for _, megabytes in TAKES[channel].values()) * MIB


def bytes_of(size: str, channel: str, mime: str, real: int) -> int:
    """How large a file of this size class is. ``real``: what its content has."""
    kind = kind_of(channel, mime)
    limit = TAKES[channel][kind][1] * MIB if kind else largest(channel)
    return {
        "small": real,
        "just under": limit - 1,
        "on the dot": limit,
        "a byte over": limit + 1,
        "the largest": largest(channel),
        "beyond all": largest(channel) + 1,
    }[size]


def verdict(channel: str, mime: str, size: int, item: str = "") -> Verdict:
    """What must become of a file that an agent hands in, under an item of the menu or by itself."""
    kind = kind_of(channel, mime, item)
    if not kind:
        return Verdict("", "cannot be sent")
    limit = TAKES[channel][kind][1]
    return Verdict(kind) if size <= limit * MIB else Verdict("", f"at most {limit} MB")

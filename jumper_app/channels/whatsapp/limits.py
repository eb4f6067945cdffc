"""What WhatsApp takes, and how fast. Every number of the channel lives here.

Read 2026-11-22, each at the page named beside it, under
developers.facebook.com/documentation/business-messaging/whatsapp.
"""

from datetime import timedelta

from jumper_app.channels.contract import (
    KIB,
    MIB,
    Limits,
    MediaKind,
    MediaLimit,
    MenuItem,
    Pace,
    ReplyWindow,
)

WINDOW = ReplyWindow(automation=timedelta(hours=24), human=timedelta(hours=24), template=True)
"""The customer service window. Source: Send messages."""

MAX_TEXT = 4096
"""Characters of a text. Source: Send messages > Text."""
MAX_CAPTION = 1024
"""Characters under a picture. Source: Send messages > Image."""
OFFICE = "application/vnd.openxmlformats-officedocument"

MEDIA: dict[MediaKind, MediaLimit] = {
    "image": MediaLimit(types=frozenset({"image/jpeg", "image/png"}), bytes=5 * MIB),
    "video": MediaLimit(types=frozenset({"video/mp4", "video/3gpp"}), bytes=16 * MIB),
    "audio": MediaLimit(
        types=frozenset({"audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"}),
        bytes=16 * MIB,
        captioned=False,
    ),
    "document": MediaLimit(
        types=frozenset(
            {
                "text/plain",
                "application/pdf",
                "application/msword",
                "application/vnd.ms-excel",
                "application/vnd.ms-powerpoint",
                f"{OFFICE}.wordprocessingml.document",
                f"{OFFICE}.spreadsheetml.sheet",
                f"{OFFICE}.presentationml.presentation",
            }
        ),
        bytes=100 * MIB,
    ),
    "sticker": MediaLimit(types=frozenset({"image/webp"}), bytes=500 * KIB, captioned=False),
}
"""Media types and bytes of each kind of file. Source: Media > Supported types."""

MAX_INTERACTIVE_TEXT = 1024
"""Characters of a text with buttons or a list. Source: Meta's OpenAPI file v23.0, BodyObject."""
MAX_BUTTONS = 3
"""Reply buttons under a text. Source: Interactive reply buttons."""
MAX_BUTTON_TITLE = 20
"""Characters on a button. Source: Interactive reply buttons."""
MAX_ROWS = 10
"""Rows of a list, over all its sections. Source: Interactive list."""
MAX_ROW_TITLE = 24
"""Characters of a row's title. Source: Interactive list."""

LIMITS = Limits(
    text=MAX_TEXT,
    caption=MAX_CAPTION,
    media=MEDIA,
    choices=MAX_BUTTONS,
    choice_title=MAX_BUTTON_TITLE,
    list_rows=MAX_ROWS,
    list_title=MAX_ROW_TITLE,
)

MENU = (
    MenuItem.TEMPLATE,
    MenuItem.LOCATION,
    MenuItem.CONTACT,
    MenuItem.FILE,
    MenuItem.VIDEO,
    MenuItem.PHOTO,
)

REACTIONS = ("👍", "❤️", "😂", "😮", "😢", "🙏")
"""What WhatsApp's own apps offer first; it takes any emoji. Source: Reaction messages."""

PACE = Pace(burst=45, every_s=6.0)
"""Messages to one customer: 45 at once, then one every 6 seconds. Source: About the platform >
Pair rate limits."""

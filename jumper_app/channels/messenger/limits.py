"""What Messenger takes, and how fast. Every number of the channel lives here.

Read 2026-11-22, each at the page named beside it, under
developers.facebook.com/docs/messenger-platform.
"""

from datetime import timedelta

from jumper_app.channels.contract import (
    MIB,
    Limits,
    MediaKind,
    MediaLimit,
    MenuItem,
    Pace,
    ReplyWindow,
)

WINDOW = ReplyWindow(automation=timedelta(hours=24), human=timedelta(days=7), template=False)
"""Anything within 24 hours, then a person's own words to 7 days. Source: Policy overview, and
Human agent tag."""

MAX_TEXT = 2000
"""Characters of a text, UTF-8. Source: Send messages."""
MAX_FILE_BYTES = 25 * MIB
"""Bytes of any file that is uploaded. Source: Saving assets."""
OFFICE = "application/vnd.openxmlformats-officedocument"

MEDIA: dict[MediaKind, MediaLimit] = {
    "image": MediaLimit(
        types=frozenset({"image/jpeg", "image/png", "image/gif"}), bytes=MAX_FILE_BYTES
    ),
    "video": MediaLimit(types=frozenset({"video/mp4", "video/quicktime"}), bytes=MAX_FILE_BYTES),
    "audio": MediaLimit(
        types=frozenset({"audio/mpeg", "audio/mp4", "audio/ogg", "audio/aac", "audio/wav"}),
        bytes=MAX_FILE_BYTES,
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
        bytes=MAX_FILE_BYTES,
    ),
}
"""Media types and bytes of each kind of file. Text and a file cannot share one message.
Source: Send messages > Attachments."""

MAX_QUICK_REPLIES = 13
"""Answers to tap under a text or a file. Source: Quick replies."""
MAX_QUICK_REPLY_TITLE = 20
"""Characters that are shown of an answer. Source: Quick replies."""
MAX_PAYLOAD = 1000
"""Characters of what comes back with a tap. Source: Quick replies."""

MAX_BUTTON_TEXT = 640
"""Characters above the buttons of a button template. Source: Template > Button."""
MAX_BUTTONS = 3
"""Buttons of a button template, and of each element of a generic one."""
MAX_BUTTON_TITLE = 20
"""Characters on a button. Source: Buttons."""
MAX_CARDS = 10
"""Elements of a generic template. Source: Template > Generic."""
MAX_CARD_TEXT = 80
"""Characters of an element's title, and of its subtitle. Source: Template > Generic."""
MAX_OPT_IN_TITLE = 65
"""Characters of the request to write later. Source: Notification messages."""
MAX_REFERENCE = 1000
"""Characters of ``metadata``. Source: Send messages."""

LIMITS = Limits(
    text=MAX_TEXT,
    caption=0,
    media=MEDIA,
    choices=MAX_QUICK_REPLIES,
    choice_title=MAX_QUICK_REPLY_TITLE,
    list_rows=0,
    list_title=0,
    opt_in_title=MAX_OPT_IN_TITLE,
)

MENU = (MenuItem.OPTIN, MenuItem.PICTURE)

REACTIONS = {
    "❤️": "love",
    "😆": "smile",
    "😮": "wow",
    "😢": "sad",
    "😠": "angry",
    "👍": "like",
    "👎": "dislike",
}
"""What we can react with, and how Meta calls each. Source: Send messages > Sender actions."""

PACE = Pace(burst=20, every_s=1.0)
"""Messages to one customer. Meta limits threads without a number; this one is our own."""

"""What web chat takes. All of it is our own choice: there is no provider to ask."""

from jumper_app.channels.contract import (
    MIB,
    Limits,
    MediaKind,
    MediaLimit,
    MenuItem,
    Pace,
    ReplyWindow,
)

MAX_TEXT = 4000
"""Characters of a message, either way."""

MAX_FILE_BYTES = 10 * MIB
"""Of a file, either way."""

OFFICE = "application/vnd.openxmlformats-officedocument"

MEDIA: dict[MediaKind, MediaLimit] = {
    "image": MediaLimit(
        types=frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"}),
        bytes=MAX_FILE_BYTES,
    ),
    "video": MediaLimit(types=frozenset({"video/mp4", "video/webm"}), bytes=MAX_FILE_BYTES),
    "audio": MediaLimit(
        types=frozenset({"audio/mpeg", "audio/mp4", "audio/ogg", "audio/wav"}),
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
"""What a browser can show or keep, and nothing that it would run."""

WINDOW = ReplyWindow(automation=None, human=None, template=False)
"""A visitor who left finds the answer when they come back, however late."""

LIMITS = Limits(
    text=MAX_TEXT,
    caption=MAX_TEXT,
    media=MEDIA,
    choices=10,
    choice_title=60,
    list_rows=10,
    list_title=60,
)

MENU = (MenuItem.LOCATION, MenuItem.FILE, MenuItem.VIDEO, MenuItem.PHOTO)

PACE = Pace(burst=50, every_s=0.05)
"""Nobody limits us; this only keeps a runaway flow from filling one visitor's screen."""

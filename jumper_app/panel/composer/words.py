"""Sentences of the composer's own rooms. The other ones of the panel: ``panel/words.py``."""

HELD = {
    "leaves": "Sending in {} s",
    "waits": "This message waits a few seconds before it leaves.",
    "undo": "Undo",
    "undoKeys": "Undo (Alt+Z)",
}
"""Below a reply that can still be taken back; ``{}``: seconds."""

EMOJI = {
    "emoji": "Emoji",
    "emojiSearch": "Search emoji",
    "emojiFound": "{} emoji",
    "noEmoji": "No such emoji.",
    "emojiComing": "One moment …",
    "emojiFailed": "The emoji could not be loaded. Please try again.",
    "recentEmoji": "Used last",
}

SHORTCUT_FILES = {
    "withFile": "With {}",
    "notHere": "not on {}",
    "notInNotes": "not in notes",
    "noFilesInNotes": "The file stays behind: a note carries words only.",
}
"""Of a shortcut that has files; ``{}``: their names, or the channel that does not take them."""

SEND_KEYS = {"enter": "Enter sends · Shift+Enter: new line", "ctrl-enter": "{}+Enter sends"}
"""Which key sends; ``{}``: Ctrl, or the Mac's ⌘."""

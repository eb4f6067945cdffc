"""Sentences of the composer's own rooms. The other ones of the panel: ``panel/words.py``."""

HELD = {
    "leaves": "Sending in {} s",
    "waits": "This message waits a few seconds before it leaves.",
    "undo": "Undo",
    "undoKeys": "Undo (Alt+U)",
}
"""Below a reply that can still be taken back; ``{}``: seconds."""

SEND_KEYS = {"enter": "Enter sends · Shift+Enter: new line", "ctrl-enter": "{}+Enter sends"}
"""Which key sends; ``{}``: Ctrl, or the Mac's ⌘."""

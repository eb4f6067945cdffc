"""What each key does, by the names that ``assets/keys.js`` has for them."""

TITLE = "Keyboard shortcuts"

GROUPS = {
    "anywhere": "Anywhere",
    "writing": "Writing",
    "list": "In the list after / or @",
    "conversation": "In a conversation",
}

KEYS = {
    "sheet": "This sheet",
    "nextRow": "Next conversation",
    "previousRow": "Previous conversation",
    "closingNext": "The one that closes next",
    "reply": "Write a reply",
    "note": "Write a note",
    "send": "Send",
    "sendCtrl": "Send",
    "newLine": "New line",
    "shortcuts": "Message Shortcuts",
    "emoji": "Emoji",
    "gap": "Next gap to fill in",
    "gapBefore": "Gap before it",
    "undo": "Undo what was just sent",
    "listNext": "Next",
    "listPrevious": "Previous",
    "listPageDown": "A page down",
    "listPageUp": "A page up",
    "listFirst": "First",
    "listLast": "Last",
    "insert": "Insert",
    "insertAndSend": "Insert and send",
    "keepTyped": "Keep what you typed",
    "find": "Search this conversation",
    "findOlder": "Older match",
    "findNewer": "Newer match",
    "beginning": "Beginning",
    "latest": "Latest message",
    "pictureNext": "Next picture",
    "pictureBefore": "Picture before it",
}

SAID = {
    "title": TITLE,
    "close": "Close",
    "or": "or",
    "singles": "Single keys",
    "singlesHint": "Keys that are one sign, like J and ?. They count outside of fields only. "
    "Turn them off if you speak to your computer or press keys by accident.",
    "groups": GROUPS,
    "keys": KEYS,
}
"""What the browser's half is told."""

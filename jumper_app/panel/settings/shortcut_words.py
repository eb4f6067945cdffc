"""Every sentence of ``/settings/shortcuts``."""

INTRO = "Texts that you write once and use everywhere: type / and a code in any conversation."
NEW = "New shortcut"
EDIT = "Edit shortcut"
LOOK = "Shortcut for everyone"
LOOK_HINT = "Only an admin can change it. Duplicate it to have one of your own."
SEARCH = "Search code, title and text"
ALL = "All"
SHARED = "Everyone"
PERSONAL = "Only you"
SCOPE = "Who can use it"
SHARED_HINT = "Every agent sees it."
PERSONAL_HINT = "Nobody else sees it. It stands in the place of everyone's with the same code."
COLUMN_SHORTCUT = "Shortcut"
COLUMN_USES = "Uses"
COLUMN_EDITED = "Last changed"
FIELD_CODE = "Code"
CODE_HINT = "What you type after the /. Small letters, digits, - and _."
FIELD_TITLE = "Title"
TITLE_HINT = "What you recognise it by in the list. May stay empty."
FIELD_BODY = "Text"
BODY_HINT = "Variables like {{customer.first_name|there}} are filled in when it is used."
FILES = {
    "title": "Files",
    "hint": "They go along wherever the channel takes them.",
    "attach": "Attach a file",
    "remove": "Remove",
    "uploading": "Uploading …",
    "failed": "The file could not be uploaded. Please try again.",
    "wait": "One moment: a file is still on its way.",
    "drop": "Drop files here",
}
"""Of the files that go with a shortcut."""


def too_many_files(most: int) -> str:
    """More were chosen than one reply can carry."""
    return f"At most {most} files can go with a shortcut."


def too_large_file(size: str) -> str:
    """A file is larger than any channel takes."""
    return f"{{}}: no channel takes files of more than {size}."


COLUMN_FILES = "With"
INSERT_VARIABLE = "Insert a variable"
ASK_VARIABLE = "Something to ask for"
CURSOR_VARIABLE = "Where the caret stands"
PREVIEW = "Preview"
PREVIEW_FOR = "As written to"
SOMEBODY = "Maya Ramírez"
SAVE = "Save"
CANCEL = "Cancel"
CLOSE = "Close"
DUPLICATE = "Duplicate"
ARCHIVE = "Archive"
UNDO = "Undo"
ACTIONS = "What you can do"
VERSIONS = "Earlier versions"
RESTORE = "Bring back"
SHOW_MORE = "Show more"
EXPORT = "Export"
IMPORT = "Import"
NEVER_USED = "–"
NOTHING_YET = (
    "No shortcuts yet",
    "Write the first one, or import a file with the columns code, title, body and scope.",
)
NOTHING_FOUND = ("Nothing found", "No shortcut holds all of these words.")

IMPORT_TITLE = "Import shortcuts"
IMPORT_INTRO = (
    "A CSV file with the columns code and body, and title and scope (everyone, personal) if you "
    "like. It carries words, no files. Nothing changes before you have seen what would happen."
)
IMPORT_CHOOSE = "Choose a file"
IMPORT_ANOTHER = "Choose another file"
IMPORT_LOOKING = "Looking at it …"
IMPORT_FAILED = "This could not be read. Please try again."
IMPORT_COUNTS = "{create} new · {update} changed · {unchanged} unchanged · {error} with mistakes"
IMPORT_WRONG = "Correct these lines first: either all of a file is imported or nothing."
IMPORT_NOTHING = "Everything in this file is here already."
IMPORT_LINE = "Line {}"
IMPORT_GO = "Import {}"
IMPORT_MORE = "and {} more"
OUTCOMES = {"create": "new", "update": "changed", "error": "mistake", "unchanged": "as it is"}


def archived(code: str) -> str:
    """After a shortcut was taken out of use."""
    return f"/{code} is archived."


def saved(code: str) -> str:
    """After a shortcut was stored."""
    return f"/{code} is saved."


def imported(count: int) -> str:
    """After a file was imported."""
    return "1 shortcut is imported." if count == 1 else f"{count} shortcuts are imported."

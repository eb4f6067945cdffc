"""Every sentence of the privacy pages."""

TITLE = "Privacy"
INTRO = "How long messages are kept, and what a customer may ask you for."
KEEP_TITLE = "How long messages are kept"
KEEP_INTRO = (
    "Older messages and notes are deleted with their files, in the background. Customers and "
    "the log of what happened stay; what was said does not."
)
KEEP_LABEL = "Keep messages"
FOR_EVER = "For ever"
PERIODS = (0, 1, 3, 6, 12, 24, 36, 60)
"""Months; 0: for ever."""
COUNTING = "Counting …"
SAVE = "Save"
NOTHING_OLDER = "Nothing is older than that yet."
SAVED_FOR_EVER = "Messages are kept for ever."
CUSTOMERS_TITLE = "One customer's data"
CUSTOMERS_INTRO = "Hand it out or erase it when they ask for it."
SEARCH = "Find a customer"
SEARCH_HINT = "A name, a number or an e-mail address."
SEARCH_BUTTON = "Find"
NOBODY_FOUND = "Nobody like that is here."
BACK = "Privacy"
GONE = ("This customer is not here", "They may have been erased, or have joined another one.")
WHAT_IS_KEPT = "What is kept"
CHANNEL = "Channel"
REACHED_AT = "Reached at"
LAST = "Last message"
MESSAGES = "Messages"
FILES = "Files"
EXPORT_TITLE = "Hand it out"
EXPORT_INTRO = (
    "A zip with data.json and the files: who they are, what they wrote and what was written to "
    "them. Nothing in it is your own: no notes, no addresses of your team."
)
WITH_NOTES = "With your team's notes"
WITH_NOTES_HINT = "For yourselves only; not for the customer."
DOWNLOAD = "Download"
EXPORT_FAILED = "It could not be put together. Please try again in a moment."
ERASE_TITLE = "Erase them"
ERASE_INTRO = (
    "Messages, files, names and numbers, notes, drafts and raw deliveries that hold them are "
    "deleted at once and for good. The log keeps numbers without words. If they write again, "
    "they are somebody new. Backups that you have made yourself are not touched."
)
ERASE_ASK = "Erase …"
ERASE_REALLY = "Erase for good"
KEEP = "Keep them"
TYPE_NAME = ("Type “", "” to confirm")
"""Around the name."""
NAME_DIFFERS = "This is not their name."


def period(months: int) -> str:
    """A choice of how long."""
    if not months:
        return FOR_EVER
    years, rest = divmod(months, 12)
    if rest or not years:
        return f"For {months} month{'s' if months > 1 else ''}"
    return f"For {years} year{'s' if years > 1 else ''}"


def found(messages: int, files: int, size: str, day: str) -> str:
    """What would go."""
    said = _counted(messages, "message")
    with_files = f" and {_counted(files, 'file')} ({size})" if files else ""
    are = "is" if messages == 1 and not files else "are"
    return f"{said}{with_files} {are} older than {day} and would be deleted."


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def saved(months: int) -> str:
    """After a choice was kept."""
    return f"Messages are kept {period(months).lower()}." if months else SAVED_FOR_EVER


def files(count: int, size: str) -> str:
    """How many files, and their size."""
    return f"{count:,} ({size})" if count else "0"


def erased(name: str) -> str:
    """After somebody is gone."""
    return f"{name} was erased."

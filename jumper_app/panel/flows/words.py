"""What agents read where they start a flow. What keeps a flow from starting is said elsewhere."""

from jumper_app.panel.words import START_FLOW

SAID: dict[str, str] = {
    "title": START_FLOW,
    "search": "Search flows by name or what they are for",
    "list": "Flows",
    "loading": "Loading flows …",
    "none": "No flow matches",
    "empty": "There are no flows yet.",
    "instead": "It takes the place of whatever the bot does now. The bot speaks at once.",
    "close": "Close",
}

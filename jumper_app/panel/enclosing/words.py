"""Sentences of the dialogs for what is no file."""

PLACE = "Send a location"
PASTE = "Paste a map link or coordinates"
PASTE_HINT = "From Google Maps, Apple Maps or OpenStreetMap; nobody there is asked."
LATITUDE = "Latitude"
LONGITUDE = "Longitude"
PLACE_NAME = "Name"
ADDRESS = "Address"
SEND_PLACE = "Send location"
LATITUDE_FAULT = "A latitude lies between −90 and 90, like 52.47301."
LONGITUDE_FAULT = "A longitude lies between −180 and 180, like 13.40389."

CARD = "Send a contact"
NAME = "Name"
PHONE = "Phone"
EMAIL = "Email (optional)"
ORGANISATION = "Organisation (optional)"
SEND_CARD = "Send contact"

REQUEST = "Ask to write later"
REQUEST_TITLE = "What will you write about?"
REQUEST_HINT = "The customer reads this above a button. You may write again once they tap it."
SEND_REQUEST = "Send request"
NO_TITLE = "Say what the customer will hear about."
LEAVE = {"recurring": "Get messages", "one_time": "Notify me"}
"""On the button, as Messenger words it, by what is asked for."""
LOOKS = "This is how it looks"

OPTIONAL = "Optional"
CANCEL = "Cancel"
SEND_ANYWAY = "Send anyway"


def phone_hint(country: str) -> str:
    """Below the phone."""
    more = f" Without a country code it counts as {country}." if country else ""
    return f"For instance +49 30 901820.{more}"


def asked(colleague: str) -> str:
    """A colleague answers: the agent is asked before taking over."""
    return (
        f"{colleague} is answering this customer. If you send this, the conversation becomes "
        f"yours and {colleague} sees that."
    )


def too_long(by: int) -> str:
    """A text has so many characters more than it may; empty when it has not."""
    return f"{by} too many" if by > 0 else ""


def left(count: int) -> str:
    """So many characters may still be written."""
    return f"{count} left"

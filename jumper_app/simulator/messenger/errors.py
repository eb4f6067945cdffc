"""Messenger's errors. Source: Messenger Platform > Error codes, read 2026-11-22."""

from jumper_app.simulator.meta.errors import GraphError, Known

KNOWN = {
    "10": Known(403, "Application does not have permission for this action"),
    "10.2018065": Known(
        400,
        "This message is sent outside of allowed window. You need page_messaging_subscriptions"
        " permission to be able to do it",
    ),
    "10.2018278": Known(400, "This message is sent outside of allowed window"),
    "10.1893063": Known(403, "This page is restricted from sending messages"),
    "100": Known(400, "Invalid parameter"),
    "100.1893061": Known(400, "This message tag is no longer supported"),
    "100.2018001": Known(400, "No matching user found"),
    "100.2018034": Known(400, "Message cannot be empty, must provide valid attachment or text"),
    "190": Known(401, "Invalid OAuth access token"),
    "200": Known(403, "Permissions error"),
    "230": Known(403, "Permissions disallow message to user"),
    "368": Known(403, "Temporarily blocked for policies violations"),
    "4": Known(403, "Application request limit reached"),
    "17": Known(400, "User request limit reached"),
    "32": Known(400, "Page request limit reached"),
    "613": Known(400, "Calls to this api have exceeded the rate limit"),
    "80006": Known(400, "There have been too many calls to this Messenger account"),
    "551": Known(400, "This person isn't available right now"),
    "551.1545041": Known(400, "This person isn't available right now"),
    "1200": Known(400, "Temporary send message failure. Please try again later"),
    "1200.2018024": Known(400, "Temporary send message failure. Please try again later"),
    "-1": Known(500, "An unexpected error has occurred"),
    "1": Known(500, "An unknown error occurred"),
    "2": Known(503, "Service temporarily unavailable"),
}
"""By code, or code and subcode with a dot: HTTP status and Meta's own words."""


class MessengerError(GraphError):
    """Messenger refuses a request."""

    def __init__(self, code: int, message: str = "", *, subcode: int = 0, http: int = 0) -> None:
        known = KNOWN.get(f"{code}.{subcode}") or KNOWN.get(str(code), Known(400, "Unknown error"))
        super().__init__(code, message or known.title, subcode=subcode, http=http or known.http)

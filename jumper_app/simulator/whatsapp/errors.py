"""Meta's error codes and the two shapes in which they arrive: an HTTP answer, a failed status.

Source: Meta's page of error codes (``HELP_PAGE``), read 2026-11-22.
"""

from typing import Any

from jumper_app.simulator.meta.errors import GraphError, Known

HELP_PAGE = "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/"


KNOWN = {
    0: Known(401, "AuthException"),
    1: Known(400, "API Unknown"),
    2: Known(503, "API Service"),
    3: Known(500, "API Method"),
    4: Known(400, "API Too Many Calls"),
    10: Known(403, "API Permission Denied"),
    33: Known(400, "Unsupported request"),
    100: Known(400, "Invalid parameter"),
    190: Known(401, "Access token has expired"),
    200: Known(403, "API Permission"),
    368: Known(403, "Temporarily blocked for policies violations"),
    80007: Known(400, "Rate limit issues"),
    130429: Known(400, "Rate limit hit"),
    130472: Known(400, "User's number is part of an experiment"),
    130497: Known(403, "Business account is restricted from messaging users in this country"),
    131000: Known(500, "Something went wrong"),
    131005: Known(403, "Access denied"),
    131008: Known(400, "Required parameter is missing"),
    131009: Known(400, "Parameter value is not valid"),
    131016: Known(500, "Service unavailable"),
    131021: Known(400, "Recipient cannot be sender"),
    131026: Known(400, "Message undeliverable"),
    131031: Known(403, "Account has been locked"),
    131037: Known(
        400, "WhatsApp provided number needs display name approval before message can be sent"
    ),
    131042: Known(400, "Business eligibility payment issue"),
    131045: Known(500, "Incorrect certificate"),
    131047: Known(400, "Re-engagement message"),
    131048: Known(400, "Spam rate limit hit"),
    131049: Known(400, "Meta chose not to deliver"),
    131050: Known(400, "User has stopped marketing messages"),
    131051: Known(400, "Unsupported message type"),
    131052: Known(400, "Media download error"),
    131053: Known(400, "Media upload error"),
    131056: Known(400, "(Business Account, Consumer Account) pair rate limit hit"),
    131057: Known(500, "Account in maintenance mode"),
    131062: Known(400, "Business-scoped User ID recipients are not supported for this message"),
    132000: Known(400, "Number of parameters does not match the expected number of params"),
    132001: Known(404, "Template name does not exist in the translation"),
    132005: Known(400, "Translated text too long"),
    132007: Known(400, "Template format character policy violated"),
    132012: Known(400, "Template parameter format mismatch"),
    132015: Known(400, "Template is paused"),
    132016: Known(400, "Template is disabled"),
    132018: Known(400, "Template parameters are not valid"),
    133004: Known(503, "Server temporarily unavailable"),
    133016: Known(400, "Account register deregister rate limit exceeded"),
    135000: Known(400, "Generic user error"),
    2494100: Known(503, "Service is in maintenance"),
}

DETAILS = {
    131026: "Message undeliverable.",
    131047: "Message failed to send because more than 24 hours have passed"
    " since the customer last replied to this number.",
    131053: "Media upload error.",
    131056: "Too many messages sent from this phone number to the same WhatsApp"
    " Business Account user in a short period of time.",
    130429: "Cloud API message throughput has been reached.",
}


class WhatsAppError(GraphError):
    """WhatsApp refuses a request, at once or in a status."""

    def __init__(self, code: int, details: str = "", *, http: int = 0) -> None:
        known = KNOWN.get(code, Known(400, "Unknown error"))
        self.title = known.title
        super().__init__(
            code,
            known.title,
            http=http or known.http,
            details=details or DETAILS.get(code, known.title),
        )

    def data(self) -> dict[str, Any]:
        """The details, in the place where WhatsApp puts them."""
        return {"error_data": {"messaging_product": "whatsapp", "details": self.details}}

    def in_status(self) -> dict[str, Any]:
        """The same inside a webhook, as an item of ``statuses[].errors``."""
        return {
            "code": self.code,
            "title": self.title,
            "message": self.title,
            "error_data": {"details": self.details},
            "href": HELP_PAGE,
        }

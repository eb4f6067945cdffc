"""What Messenger's error codes mean. Source: Messenger Platform > Error codes, read 2026-11-22."""

from jumper_app.channels.contract import HUMAN_AGENT
from jumper_app.channels.meta import explained
from jumper_app.channels.meta.answers import Codes
from jumper_app.channels.meta.failures import (
    AccountBlocked,
    BadRequest,
    OutOfWindow,
    PermissionMissing,
    Temporary,
    Throttled,
    TokenRefused,
    Undeliverable,
)
from jumper_app.errors import SendFailed


class HumanAgentRefused(SendFailed):
    """Meta does not let people of this page write after 24 hours: the feature is missing."""

    code = "human_agent_refused"
    switches_off = HUMAN_AGENT
    for_agent = (
        "Meta does not let this page reply after 24 hours: its app lacks the feature Human Agent."
        " Replies end after 24 hours until your administrator switches it on again."
    )
    for_admin = (
        "Meta refused a reply after 24 hours: the app lacks the feature Human Agent. Ask for it"
        " under App Review at Meta; then switch replies after 24 hours on again below."
    )
    to_do = "You can send it again once the customer has written."


CODES: Codes = {
    190: TokenRefused,
    (10, 2018278): OutOfWindow,
    (10, 2018065): OutOfWindow,
    (10, 2534022): OutOfWindow,
    (10, 1893063): AccountBlocked,
    (10, 2018028): PermissionMissing,
    (100, 2018028): PermissionMissing,
    (100, 1893061): BadRequest,
    (100, 2018001): Undeliverable,
    (100, 2018034): BadRequest,
    10: PermissionMissing,
    100: BadRequest,
    551: Undeliverable,
    1893047: Undeliverable,
    4: Throttled,
    17: Throttled,
    32: Throttled,
    613: Throttled,
    80006: Throttled,
    1200: Temporary,
    -1: Temporary,
    1: Temporary,
    2: Temporary,
    368: AccountBlocked,
}
"""Code, or code and subcode → member. 200 to 299 are permissions, see ``answers``."""

TAG_REFUSED = frozenset({"10/2018278", "10/2018065", "10/2018028", "100/1893061", "10"})
"""What Meta answers to HUMAN_AGENT where the app lacks it. Within 7 days of the customer's last
word it cannot mean that the window is closed: with the feature it would be open."""


def explain(code: str, detail: str = "") -> SendFailed:
    """What an error code means."""
    return explained(code, detail, CODES)


def of_tagged(refusal: SendFailed) -> SendFailed:
    """What a refusal means for a message that was sent as a human agent's."""
    code = refusal.provider_code
    if code not in TAG_REFUSED and not isinstance(refusal, PermissionMissing):
        return refusal
    return HumanAgentRefused(provider_code=code, detail=refusal.detail)

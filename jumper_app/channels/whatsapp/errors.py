"""What WhatsApp's error codes mean. Source: WhatsApp > Error codes, read 2026-11-22."""

from jumper_app.channels.meta import explained
from jumper_app.channels.meta.answers import Codes
from jumper_app.channels.meta.failures import (
    AccountBlocked,
    BadRequest,
    HeldBack,
    MediaRefused,
    NeedsPhone,
    OutOfWindow,
    OwnerMustAct,
    PairThrottled,
    PermissionMissing,
    TemplateRefused,
    Temporary,
    Throttled,
    TokenRefused,
    Undeliverable,
)
from jumper_app.errors import SendFailed


class BlockedForCountry(Undeliverable):
    """The business may not write to customers in this country."""

    code = "blocked_for_country"
    alarming = True
    for_agent = "Meta does not let this business write to customers in this country."
    for_admin = (
        "Meta does not let this business write to some countries. See the limits of the account"
        " in WhatsApp Manager."
    )


class MarketingStopped(HeldBack):
    """The customer has stopped advertising, of this business or of all."""

    code = "marketing_stopped"
    stops_marketing = True
    for_agent = "This customer wants no more advertising."
    to_do = "Send an answer or another template."


class PaymentMissing(SendFailed):
    """What costs money is not sent; answers within the window are free and go on."""

    code = "payment_missing"
    alarming = True
    for_agent = "Meta refused this because of the business's payment; your administrator must act."
    for_admin = (
        "Meta refuses what must be paid for. Add or repair the payment method, and accept the"
        " payment terms, in WhatsApp Manager."
    )
    to_do = "Send this again when that is done."


class SpamLimited(SendFailed):
    """Customers blocked or reported too many of our messages."""

    code = "spam_limited"
    alarming = True
    for_agent = "Meta limits this number because of complaints; your administrator must act."
    for_admin = (
        "Customers blocked or reported too many messages of this number, and Meta limits it."
        " Send fewer templates, and look at the quality rating in WhatsApp Manager."
    )
    to_do = "Send this again when that is done."


class TemplateMissing(TemplateRefused):
    """There is no such template in this language, or none any more."""

    code = "template_missing"
    for_agent = "Meta has no such template any more."


class TemplatePaused(TemplateRefused):
    """Customers took it badly; Meta has stopped it for a while or for good."""

    code = "template_paused"
    for_agent = "Meta has paused this template."


class TemplateMismatch(TemplateRefused):
    """It has other gaps than we know of, or a value is not taken."""

    code = "template_mismatch"
    for_agent = "This template has changed at Meta, or takes no such value."
    to_do = "Please fill it in anew."


CODES: Codes = {
    0: TokenRefused,
    190: TokenRefused,
    3: PermissionMissing,
    10: PermissionMissing,
    131005: PermissionMissing,
    4: Throttled,
    80007: Throttled,
    130429: Throttled,
    133016: Throttled,
    131056: PairThrottled,
    131048: SpamLimited,
    368: AccountBlocked,
    131031: AccountBlocked,
    130497: BlockedForCountry,
    1: Temporary,
    2: Temporary,
    131000: Temporary,
    131016: Temporary,
    131057: Temporary,
    133004: Temporary,
    2494100: Temporary,
    33: BadRequest,
    100: BadRequest,
    131008: BadRequest,
    131009: BadRequest,
    131051: BadRequest,
    135000: BadRequest,
    131021: Undeliverable,
    131026: Undeliverable,
    130472: Undeliverable,
    131049: HeldBack,
    131050: MarketingStopped,
    131047: OutOfWindow,
    470: OutOfWindow,
    1026: Undeliverable,
    131052: MediaRefused,
    131053: MediaRefused,
    131062: NeedsPhone,
    131037: OwnerMustAct,
    131042: PaymentMissing,
    131045: OwnerMustAct,
    134011: PaymentMissing,
    132000: TemplateMismatch,
    132001: TemplateMissing,
    132005: TemplateMismatch,
    132007: TemplateRefused,
    132012: TemplateMismatch,
    132015: TemplatePaused,
    132016: TemplatePaused,
    132018: TemplateMismatch,
    132068: TemplateRefused,
    132069: TemplateRefused,
    **{
        registration: OwnerMustAct
        for registration in range(133000, 133016)
        if registration != 133004
    },
}
"""Code → member. 200 to 299 are permissions on every channel of Meta, see ``answers``."""


def explain(code: str, detail: str = "") -> SendFailed:
    """What an error code of a receipt means."""
    return explained(code, detail, CODES)

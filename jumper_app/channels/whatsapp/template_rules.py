"""What holds for WhatsApp's templates, and what Meta's words about them mean.

Sources, read 2026-11-22: WhatsApp > Templates > Components (lengths), > Coupon code
templates (20 characters), > Template status; the rule for values is the text of Meta's
error 132018, which allows four spaces in a row; we stay below that.
"""

from jumper_app.channels.contract import TemplateRules

NEWS = frozenset(
    {
        "message_template_status_update",
        "message_template_quality_update",
        "message_template_components_update",
        "template_category_update",
    }
)

STATUS = {
    "PENDING": "Meta is reviewing it; that takes up to a day.",
    "IN_APPEAL": "Meta is reviewing it again after an appeal.",
    "REJECTED": "Meta rejected it.",
    "PAUSED": "Meta has paused it for a while because customers took it badly.",
    "DISABLED": "Meta has disabled it because customers kept taking it badly.",
    "LIMIT_EXCEEDED": "The business has as many templates as Meta allows.",
    "PENDING_DELETION": "It is being deleted.",
    "DELETED": "It was deleted.",
    "ARCHIVED": "It is archived in WhatsApp Manager.",
    "LOCKED": "Meta has locked it.",
}
REASONS = {
    "ABUSIVE_CONTENT": "Its content breaks Meta's policy.",
    "INVALID_FORMAT": "Its form is not valid, for instance gaps at its edges or side by side.",
    "PROMOTIONAL": "It advertises, which its category does not allow.",
    "TAG_CONTENT_MISMATCH": "Its content does not fit its category or language.",
    "SCAM": "Meta takes it for a scam.",
}
UNKNOWN = "Its status at Meta is “{}”."


def why_not(status: str, reason: str) -> str:
    """Why a template with this status cannot be sent."""
    known = STATUS.get(status) or UNKNOWN.format(status.lower().replace("_", " "))
    if not reason:
        return known
    meant = REASONS.get(reason) or f"Meta's reason: {reason.lower().replace('_', ' ')}."
    return f"{known} {meant}"


RULES = TemplateRules(
    sendable="APPROVED",
    marketing="MARKETING",
    news=NEWS,
    header=60,
    body=1024,
    body_alone=32768,
    target=2000,
    code=20,
    spaces=3,
    why_not=why_not,
)

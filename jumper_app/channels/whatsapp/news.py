"""What Meta tells about our own account, in words for its admin.

Source: WhatsApp > Webhooks > Reference, the page of each field, read 2026-11-22.
"""

from collections.abc import Callable
from typing import Any

from jumper_app.channels.contract import Finding, Verdict
from jumper_app.channels.loose import Object, clean, listed, obj, text

LONGEST = 200
GOOD, WARNING, BAD = Verdict.GOOD, Verdict.WARNING, Verdict.BAD


def news(kind: str, raw: Any) -> Finding | None:
    """What a piece of news means; None when it asks nothing of anyone. Never raises.

    A later one of the same title takes the place of an earlier one.
    """
    tell = TELLERS.get(kind)
    return tell(obj(clean(raw))) if tell else None


def said(title: str, verdict: Verdict, *sentences: str) -> Finding:
    words = " ".join(filter(None, sentences))
    return Finding(title=title[:LONGEST], verdict=verdict, text=words[: 2 * LONGEST])


def in_words(constant: str) -> str:
    """``RESTRICTED_BIZ_INITIATED_MESSAGING`` as people read it."""
    return constant.replace("_", " ").lower()


# --- Templates ------------------------------------------------------------------------

TEMPLATE_FATES: dict[str, tuple[Verdict, str]] = {
    "APPROVED": (GOOD, "Approved; it can be sent."),
    "REINSTATED": (GOOD, "It can be sent again."),
    "UNARCHIVED": (GOOD, "It can be sent again."),
    "PENDING": (GOOD, "Meta is looking at it."),
    "IN_APPEAL": (WARNING, "Meta is looking at it again."),
    "REJECTED": (BAD, "Meta refused it. Change it in WhatsApp Manager and hand it in again."),
    "PAUSED": (BAD, "Paused because customers did not like it; it cannot be sent for now."),
    "DISABLED": (BAD, "Meta switched it off. It cannot be sent any more."),
    "FLAGGED": (WARNING, "Customers do not like it; Meta will switch it off unless that changes."),
    "LOCKED": (BAD, "Meta locked it. It cannot be changed or sent."),
    "LIMIT_EXCEEDED": (BAD, "There are too many templates; delete some in WhatsApp Manager."),
    "ARCHIVED": (WARNING, "Put away because nobody used it; it cannot be sent."),
    "PENDING_DELETION": (WARNING, "It is being deleted."),
    "DELETED": (GOOD, "It was deleted."),
}


def template_named(raw: Object) -> str:
    """Which template, so that the next news of it replaces this one."""
    name, language = (
        text(raw.get("message_template_name")),
        text(raw.get("message_template_language")),
    )
    return f"Template {name} ({language})" if language else f"Template {name}"


def template_status(raw: Object) -> Finding:
    event = text(raw.get("event"))
    verdict, words = TEMPLATE_FATES.get(event, (WARNING, f"Its status is {in_words(event)}."))
    why = obj(raw.get("rejection_info"))
    reason = text(why.get("reason"), LONGEST) or in_words(text(raw.get("reason")))
    reasons = f"Meta says: {reason.rstrip('.')}." if reason not in {"", "none"} else ""
    return said(
        template_named(raw), verdict, words, reasons, text(why.get("recommendation"), LONGEST)
    )


def template_quality(raw: Object) -> Finding:
    score = text(raw.get("new_quality_score"))
    words = {
        "GREEN": (GOOD, "Customers like it."),
        "YELLOW": (WARNING, "Some customers block you after it. Send it to fewer people."),
        "RED": (BAD, "Many customers block you after it. Meta may pause it; send another one."),
    }
    verdict, sentence = words.get(score, (GOOD, "Meta has not rated it yet."))
    return said(f"{template_named(raw)}: quality", verdict, sentence)


def template_category(raw: Object) -> Finding:
    new = in_words(text(raw.get("correct_category")) or text(raw.get("new_category")))
    will = "will be" if raw.get("correct_category") else "is now"
    return said(
        f"{template_named(raw)}: category", WARNING, f"It {will} {new}. That can change its price."
    )


# --- The number and the account -----------------------------------------------------------


def number_quality(raw: Object) -> Finding:
    event, limit = text(raw.get("event")), in_words(text(raw.get("current_limit")))
    verdict, words = {
        "FLAGGED": (
            BAD,
            "Customers block or report this number. Send less, or Meta lowers its limit.",
        ),
        "UNFLAGGED": (GOOD, "Customers rate this number well again."),
        "DOWNGRADE": (WARNING, "Meta lowered how many people this number may write to first."),
        "UPGRADE": (GOOD, "Meta raised how many people this number may write to first."),
        "ONBOARDING": (GOOD, "The number has started."),
        "THROUGHPUT_UPGRADE": (GOOD, "The number may send faster now."),
    }.get(event, (WARNING, f"Meta tells: {in_words(event)}."))
    return said("Number's quality", verdict, words, f"Limit: {limit}." if limit else "")


def number_name(raw: Object) -> Finding:
    name, decision = text(raw.get("requested_verified_name"), 80), text(raw.get("decision"))
    if decision == "APPROVED":
        return said("Display name", GOOD, f"Customers see “{name}”.")
    return said("Display name", WARNING, f"Meta did not accept “{name}”: {in_words(decision)}.")


def account_review(raw: Object) -> Finding:
    decision = text(raw.get("decision"))
    verdict = {"APPROVED": GOOD, "REJECTED": BAD}.get(decision, WARNING)
    return said("Account review", verdict, f"Meta's decision: {in_words(decision)}.")


def account(raw: Object) -> Finding | None:
    """Restrictions and bans; what partners do is no concern of an admin here."""
    event = text(raw.get("event"))
    if event == "DISABLED_UPDATE":
        return ban(obj(raw.get("ban_info")))
    if event == "ACCOUNT_RESTRICTION":
        kinds = [
            in_words(text(obj(each).get("restriction_type")))
            for each in listed(raw.get("restriction_info"))
        ]
        return said("Restriction", BAD, f"Meta restricts this account: {', '.join(kinds)}.", APPEAL)
    if event == "ACCOUNT_VIOLATION":
        what = in_words(text(obj(raw.get("violation_info")).get("violation_type")))
        return said("Policy", BAD, f"Meta says that a policy was broken: {what}.", APPEAL)
    return ACCOUNT_EVENTS.get(event)


APPEAL = "See Account Quality in Meta's Business Support, where you can appeal."
ACCOUNT_EVENTS = {
    "ACCOUNT_DELETED": said("Account", BAD, "This business account was deleted at Meta."),
    "ACCOUNT_OFFBOARDED": said(
        "Account", BAD, "The number was moved away from the WhatsApp Business Platform."
    ),
    "ACCOUNT_RECONNECTED": said("Account", GOOD, "The number is connected again."),
    "VERIFIED_ACCOUNT": said("Account", GOOD, "Meta has verified this account."),
    "PARTNER_REMOVED": said(
        "Account", BAD, "The app may no longer use this business account. Connect it again."
    ),
}


def ban(about: Object) -> Finding:
    state, when = text(about.get("waba_ban_state")), text(about.get("waba_ban_date"), 40)
    if state == "REINSTATE":
        return said("Restriction", GOOD, "Meta lets this account send again.")
    will = "will switch it off" if state == "SCHEDULE_FOR_DISABLE" else "switched it off"
    return said("Restriction", BAD, f"Meta {will}{f' ({when})' if when else ''}.", APPEAL)


def alert(raw: Object) -> Finding:
    about = obj(raw.get("alert_info")) or raw
    kind = in_words(text(about.get("alert_type")))
    severity = text(about.get("alert_severity"))
    verdict = BAD if severity == "CRITICAL" else GOOD if severity == "INFORMATIONAL" else WARNING
    return said(
        f"Alert: {kind}", verdict, text(about.get("alert_description"), LONGEST) or f"{kind}."
    )


def capability(raw: Object) -> Finding | None:
    most = text(raw.get("max_daily_conversation_per_phone"))
    return said("Limit", GOOD, f"{most} people a day may be written to first.") if most else None


TELLERS: dict[str, Callable[[Object], Finding | None]] = {
    "message_template_status_update": template_status,
    "message_template_quality_update": template_quality,
    "template_category_update": template_category,
    "phone_number_quality_update": number_quality,
    "phone_number_name_update": number_name,
    "account_update": account,
    "account_review_update": account_review,
    "account_alerts": alert,
    "business_capability_update": capability,
}

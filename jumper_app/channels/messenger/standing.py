"""What Meta's news about a page mean for its admin.

Source: Messenger Platform > Webhooks > messaging_policy_enforcement, read 2026-11-22.
"""

from typing import Any

from jumper_app.channels.contract import Finding, Verdict
from jumper_app.channels.loose import obj, text

POLICY = "policy-enforcement"
TITLE = "Policy"


def news(kind: str, raw: Any) -> Finding | None:
    """Meta blocks the page, or lets it go on. Roles and linked logins are no concern."""
    told = obj(obj(raw).get(POLICY))
    action = text(told.get("action"))
    if kind != POLICY or action not in {"block", "unblock", "warning"}:
        return None
    if action == "unblock":
        return Finding(title=TITLE, verdict=Verdict.GOOD, text="Meta lets the page write again.")
    reason = text(told.get("reason"), 300).rstrip(".")
    verdict = Verdict.BAD if action == "block" else Verdict.WARNING
    what = "Meta has blocked the page" if action == "block" else "Meta warns the page"
    return Finding(title=TITLE, verdict=verdict, text=f"{what}: {reason or 'no reason given'}.")

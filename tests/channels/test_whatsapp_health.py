"""What Meta tells about an account, in words: every kind that its documents name."""

from typing import Any

import pytest

from jumper_app.channels.contract import AccountChange
from jumper_app.channels.whatsapp import WHATSAPP
from jumper_app.channels.whatsapp.news import TELLERS, news
from tests.channels.payloads import WHY_SKIPPED, shared
from tests.make import NOON

HELLO = {"message_template_name": "hello", "message_template_language": "en"}


@pytest.mark.parametrize(
    ("kind", "raw", "title", "verdict", "words"),
    [
        (
            "message_template_status_update",
            {**HELLO, "event": "REJECTED", "reason": "INVALID_FORMAT"},
            "Template hello (en)",
            "bad",
            "Meta says: invalid format.",
        ),
        (
            "message_template_status_update",
            {**HELLO, "event": "APPROVED", "reason": "NONE"},
            "Template hello (en)",
            "good",
            "Approved; it can be sent.",
        ),
        ("message_template_status_update", {"event": "NEW"}, "Template ", "warning", "is new"),
        (
            "message_template_quality_update",
            {**HELLO, "new_quality_score": "RED"},
            "Template hello (en): quality",
            "bad",
            "block you",
        ),
        (
            "template_category_update",
            {**HELLO, "correct_category": "MARKETING"},
            "Template hello (en): category",
            "warning",
            "will be marketing",
        ),
        (
            "phone_number_quality_update",
            {"event": "FLAGGED", "current_limit": "TIER_10K"},
            "Number's quality",
            "bad",
            "Limit: tier 10k.",
        ),
        (
            "phone_number_name_update",
            {"decision": "REJECTED", "requested_verified_name": "Shop"},
            "Display name",
            "warning",
            "did not accept “Shop”",
        ),
        (
            "account_update",
            {"event": "DISABLED_UPDATE", "ban_info": {"waba_ban_state": "DISABLE"}},
            "Restriction",
            "bad",
            "switched it off",
        ),
        (
            "account_update",
            {"event": "DISABLED_UPDATE", "ban_info": {"waba_ban_state": "REINSTATE"}},
            "Restriction",
            "good",
            "send again",
        ),
        (
            "account_update",
            {"event": "ACCOUNT_VIOLATION", "violation_info": {"violation_type": "SCAM"}},
            "Policy",
            "bad",
            "scam",
        ),
        ("account_review_update", {"decision": "APPROVED"}, "Account review", "good", "approved"),
        (
            "account_alerts",
            {"alert_info": {"alert_type": "OBA_APPROVED", "alert_severity": "INFORMATIONAL"}},
            "Alert: oba approved",
            "good",
            "oba approved.",
        ),
        (
            "business_capability_update",
            {"max_daily_conversation_per_phone": 1000},
            "Limit",
            "good",
            "1000 people",
        ),
    ],
)
def test_news_says_what_happened_and_what_to_do(
    kind: str, raw: dict[str, Any], title: str, verdict: str, words: str
):
    told = news(kind, raw)
    assert told
    assert (told.title, told.verdict) == (title, verdict)
    assert words in told.text


@pytest.mark.parametrize("kind", ["calls", "history", "user_preferences", "never heard of"])
def test_what_asks_nothing_of_an_admin_says_nothing(kind: str):
    assert news(kind, {"event": "X"}) is None


@pytest.mark.parametrize(
    "raw", [None, [], "text", 7, {"event": []}, {"ban_info": 1}, {"event": "X"}]
)
@pytest.mark.parametrize("kind", TELLERS)
def test_no_news_however_strange_breaks_the_page(kind: str, raw: Any):
    news(kind, raw)


@pytest.mark.skipif(not shared(), reason=WHY_SKIPPED)
def test_every_account_body_of_the_payload_set_can_be_told():
    told = [
        WHATSAPP.news(item.kind, item.raw)
        for body in shared().values()
        for item in WHATSAPP.parse(body, NOON)
        if isinstance(item, AccountChange)
    ]
    assert len([each for each in told if each]) >= 15

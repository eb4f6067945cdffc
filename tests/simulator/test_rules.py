from datetime import UTC, datetime, timedelta

import pytest

from jumper_app.simulator.whatsapp import rules
from jumper_app.simulator.whatsapp.errors import WhatsAppError
from tests.simulator.stage import NUMBERS, templates_of, text_body

TEMPLATES = templates_of(NUMBERS)
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def interactive(kind: str, action: dict, body: str = "Which?") -> dict:
    content = {"type": kind, "body": {"text": body}, "action": action}
    return text_body(type="interactive", interactive=content)


def buttons(count: int, title: str = "Yes", size: int = 1) -> dict:
    made = [
        {"type": "reply", "reply": {"id": f"{n}" * size, "title": title + f"{n}"}}
        for n in range(count)
    ]
    return interactive("button", {"buttons": made})


def rows(count: int, **more: str) -> dict:
    made = [{"id": f"{n}", "title": "Row", **more} for n in range(count)]
    return interactive("list", {"button": "Choose", "sections": [{"rows": made}]})


def image(**content: str) -> dict:
    return text_body(type="image", image={"id": "1", **content})


def refusal(body: dict) -> int:
    with pytest.raises(WhatsAppError) as refused:
        rules.check_message(body, TEMPLATES)
    return refused.value.code


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(text_body("x" * 4096), id="text of 4096"),
        pytest.param(text_body("🙂" * 4096), id="4096 signs, not bytes"),
        pytest.param(text_body(context={"message_id": "wamid.1"}), id="a quote"),
        pytest.param(text_body(biz_opaque_callback_data="x" * 512), id="reference of 512"),
        pytest.param(image(caption="x" * 1024), id="caption of 1024"),
        pytest.param(buttons(3, "x" * 19), id="three buttons of 20"),
        pytest.param(rows(10, description="x" * 72), id="ten rows"),
        pytest.param(
            text_body(type="reaction", reaction={"message_id": "w", "emoji": ""}), id="un-react"
        ),
    ],
)
def test_what_is_within_the_limits_passes(body):
    rules.check_message(body, TEMPLATES)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        pytest.param(text_body("x" * 4097), 100, id="text of 4097"),
        pytest.param(text_body("  "), 100, id="blank text"),
        pytest.param(text_body(messaging_product="sms"), 100, id="no whatsapp"),
        pytest.param(text_body(recipient_type="group"), 131009, id="a group"),
        pytest.param(text_body(biz_opaque_callback_data="x" * 513), 100, id="reference of 513"),
        pytest.param(text_body(text={"body": "a", "colour": "red"}), 100, id="unknown key"),
        pytest.param(text_body(text="hello"), 100, id="text is no object"),
        pytest.param(text_body(type="image"), 131008, id="no image"),
        pytest.param(text_body(type="hologram"), 131051, id="unknown type"),
        pytest.param(image(caption="x" * 1025), 100, id="caption of 1025"),
        pytest.param(image(link="https://example.com/a.png"), 100, id="id and link"),
        pytest.param(buttons(4), 131009, id="four buttons"),
        pytest.param(buttons(1, "x" * 20), 100, id="title of 21"),
        pytest.param(buttons(1, size=257), 100, id="button id of 257"),
        pytest.param(rows(11), 131009, id="eleven rows"),
        pytest.param(rows(1, description="x" * 73), 100, id="description of 73"),
        pytest.param(rows(1, title="x" * 25), 100, id="row title of 25"),
        pytest.param(interactive("cta_url", {}), 131009, id="another kind of interactive"),
        pytest.param(
            text_body(type="template", template={"name": "no", "language": {"code": "en"}}),
            132001,
            id="unknown template",
        ),
        pytest.param(
            text_body(type="template", template={"name": "hello", "language": {"code": "en_US"}}),
            132000,
            id="parameters missing",
        ),
    ],
)
def test_what_breaks_a_documented_limit_is_refused(body, code):
    assert refusal(body) == code


def test_two_buttons_of_one_title_are_refused():
    body = buttons(2)
    for button in body["interactive"]["action"]["buttons"]:
        button["reply"]["title"] = "Same"
    assert refusal(body) == 131009


def test_to_wins_over_recipient():
    both = {"to": "+49 (151) 123-45678", "recipient": "US.1"}
    assert rules.recipient(both, "1") == ("+49 (151) 123-45678", "4915112345678", "")


def test_without_a_plus_sign_the_own_country_code_is_prepended():
    assert rules.recipient({"to": "4915112345678"}, "1")[1] == "14915112345678"


def test_a_business_scoped_user_id_is_a_recipient():
    assert rules.recipient({"recipient": "US.134"}, "1") == ("US.134", "", "US.134")


@pytest.mark.parametrize("body", [{}, {"to": "maria"}, {"recipient": "maria"}, {"to": 49151}])
def test_nobody_is_no_recipient(body):
    with pytest.raises(WhatsAppError):
        rules.recipient(body, "1")


@pytest.mark.parametrize(
    ("age", "open_"),
    [
        pytest.param(timedelta(hours=24) - timedelta(seconds=1), True, id="just before"),
        pytest.param(timedelta(hours=24), False, id="on the dot"),
    ],
)
def test_the_service_window_ends_after_24_hours(age, open_):
    assert rules.window_is_open(NOON - age, NOON) is open_


def test_a_customer_who_never_wrote_has_no_window():
    assert not rules.window_is_open(None, NOON)


def test_a_bucket_gives_its_burst_and_then_one_every_six_seconds():
    tokens: float | None = rules.PAIR_BURST
    for _ in range(rules.PAIR_BURST):
        assert tokens is not None
        tokens = rules.draw(tokens, NOON, NOON, rules.PAIR_BURST, rules.PAIR_EVERY)
    assert tokens == 0

    def after(seconds: int) -> float | None:
        now = NOON + timedelta(seconds=seconds)
        return rules.draw(0, NOON, now, rules.PAIR_BURST, rules.PAIR_EVERY)

    assert after(5) is None
    assert after(6) == 0
    assert after(36_000) == rules.PAIR_BURST - 1

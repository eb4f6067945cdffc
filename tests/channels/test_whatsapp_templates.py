"""Meta's list of templates: all its pages, every kind of part, words that nobody knows."""

from typing import Any

import httpx
import pytest

from jumper_app.channels.contract import KnownTemplate, Piece, TemplateButton
from jumper_app.channels.whatsapp import WHATSAPP
from jumper_app.channels.whatsapp.door import WhatsAppDoor
from jumper_app.channels.whatsapp.template_form import form_of
from jumper_app.errors import SendFailed
from tests import make

GRAPH = "https://graph.example.com"


def listing(*components: dict[str, Any], **over: Any) -> dict[str, Any]:
    """An entry as Meta's OpenAPI file shows it."""
    entry = {
        "id": "920070352646140",
        "name": "fall_sale",
        "language": "en_US",
        "status": "APPROVED",
        "category": "MARKETING",
        "components": list(components),
    }
    return {**entry, **over}


HEADER = {
    "type": "HEADER",
    "format": "TEXT",
    "text": "Our {{1}} is on!",
    "example": {"header_text": ["Summer Sale"]},
}
BODY = {
    "type": "BODY",
    "text": "Shop now through {{1}} and use code {{2}}.",
    "example": {"body_text": [["the end of August", "25OFF"]]},
}
NAMED = {
    "type": "BODY",
    "text": "Hi {{first_name}}",
    "example": {"body_text_named_params": [{"param_name": "first_name", "example": "Pablo"}]},
}
FOOTER = {"type": "FOOTER", "text": "Reply STOP to opt out"}


def buttons(*each: dict[str, Any]) -> dict[str, Any]:
    return {"type": "BUTTONS", "buttons": list(each)}


async def listed_by(*pages: httpx.Response | dict[str, Any]) -> tuple[list[KnownTemplate], Any]:
    """What the door makes of these pages, and the requests it made."""
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        page = pages[len(asked) - 1]
        return page if isinstance(page, httpx.Response) else httpx.Response(200, json=page)

    door = WhatsAppDoor(GRAPH, "v26.0", httpx.MockTransport(answer))
    try:
        return await door.templates(make.credentials()), asked
    finally:
        await door.aclose()


def page(*entries: dict[str, Any], after: str = "") -> dict[str, Any]:
    cursors = {"cursors": {"before": "MAZDZD", "after": after or "MjQZD"}}
    following = {"next": f"{GRAPH}/v26.0/…&after={after}"} if after else {}
    return {"data": list(entries), "paging": cursors | following}


async def test_all_pages_are_read_until_meta_names_no_next_one():
    names = [listing(name=f"name_{number}") for number in range(5)]
    pages = page(*names[:2], after="A"), page(*names[2:4], after="B"), page(names[4])
    found, asked = await listed_by(*pages)
    assert [one.name for one in found] == ["name_0", "name_1", "name_2", "name_3", "name_4"]
    assert [request.url.params.get("after") for request in asked] == [None, "A", "B"]
    assert asked[0].url.path == f"/v26.0/{make.WABA}/message_templates"
    assert asked[0].headers["authorization"] == "Bearer token-of-the-tests"


async def test_half_a_list_is_no_list():
    broken = httpx.Response(500, json={"error": {"code": 131000, "message": "broken"}})
    with pytest.raises(SendFailed):
        await listed_by(page(listing(), after="A"), broken)


async def test_a_list_that_does_not_end_is_no_list():
    with pytest.raises(SendFailed):
        await listed_by(page(listing(), after="A"), page(listing(), after="A"))


async def test_no_templates_are_an_empty_list():
    assert (await listed_by({"data": []}))[0] == []


async def test_what_meta_says_of_a_template_is_kept_in_its_own_words():
    rejected = listing(BODY, status="REJECTED", rejected_reason="INVALID_FORMAT")
    scored = listing(BODY, quality_score={"score": "YELLOW", "date": 1756000000})
    strange = listing(BODY, status="sleeping", quality_score={"score": "UNKNOWN"})
    first, second, third = (await listed_by(page(rejected, scored, strange)))[0]
    assert (first.status, first.reason, first.external_id) == (
        *("REJECTED", "INVALID_FORMAT"),
        "920070352646140",
    )
    assert (second.quality, second.reason) == ("YELLOW", "")
    assert (third.status, third.quality) == ("SLEEPING", "")


@pytest.mark.parametrize("entry", [None, 7, {}, {"name": "x"}, {"language": "en"}, {"name": ""}])
async def test_an_entry_without_name_or_language_is_none(entry: Any):
    assert (await listed_by({"data": [entry]}))[0] == []


@pytest.mark.parametrize(
    "components", [None, [None], [{}], [{"type": 7}], [{"type": "BODY", "example": []}], "text"]
)
def test_broken_components_raise_nothing(components: Any):
    assert form_of(listing(components=components)).body == ()


def test_words_are_cut_at_their_gaps_and_know_their_examples():
    form = form_of(listing(HEADER, BODY, FOOTER))
    assert form.header == (
        Piece(text="Our "),
        Piece(text="Summer Sale", gap="1"),
        Piece(text=" is on!"),
    )
    assert [piece.gap for piece in form.body if piece.gap] == ["1", "2"]
    assert [piece.text for piece in form.body if piece.gap] == ["the end of August", "25OFF"]
    assert (form.footer, form.named, form.unfit) == ("Reply STOP to opt out", False, "")


def test_named_gaps_keep_their_names():
    form = form_of(listing(NAMED, parameter_format="NAMED"))
    assert form.named
    assert form.body == (Piece(text="Hi "), Piece(text="Pablo", gap="first_name"))


@pytest.mark.parametrize("kind", ["IMAGE", "VIDEO", "DOCUMENT", "LOCATION"])
def test_a_header_may_be_a_file_or_a_place(kind: str):
    form = form_of(listing({"type": "HEADER", "format": kind}, BODY))
    assert (form.header_kind, form.header, form.unfit) == (kind.lower(), (), "")


def test_every_button_says_where_it_leads():
    address = "https://shop.example.com/track?order={{1}}"
    form = form_of(
        listing(
            BODY,
            buttons(
                {"type": "QUICK_REPLY", "text": "Stop"},
                {"type": "URL", "text": "Track", "url": address, "example": [address[:-5] + "42"]},
                {"type": "URL", "text": "Shop", "url": "https://shop.example.com"},
                {"type": "PHONE_NUMBER", "text": "Call", "phone_number": "+15550783881"},
                {"type": "COPY_CODE", "text": "Copy offer code", "example": ["25OFF"]},
            ),
        )
    )
    assert form.buttons == (
        TemplateButton(kind="quick_reply", title="Stop"),
        TemplateButton(
            kind="url",
            title="Track",
            target=(Piece(text=address[:-5]), Piece(text="42", gap="1")),
        ),
        TemplateButton(kind="url", title="Shop", target=(Piece(text="https://shop.example.com"),)),
        TemplateButton(kind="phone", title="Call", target=(Piece(text="+15550783881"),)),
        TemplateButton(
            kind="copy_code", title="Copy offer code", target=(Piece(text="25OFF", gap="code"),)
        ),
    )


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        pytest.param(listing(BODY, {"type": "CAROUSEL"}), "carousel", id="carousel"),
        pytest.param(
            listing(BODY, {"type": "LIMITED_TIME_OFFER"}), "limited time offer", id="offer"
        ),
        pytest.param(
            listing({"type": "HEADER", "format": "PRODUCT"}, BODY), "product", id="product"
        ),
        pytest.param(listing(BODY, buttons({"type": "FLOW", "text": "Go"})), "flow", id="flow"),
        pytest.param(listing(BODY, buttons({"type": "MPM", "text": "View"})), "mpm", id="list"),
        pytest.param(listing(BODY, category="AUTHENTICATION"), "machines", id="one-time-code"),
    ],
)
def test_what_a_person_cannot_fill_in_says_why(entry: dict[str, Any], says: str):
    assert says in form_of(entry).unfit


def test_every_status_that_cannot_be_sent_has_a_sentence():
    rules = WHATSAPP.templates
    assert rules is not None
    assert rules.sendable == "APPROVED"
    assert "policy" in rules.why_not("REJECTED", "ABUSIVE_CONTENT")
    assert "paused" in rules.why_not("PAUSED", "")
    assert rules.why_not("SLEEPING_WELL", "") == "Its status at Meta is “sleeping well”."
    assert "because of mice" in rules.why_not("REJECTED", "BECAUSE_OF_MICE")


def test_a_channel_has_rules_for_templates_if_its_window_lets_them_through():
    assert WHATSAPP.window.template == (WHATSAPP.templates is not None)

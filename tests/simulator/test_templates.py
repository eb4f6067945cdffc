"""The stand-in's templates: Meta's list, Meta's refusals, Meta's webhooks, a customer's phone."""

import pytest

from jumper_app.simulator.whatsapp import template_rules
from jumper_app.simulator.whatsapp.config import Numbers, Template
from jumper_app.simulator.whatsapp.errors import WhatsAppError
from jumper_app.simulator.whatsapp.happening import HAPPENINGS, change
from jumper_app.simulator.whatsapp.library import TEMPLATES
from jumper_app.simulator.whatsapp.templates import PAGE
from tests.simulator.stage import MARIA, NUMBER, NUMBERS, bearer, code, meet, staged, templates_of

NAMED = Template(
    *("named", "en", "UTILITY"),
    ({"type": "BODY", "text": "Hi {{first_name}}"},),
    parameter_format="NAMED",
)
FULL = Template(
    *("full", "en", "MARKETING"),
    (
        {"type": "HEADER", "format": "TEXT", "text": "For {{1}}"},
        {"type": "BODY", "text": "{{2}} and {{1}}"},
        {"type": "FOOTER", "text": "Bye"},
        {
            "type": "BUTTONS",
            "buttons": [
                {"type": "QUICK_REPLY", "text": "Stop"},
                {"type": "URL", "text": "Track", "url": "https://e.com/{{1}}"},
                {"type": "COPY_CODE", "text": "Copy"},
            ],
        },
    ),
)
PICTURE = Template(
    *("picture", "en", "UTILITY"),
    ({"type": "HEADER", "format": "IMAGE"}, {"type": "BODY", "text": "Look"}),
)
PLACE = Template(
    *("place", "en", "UTILITY"),
    ({"type": "HEADER", "format": "LOCATION"}, {"type": "BODY", "text": "Here"}),
)
PLAIN = Template("plain", "en", "UTILITY", ({"type": "BODY", "text": "Hi {{1}}"},))
PAUSED = Template("paused", "en", "UTILITY", (), status="PAUSED")
DISABLED = Template("disabled", "en", "UTILITY", (), status="DISABLED")
PENDING = Template("pending", "en", "UTILITY", (), status="PENDING")
SHELF = templates_of(
    Numbers(NUMBERS.numbers, (NAMED, FULL, PICTURE, PLACE, PLAIN, PAUSED, DISABLED, PENDING))
)


def texts(kind: str, *values: str, **named: str) -> dict:
    given = [{"type": "text", "text": value} for value in values]
    given += [
        {"type": "text", "text": value, "parameter_name": name} for name, value in named.items()
    ]
    return {"type": kind, "parameters": given}


def button(index: int, kind: str, name: str, value: str) -> dict:
    parameters = [{"type": name, name: value}]
    return {"type": "button", "sub_type": kind, "index": str(index), "parameters": parameters}


def sent(name: str, *components: dict, language: str = "en") -> dict:
    return {"name": name, "language": {"code": language}, "components": list(components)}


URL, COPY = button(1, "url", "text", "42"), button(2, "copy_code", "coupon_code", "SUMMER")
HEAD, BODY = texts("header", "Maya"), texts("body", "one", "two")
IMAGE = {"type": "header", "parameters": [{"type": "image", "image": {"id": "1"}}]}
WHERE = {"latitude": "1", "longitude": "2", "name": "Shop", "address": "Street"}
HERE = {"type": "header", "parameters": [{"type": "location", "location": WHERE}]}


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(sent("plain", texts("body", "Maya")), id="positional"),
        pytest.param(sent("plain", texts("body", "x" * 32765)), id="a body alone may be long"),
        pytest.param(sent("named", texts("body", first_name="Maya")), id="named"),
        pytest.param(sent("full", HEAD, BODY, URL, COPY), id="everything"),
        pytest.param(
            sent("full", HEAD, BODY, button(0, "quick_reply", "payload", "stop"), URL, COPY),
            id="payload of a reply",
        ),
        pytest.param(sent("picture", IMAGE), id="picture"),
        pytest.param(sent("place", HERE), id="place"),
    ],
)
def test_what_fits_the_template_passes(content):
    template_rules.check(content, SHELF)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(sent("plain"), 132000, id="no value"),
        pytest.param(sent("plain", texts("body", "a", "b")), 132000, id="too many values"),
        pytest.param(sent("nobody"), 132001, id="no such name"),
        pytest.param(sent("plain", language="de"), 132001, id="no such language"),
        pytest.param(sent("pending"), 132001, id="not approved yet"),
        pytest.param(sent("paused"), 132015, id="paused"),
        pytest.param(sent("disabled"), 132016, id="disabled"),
        pytest.param(sent("plain", texts("body", "a\nb")), 132018, id="line break"),
        pytest.param(sent("plain", texts("body", "a\tb")), 132018, id="tab"),
        pytest.param(sent("plain", texts("body", "a     b")), 132018, id="five spaces"),
        pytest.param(sent("plain", texts("body", " ")), 131008, id="blank"),
        pytest.param(sent("plain", texts("body", "x" * 32766)), 132005, id="too long"),
        pytest.param(sent("full", HEAD, texts("body", "x", "y" * 1019), URL, COPY), 132005,
                     id="too long beside others"),
        pytest.param(sent("named", texts("body", "Maya")), 132012, id="no name"),
        pytest.param(sent("named", texts("body", last_name="R")), 132012, id="wrong name"),
        pytest.param(sent("plain", texts("body", x="Maya")), 132012, id="a name too much"),
        pytest.param(sent("picture"), 132012, id="no picture"),
        pytest.param(sent("picture", HEAD), 132012, id="words for a picture"),
        pytest.param(sent("place"), 132012, id="no place"),
        pytest.param(
            sent("place", {"type": "header", "parameters": [
                {"type": "location", "location": {"latitude": "1"}}]}),
            131008,
            id="half a place",
        ),
        pytest.param(sent("full", HEAD, BODY, COPY), 131008, id="no end of the address"),
        pytest.param(sent("full", HEAD, BODY, URL), 131008, id="no code"),
        pytest.param(
            sent("full", HEAD, BODY, URL, button(2, "copy_code", "coupon_code", "x" * 21)),
            100,
            id="long code",
        ),
        pytest.param(
            sent("full", HEAD, BODY, URL, COPY, button(3, "url", "text", "x")),
            132012,
            id="a button too much",
        ),
        pytest.param(sent("plain", {"type": "carousel"}), 100, id="no such component"),
    ],
)  # fmt: skip
def test_what_meta_refuses_has_metas_code(content, code):
    with pytest.raises(WhatsAppError) as refused:
        template_rules.check(content, SHELF)
    assert refused.value.code == code


async def listed(stage, **asked: str) -> dict:
    path = f"/simulator/graph/v26.0/{NUMBER.waba_id}/message_templates"
    answer = await stage.client.get(path, params=asked, headers=bearer())
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_the_list_comes_in_pages_and_only_the_last_one_has_no_next():
    async with staged(templates=TEMPLATES) as stage:
        found, after, pages = [], "", 0
        while True:
            page = await listed(stage, limit="100", **({"after": after} if after else {}))
            found += [(one["name"], one["language"]) for one in page["data"]]
            pages += 1
            after = page["paging"]["cursors"]["after"]
            if "next" not in page["paging"]:
                break
    assert pages == -(-len(TEMPLATES) // PAGE)
    assert sorted(found) == sorted((one.name, one.language) for one in TEMPLATES)


async def test_the_list_can_be_narrowed_and_asked_for_fields():
    async with staged(templates=TEMPLATES) as stage:
        page = await listed(stage, status="REJECTED", fields="name,rejected_reason")
        assert page["data"] == [
            {
                "name": "spring_sale",
                "rejected_reason": "TAG_CONTENT_MISMATCH",
                "id": page["data"][0]["id"],
            }
        ]
        path = f"/simulator/graph/v26.0/{NUMBER.waba_id}/message_templates"
        wrong = await stage.client.get(path, params={"fields": "colour"}, headers=bearer())
        assert code(wrong) == (400, 100)


@pytest.mark.parametrize("what", HAPPENINGS)
async def test_what_happens_to_a_template_is_told_by_its_own_webhook_and_then_listed(what):
    async with staged(templates=(PLAIN,)) as stage:
        news = HAPPENINGS[what]
        change(stage.simulator, "plain", "en", news)
        await stage.settled()
        [told] = stage.app.changes()
        assert told["message_template_name"] == "plain"
        data = (await listed(stage, fields="status,quality_score,category,components"))["data"]
        shown = str(data)
        assert (data == []) == (what == "deleted")
        assert what == "deleted" or news.value in shown


async def test_a_template_is_drawn_whole_and_its_replies_can_be_tapped():
    async with staged(templates=(FULL,)) as stage:
        stop = button(0, "quick_reply", "payload", "stop please")
        content = sent("full", HEAD, BODY, stop, URL, COPY)
        await stage.text(type="template", template=content)
        [bubble] = stage.simulator.phone(MARIA).bubbles()
        assert (bubble.header, bubble.text, bubble.footer) == ("For Maya", "two and one", "Bye")
        assert [one.title for one in bubble.choices] == ["Stop"]
        assert [(one.title, one.id) for one in bubble.links] == [
            ("Track", "https://e.com/42"),
            ("Copy", "SUMMER"),
        ]
        stage.simulator.phone(MARIA).tap(bubble.id, "stop please")
        await stage.settled()
        tapped = stage.app.messages()[-1]
        assert tapped["button"] == {"payload": "stop please", "text": "Stop"}
        assert tapped["context"]["id"] == bubble.id


@pytest.mark.parametrize(
    ("to", "wa_id"),
    [
        ("+525512345678", "5215512345678"),
        ("+541112345678", "5491112345678"),
        ("+5531987654321", "553187654321"),
        ("+4915199999999", "4915199999999"),
    ],
)
async def test_the_answer_names_the_id_that_was_reached_not_the_number_that_was_dialled(to, wa_id):
    async with staged() as stage:
        meet(stage.simulator, "Somebody", wa_id=wa_id, bsuid="XX.1")
        answer = await stage.text(to=to)
        assert answer.json()["contacts"] == [{"input": to, "wa_id": wa_id}]

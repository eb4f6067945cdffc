"""Whatever is sent: the thread shows the words that the customer's phone draws.

The stand-in draws a template by itself, from Meta's list and the body of the send; nothing
of it is shared with what the thread shows.
"""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jumper_app.channels.contract import OutLocation, OutTemplate
from jumper_app.channels.whatsapp import templates as outbound
from jumper_app.channels.whatsapp.template_list import known
from jumper_app.channels.whatsapp.template_rules import RULES
from jumper_app.conversations.templates.filling import FILE, PLACE, Values, fill, gaps, problems
from jumper_app.simulator.whatsapp import template_rules
from jumper_app.simulator.whatsapp.config import Numbers, Template
from jumper_app.simulator.whatsapp.filled import filled
from jumper_app.simulator.whatsapp.library import TEMPLATES
from jumper_app.simulator.whatsapp.templates import entry
from tests.simulator.stage import NUMBERS, templates_of

FIELDS = "name,language,status,category,components,parameter_format"
SHOP = OutLocation(latitude=52.5, longitude=13.4, name="Shop", address="Street 1")
SIGNS = st.sampled_from("ab 9ß🙏{}*_~`$%\\.,") | st.sampled_from(["{{1}}", "{{2}}", "{{name}}"])
WORDS = st.lists(SIGNS, min_size=1, max_size=8).map("".join)
VALUES = WORDS.filter(lambda text: text.strip() and "    " not in text)


def sendable() -> list[Template]:
    """What can be sent of the demo's: every kind of part is among them."""
    return [
        one
        for one in TEMPLATES
        if one.status == "APPROVED"
        and one.category != "AUTHENTICATION"
        and not any(part["type"] == "CAROUSEL" for part in one.components)
    ]


def filled_in(template: Template, texts: dict[str, str]) -> OutTemplate:
    [told] = known({"data": [entry(template, FIELDS)]})
    values = Values(texts, file="1" * 32, place=SHOP)
    assert problems(told.form, values, RULES) == {}
    return fill(told, values, RULES)


def on_the_phone(template: Template, content: OutTemplate) -> Any:
    """What Meta draws, after it has checked what it is sent."""
    body = outbound.template(content, dict.fromkeys(content.files, "4711"))["template"]
    template_rules.check(body, templates_of(Numbers(NUMBERS.numbers, (template,))))  # type: ignore[arg-type]
    return filled(template, body)  # type: ignore[arg-type]


def keys_of(template: Template) -> list[str]:
    [told] = known({"data": [entry(template, FIELDS)]})
    return [gap.key for gap in gaps(told.form) if gap.key not in (FILE, PLACE)]


def same(content: OutTemplate, drawn: Any) -> None:
    shown = content.shown
    assert (shown.header, shown.body, shown.footer) == (drawn.header, drawn.body, drawn.footer)
    assert [one.title for one in shown.buttons] == [one.title for one in drawn.buttons]
    targets = [one.target for one in drawn.buttons if one.kind != "QUICK_REPLY"]
    assert [one.target for one in shown.buttons if one.kind != "quick_reply"] == targets
    assert bool(content.header_media) == bool(drawn.media)
    assert bool(content.header_place) == bool(drawn.place)


@pytest.mark.parametrize("template", sendable(), ids=lambda one: f"{one.name}-{one.language}")
@given(data=st.data())
def test_the_thread_shows_what_the_phone_draws(template: Template, data: st.DataObject):
    texts = {
        key: data.draw(VALUES.map(lambda text: text.replace(" ", "")).filter(bool))
        if key.startswith("button")
        else data.draw(VALUES)
        for key in keys_of(template)
    }
    texts = {key: value[:20] for key, value in texts.items()}
    content = filled_in(template, texts)
    same(content, on_the_phone(template, content))


@given(
    text=st.lists(WORDS, min_size=3, max_size=3),
    order=st.permutations(["1", "2"]),
    values=st.lists(VALUES, min_size=2, max_size=2),
)
def test_so_it_is_with_words_that_nobody_thought_of(text, order, values):
    before, between, after = (one.replace("{", "(").replace("}", ")") for one in text)
    body = f"{before}{{{{{order[0]}}}}}{between}{{{{{order[1]}}}}}{after}"
    template = Template("odd", "en", "UTILITY", ({"type": "BODY", "text": body},))
    texts = {"body:1": values[0], "body:2": values[1]}
    content = filled_in(template, texts)
    same(content, on_the_phone(template, content))

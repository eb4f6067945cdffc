"""A template with the values of a send: as the customer's phone draws it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from jumper_app.simulator.whatsapp.config import Template

GAP = re.compile(r"\{\{(\w+)\}\}")
Content = Mapping[str, Any]


@dataclass(frozen=True)
class Button:
    """A button on the phone. ``kind`` and ``index`` are Meta's; ``target``: where it leads."""

    index: int
    kind: str
    title: str
    target: str = ""


@dataclass(frozen=True)
class Filled:
    """What the phone shows. ``media``: id of the file above; ``place``: the place above."""

    header: str = ""
    body: str = ""
    footer: str = ""
    buttons: tuple[Button, ...] = ()
    media: str = ""
    place: Mapping[str, Any] | None = None


def filled(template: Template, content: Content) -> Filled:
    """The template with the values that ``content``, the send's ``template``, brings."""
    header, body = template.part("HEADER"), template.part("BODY")
    above = next(iter(parameters(content, "header")), {})
    file = above.get(above.get("type", ""))
    return Filled(
        header=_put(header.get("text", ""), values(template, content, "header")),
        body=_put(body.get("text", ""), values(template, content, "body")),
        footer=template.part("FOOTER").get("text", ""),
        buttons=tuple(_buttons(template, content)),
        media=file.get("id", "") if isinstance(file, dict) else "",
        place=above.get("location"),
    )


def components(content: Content, kind: str) -> list[Content]:
    """The components of a send of that type, in their order."""
    return [one for one in content.get("components", []) if str(one.get("type")).lower() == kind]


def parameters(content: Content, kind: str) -> list[Content]:
    """All parameters of the components of that type."""
    return [each for one in components(content, kind) for each in one.get("parameters", [])]


def values(template: Template, content: Content, kind: str) -> dict[str, str]:
    """The words for each gap: by name, or by place counted from 1."""
    given = parameters(content, kind)
    if template.parameter_format == "NAMED":
        return {one.get("parameter_name", ""): words(one) for one in given}
    return {str(place): words(one) for place, one in enumerate(given, 1)}


def words(parameter: Content) -> str:
    """The words of a parameter of any type that stands in a text."""
    inner = parameter.get(parameter.get("type", ""), "")
    return str(inner.get("fallback_value", "")) if isinstance(inner, dict) else str(inner)


def gaps(text: str) -> list[str]:
    """The names of the gaps in a text, each once, in their order."""
    return list(dict.fromkeys(GAP.findall(text)))


def _put(text: str, known: Mapping[str, str]) -> str:
    return GAP.sub(lambda gap: known.get(gap[1], gap[0]), text)


def _buttons(template: Template, content: Content) -> Iterator[Button]:
    given = {int(one["index"]): one for one in components(content, "button")}
    for index, button in enumerate(template.part("BUTTONS").get("buttons", [])):
        value = next(iter(given.get(index, {}).get("parameters", [])), {})
        kind, title = button["type"], button.get("text", "")
        match kind:
            case "QUICK_REPLY":
                target = value.get("payload", title)
            case "URL":
                target = GAP.sub(lambda _, value=value: value.get("text", ""), button["url"])
            case "COPY_CODE":
                target = value.get("coupon_code", "")
            case _:
                target = button.get("phone_number", "")
        yield Button(index, kind, title, target)

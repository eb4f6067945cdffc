"""What Meta checks of a send that names a template.

The codes and sentences are Meta's. Source: WhatsApp > Error codes; WhatsApp > Templates >
Send; the texts of errors that developers have published; read 2026-11-22.
"""

import re
from collections.abc import Iterable

from jumper_app.simulator.whatsapp.checks import need, text
from jumper_app.simulator.whatsapp.config import Template
from jumper_app.simulator.whatsapp.errors import WhatsAppError
from jumper_app.simulator.whatsapp.filled import (
    Content,
    components,
    filled,
    gaps,
    parameters,
)
from jumper_app.simulator.whatsapp.templates import Templates

MAX_HEADER, MAX_BODY, MAX_BODY_ALONE, MAX_CODE = 60, 1024, 32768, 20
FILES = {"IMAGE": "image", "VIDEO": "video", "DOCUMENT": "document"}
BROKEN = re.compile(r"[\n\r\t]| {5,}")
TYPES = {"header", "body", "button"}


def check(content: Content, templates: Templates) -> Template:
    """The template that is sent. Raises the WhatsAppError with which Meta refuses the send."""
    template = _sendable(content, templates)
    for one in content.get("components", []):
        if str(one.get("type")).lower() not in TYPES:
            raise WhatsAppError(100, f"Unexpected component type '{one.get('type')}'.")
    _check_header(template, content)
    _check_texts(template, content, "body", template.part("BODY").get("text", ""))
    _check_buttons(template, content)
    _check_length(template, content)
    return template


def _sendable(content: Content, templates: Templates) -> Template:
    language = need(need(content, "language", dict), "code", str)
    name = need(content, "name", str)
    template = templates.find(name, language)
    if template is not None and template.status == "PAUSED":
        raise WhatsAppError(132015, "Template is paused due to low quality.")
    if template is not None and template.status == "DISABLED":
        raise WhatsAppError(132016, "Template is disabled due to low quality.")
    if template is None or template.status != "APPROVED":
        raise WhatsAppError(132001, f"template name ({name}) does not exist in {language}")
    return template


def _check_header(template: Template, content: Content) -> None:
    header = template.part("HEADER")
    wanted = header.get("format", "TEXT")
    if wanted == "TEXT":
        _check_texts(template, content, "header", header.get("text", ""))
        return
    given = parameters(content, "header")
    received = str(given[0].get("type", "")).upper() if len(given) == 1 else "UNKNOWN"
    if received != wanted:
        raise WhatsAppError(
            132012, f"header: Format mismatch, expected {wanted}, received {received}"
        )
    if wanted in FILES:
        file = need(given[0], FILES[wanted], dict)
        if ("id" in file) == ("link" in file):
            raise WhatsAppError(131008, "header: exactly one of id and link is required.")
    else:
        _check_place(need(given[0], "location", dict))


def _check_place(place: Content) -> None:
    for name in ("latitude", "longitude", "name", "address"):
        if not str(place.get(name, "")).strip():
            raise WhatsAppError(131008, f"header: location is missing {name}.")


def _check_texts(template: Template, content: Content, part: str, written: str) -> None:
    given, wanted = parameters(content, part), gaps(written)
    if len(given) != len(wanted):
        raise WhatsAppError(
            132000,
            f"{part}: number of localizable_params ({len(given)}) does not match"
            f" the expected number of params ({len(wanted)})",
        )
    if template.parameter_format == "NAMED":
        named = {one.get("parameter_name") for one in given}
        if named != set(wanted):
            raise WhatsAppError(132012, f"{part}: Parameter name is missing or does not match.")
    elif any("parameter_name" in one for one in given):
        raise WhatsAppError(132012, f"{part}: this template has no named parameters.")
    _check_values(given, part)


def _check_values(given: Iterable[Content], part: str) -> None:
    for one in given:
        if one.get("type") != "text":
            continue
        said = one.get("text")
        if not isinstance(said, str) or not said.strip():
            raise WhatsAppError(131008, f"{part}: Parameter of type text is missing text value.")
        if BROKEN.search(said):
            raise WhatsAppError(
                132018,
                f"{part}: Param text cannot have new-line/tab characters or more than"
                " 4 consecutive spaces",
            )


def _check_buttons(template: Template, content: Content) -> None:
    buttons = template.part("BUTTONS").get("buttons", [])
    given = {str(one.get("index")): one for one in components(content, "button")}
    for index, button in enumerate(buttons):
        _check_button(index, button, given.pop(str(index), None))
    if given:
        raise WhatsAppError(132012, f"button: there is no button at index {', '.join(given)}.")


def _check_button(index: int, button: Content, given: Content | None) -> None:
    kind = button["type"].lower()
    needed = kind == "copy_code" or (kind == "url" and bool(gaps(button["url"])))
    where = f"Button at index {index} of type {kind}"
    if given is None:
        if needed:
            raise WhatsAppError(131008, f"{where} requires a parameter")
        return
    value = next(iter(given.get("parameters", [])), {})
    if str(given.get("sub_type")).lower() != kind or not (needed or kind == "quick_reply"):
        raise WhatsAppError(132012, f"{where}: the send does not fit.")
    if kind == "copy_code":
        text(value, "coupon_code", MAX_CODE)
    else:
        name = "text" if kind == "url" else "payload"
        text(value, name, 2000 if kind == "url" else 128)


def _check_length(template: Template, content: Content) -> None:
    shown = filled(template, content)
    alone = {part["type"] for part in template.components} == {"BODY"}
    longest = MAX_BODY_ALONE if alone else MAX_BODY
    if len(shown.body) > longest or len(shown.header) > MAX_HEADER:
        raise WhatsAppError(132005, "Translated text too long")

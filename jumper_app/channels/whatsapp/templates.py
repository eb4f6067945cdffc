"""A template and its values → the request's ``template``. Pure.

Source: WhatsApp > Templates, and Meta's OpenAPI file v23.0, read 2026-11-22.
"""

from collections.abc import Mapping, Sequence

from pydantic import JsonValue

from jumper_app.channels.contract import ButtonValue, OutMedia, OutTemplate, TemplateValue
from jumper_app.channels.loose import Object

from .enclosures import place

HEADER_MEDIA = {"image": "image", "video": "video", "document": "document"}
"""The kinds of files that can stand above a template."""


def template(content: OutTemplate, media_ids: Mapping[str, str], filename: str = "") -> Object:
    """What is sent for an approved template."""
    components = [*_header(content, media_ids, filename), *_body(content), *_buttons(content)]
    language: Object = {"code": content.language, "policy": "deterministic"}
    filled: Object = {"name": content.name, "language": language}
    if components:
        filled["components"] = components
    return {"type": "template", "template": filled}


def _header(content: OutTemplate, media_ids: Mapping[str, str], filename: str) -> list[JsonValue]:
    parameters: list[JsonValue] = []
    if content.header_media:
        parameters = [_file(content.header_media, media_ids, filename)]
    elif content.header_place:
        parameters = [{"type": "location", "location": place(content.header_place)}]
    elif content.header:
        parameters = _texts(content.header)
    return [{"type": "header", "parameters": parameters}] if parameters else []


def _file(media: OutMedia, media_ids: Mapping[str, str], filename: str) -> Object:
    kind = HEADER_MEDIA[media.kind]
    file: Object = {"id": media_ids[media.attachment]}
    if filename and kind == "document":
        file["filename"] = filename
    return {"type": kind, kind: file}


def _body(content: OutTemplate) -> list[JsonValue]:
    return [{"type": "body", "parameters": _texts(content.body)}] if content.body else []


def _texts(values: Sequence[TemplateValue]) -> list[JsonValue]:
    return [_text(value) for value in values]


def _text(value: TemplateValue) -> Object:
    words: Object = {"type": "text", "text": value.text}
    if value.name:
        words["parameter_name"] = value.name
    return words


def _buttons(content: OutTemplate) -> list[JsonValue]:
    return [
        {
            "type": "button",
            "sub_type": button.kind,
            "index": str(button.index),
            "parameters": [_tapped(button)],
        }
        for button in content.buttons
    ]


def _tapped(button: ButtonValue) -> Object:
    match button.kind:
        case "quick_reply":
            return {"type": "payload", "payload": button.value}
        case "url":
            return {"type": "text", "text": button.value}
        case "copy_code":
            return {"type": "coupon_code", "coupon_code": button.value}

"""Meta's OpenAPI file of the WhatsApp API, v23.0: examples of webhooks, schemas of requests."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import yaml
from jsonschema import Draft202012Validator

from tests.channels.payloads import SHARED

FILE = SHARED / "whatsapp-openapi-v23.yaml"
MESSAGES = "/{Version}/{Phone-Number-ID}/messages"
WEBHOOKS = "/whatsapp/webhooks"
KINDS = {
    kind: f"{kind.capitalize()}Message"
    for kind in (
        *("text", "image", "video", "audio", "document", "sticker"),
        *("interactive", "location", "contacts", "template", "reaction"),
    )
}
"""The schema of each kind of message that we send."""
NEWER = {
    "biz_opaque_callback_data": {"type": "string", "maxLength": 512},
    "recipient": {"type": "string", "pattern": r"^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$"},
}
"""Keys of Meta's documentation that its OpenAPI file does not have (yet)."""


@cache
def document() -> Mapping[str, Any]:
    """The file; empty when it is absent."""
    if not FILE.exists():
        return {}
    found = yaml.load(FILE.read_text(), Loader=yaml.CSafeLoader)
    _put_right(found["components"]["schemas"]["TemplateComponent"]["properties"])
    return found


def _put_right(component: dict[str, Any]) -> None:
    """Two slips in a template's button: no index fits the pattern, not even the file's own
    example, and the documentation's ``copy_code`` is missing.
    """
    component["index"]["pattern"] = "^[0-9]$"
    component["sub_type"]["enum"] += ["copy_code"]


def webhook_examples() -> Mapping[str, Any]:
    """The webhook bodies of the file, by their titles."""
    if not document():
        return {}
    body = document()["paths"][WEBHOOKS]["post"]["requestBody"]
    examples = body["content"]["application/json"]["examples"]
    return {title: example["value"] for title, example in examples.items()}


def complaints(body: Mapping[str, Any]) -> list[str]:
    """What Meta's file says against a request to ``…/messages``; empty when it is right."""
    checker = read_mark() if body.get("status") == "read" else message(body["type"])
    return [f"{error.json_path}: {error.message}" for error in checker.iter_errors(body)]


@cache
def message(kind: str) -> Draft202012Validator:
    """The schema of one kind of message, with two mistakes of the file put right.

    Its ``additionalProperties: false`` stands inside ``allOf``, where it forbids the
    other half of the same message: nothing at all would be valid. It becomes
    ``unevaluatedProperties: false`` around the whole. And it requires ``to``, although
    a message may go to a user id: one of both is required instead.
    """
    whole = document()["components"]["schemas"]
    common = {**whole["BaseMessageProperties"]}
    common["required"] = [key for key in common["required"] if key != "to"]
    common["properties"] = {**common["properties"], **NEWER}
    own = {**whole[KINDS[kind]]["allOf"][1]}
    own.pop("additionalProperties", None)
    schema = {
        "allOf": [common, own],
        "oneOf": [{"required": ["to"]}, {"required": ["recipient"]}],
        "unevaluatedProperties": False,
    }
    return validator(schema)


@cache
def read_mark() -> Draft202012Validator:
    """The read mark has no schema in the file, only an example: the same keys, the same words."""
    content = document()["paths"][MESSAGES]["post"]["requestBody"]["content"]
    examples = content["application/json"]["examples"]
    example = examples["Send typing indicator and read receipt"]["value"]
    fixed = {key: {"const": value} for key, value in example.items() if key != "message_id"}
    schema = {
        "properties": {**fixed, "message_id": {"type": "string", "minLength": 1}},
        "required": ["messaging_product", "status", "message_id"],
        "additionalProperties": False,
    }
    return validator(schema)


def validator(schema: Mapping[str, Any]) -> Draft202012Validator:
    """A validator that finds the file's own schemas; OpenAPI 3.1 speaks JSON Schema 2020-12."""
    return Draft202012Validator({**schema, "components": document()["components"]})

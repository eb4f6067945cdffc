"""A schema of what may be posted to ``/{page-id}/messages``: Meta publishes none for Messenger."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

FILE = Path(__file__).with_name("messenger_send.schema.json")


@cache
def validator() -> Draft202012Validator:
    """Reads the file once."""
    return Draft202012Validator(json.loads(FILE.read_text()))


def complaints(body: Mapping[str, Any]) -> list[str]:
    """What the schema says against a request; empty when it is right."""
    return [f"{error.json_path}: {error.message}" for error in validator().iter_errors(body)]

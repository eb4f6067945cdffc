"""Flows as files: what one workspace exports, another can import."""

import orjson
from pydantic import ValidationError

from jumper_app.errors import BadInput

from .definition import Flow

MAX_FILE_BYTES = 2 * 1024 * 1024
"""Far more than the largest flow that a person would draw."""


def export_flow(flow: Flow) -> bytes:
    """The flow as JSON, the same bytes for the same flow."""
    options = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
    return orjson.dumps(flow.model_dump(mode="json"), option=options)


def import_flow(content: bytes) -> Flow:
    """The flow in a file. Raises BadInput with every fault in words."""
    if len(content) > MAX_FILE_BYTES:
        raise BadInput("This file is too large for a flow.")
    try:
        return Flow.model_validate(orjson.loads(content))
    except orjson.JSONDecodeError as broken:
        raise BadInput("This file is not JSON.") from broken
    except ValidationError as faults:
        raise BadInput(" ".join(_sentences(faults))) from faults


def _sentences(faults: ValidationError) -> list[str]:
    told: list[str] = []
    for fault in faults.errors(include_url=False, include_input=False):
        where = " › ".join(str(part) for part in fault["loc"])
        what = fault["msg"].removeprefix("Value error, ")
        told.append(f"{where}: {what}" if where else what)
    return told

"""What a structured message says in words: ours coming back, another tool's, a product."""

from pydantic import JsonValue

from jumper_app.channels.loose import Object, listed, obj, text

LONGEST = 10
"""Elements that are read out; a generic template has no more."""


def lines_of_template(payload: Object) -> list[str]:
    """Title and text of a template's parts, in their order."""
    whole = [text(payload.get(key)) for key in ("text", "title", "intro_message")]
    elements = [*listed(payload.get("elements")), *listed(product(payload).get("elements"))]
    parts = [
        text(obj(each).get(key)) for each in elements[:LONGEST] for key in ("title", "subtitle")
    ]
    buttons = [f"[{title}]" for each in listed(payload.get("buttons")) if (title := title_of(each))]
    return [line for line in (*whole, *parts, *buttons) if line]


def product(payload: Object) -> Object:
    """What a customer asked about in the page's shop."""
    return obj(payload.get("product"))


def title_of(button: JsonValue) -> str:
    """What stands on a button."""
    return text(obj(button).get("title"))

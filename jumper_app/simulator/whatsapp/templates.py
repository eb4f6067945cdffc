"""What Meta keeps of a business's templates: the list, page by page, and what becomes of each."""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

from jumper_app import clock
from jumper_app.simulator.ground import Ground
from jumper_app.simulator.meta.webhooks import Json, encode
from jumper_app.simulator.whatsapp import webhooks
from jumper_app.simulator.whatsapp.config import CHANNEL, Numbers, Template
from jumper_app.simulator.whatsapp.errors import WhatsAppError

PAGE = 10
"""Meta may give fewer than were asked for; so does the stand-in, that pages may be tried."""
ALWAYS = ("name", "language", "status", "category", "components", "id")
GONE = "DELETED"


@dataclass(frozen=True)
class Change:
    """One thing that happens to a template.

    Attributes:
        field: Of the webhook that tells of it.
        value: The new status, quality or category, or the new words of the body.
    """

    field: str
    value: str
    reason: str = "NONE"

    def facts(self, template: Template) -> Json:
        """What the template is from now on."""
        match self.field:
            case "message_template_status_update":
                return {"status": self.value, "reason": self.reason}
            case "message_template_quality_update":
                return {"quality": self.value}
            case "template_category_update":
                return {"category": self.value}
            case _:
                body = template.part("BODY") | {"text": self.value}
                parts = [body if one["type"] == "BODY" else one for one in template.components]
                return {"components": parts}

    def told(self, template: Template) -> Json:
        """What Meta tells of it, besides which template it is."""
        match self.field:
            case "message_template_status_update":
                return {"event": self.value, "reason": self.reason}
            case "message_template_quality_update":
                before = template.quality
                return {"previous_quality_score": before, "new_quality_score": self.value}
            case "template_category_update":
                return {"previous_category": template.category, "new_category": self.value}
            case _:
                return {"message_template_element": self.value}


FIELDS = (
    "message_template_status_update",
    "message_template_quality_update",
    "message_template_components_update",
    "template_category_update",
)
"""The webhooks that tell of templates. Source: WhatsApp > Webhooks > Overview, 2026-11-22."""


class Templates:
    """The templates of some numbers' business, each with the state that it is in now."""

    def __init__(self, ground: Ground, numbers: Numbers) -> None:
        self._ground = ground
        self._numbers = numbers

    def all(self) -> list[Template]:
        """Those that exist, by name and language."""
        known = (self._now(one) for one in self._numbers.templates)
        found = (one for one in known if one.status != GONE)
        return sorted(found, key=lambda one: (one.name, one.language))

    def find(self, name: str, language: str) -> Template | None:
        """The template of that name in that language, or None."""
        return next(
            (one for one in self.all() if (one.name, one.language) == (name, language)), None
        )

    def ever(self, name: str, language: str) -> Template | None:
        """The same, even if it was deleted since."""
        known = map(self._now, self._numbers.templates)
        return next((one for one in known if (one.name, one.language) == (name, language)), None)

    def page(self, asked: Mapping[str, str], address: str) -> Json:
        """``GET /{waba}/message_templates``. ``address``: of this request, without its query."""
        found = [one for one in self.all() if _is_wanted(one, asked)]
        start = _place(asked.get("after", ""))
        limit = min(int(asked.get("limit", "25")), PAGE)
        shown, end = found[start : start + limit], start + limit
        page: Json = {"data": [entry(one, asked.get("fields", "")) for one in shown]}
        if shown:
            cursors = {"before": _cursor(start), "after": _cursor(end)}
            following = {"next": f"{address}?after={_cursor(end)}"} if end < len(found) else {}
            page["paging"] = {"cursors": cursors, **following}
        return page

    def change(self, template: Template, news: Change) -> None:
        """Meta, or whoever owns the template, changes it, and Meta tells the app."""
        kept = self._kept(template) | news.facts(template)
        self._ground.store.remember(_key(template), json.dumps(kept))
        change = {"value": _named(template) | news.told(template), "field": news.field}
        body = webhooks.envelope(self._numbers.numbers[0].waba_id, [change])
        body["entry"][0]["time"] = int(clock.now().timestamp())
        self._ground.postman.post(CHANNEL, [encode(body)], lane="templates")

    def _kept(self, template: Template) -> Json:
        """What has become of it since it was written."""
        return json.loads(self._ground.store.setting(_key(template)) or "{}")

    def _now(self, template: Template) -> Template:
        return replace(template, **self._kept(template))


def _key(template: Template) -> str:
    return f"template {template.name} {template.language}"


def _named(template: Template) -> Json:
    """Which template: Meta's webhooks write languages with a hyphen."""
    return {
        "message_template_id": int(template.id),
        "message_template_name": template.name,
        "message_template_language": template.language.replace("_", "-"),
    }


def _is_wanted(template: Template, asked: Mapping[str, str]) -> bool:
    return all(
        asked.get(name, "").lower() in ("", getattr(template, name).lower())
        for name in ("name", "language", "status", "category")
    )


def entry(template: Template, asked: str = "") -> Json:
    """A template as an entry of the list. ``asked``: names of fields, by commas."""
    known: Json = {
        "name": template.name,
        "language": template.language,
        "status": template.status,
        "category": template.category,
        "components": list(template.components),
        "id": template.id,
        "parameter_format": template.parameter_format,
        "quality_score": {"score": template.quality, "date": int(clock.now().timestamp())},
        "rejected_reason": template.reason,
    }
    fields = asked.split(",") if asked else list(ALWAYS)
    for name in fields:
        if name not in known:
            raise WhatsAppError(100, f"Tried accessing nonexisting field ({name})")
    return {name: known[name] for name in dict.fromkeys([*fields, "id"])}


def _cursor(place: int) -> str:
    return base64.urlsafe_b64encode(f"{place}".encode()).decode().rstrip("=")


def _place(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        return int(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except ValueError:
        raise WhatsAppError(100, "Invalid cursors values") from None

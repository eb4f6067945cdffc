"""What Meta lists of a business's templates → the house's words, and the way to fetch it.

Source: Graph API > WhatsApp Business Account > Message Templates; WhatsApp > Templates;
Meta's OpenAPI file v23.0; read 2026-11-22.
"""

from collections.abc import Iterator

from jumper_app.channels.contract import Credentials, KnownTemplate
from jumper_app.channels.loose import Object, listed, obj, text
from jumper_app.channels.meta import Graph
from jumper_app.channels.meta.failures import Temporary

from .template_form import form_of

FIELDS = "name,language,status,category,components,parameter_format,quality_score,rejected_reason"
PER_PAGE = 100
MOST_PAGES = 200
"""Far more than a portfolio's 6,000 templates need; an endless list ends here."""
LONGEST = {"name": 512, "language": 20, "category": 40, "status": 40, "quality": 20}
"""Characters that we keep of each."""


async def templates(graph: Graph, credentials: Credentials) -> list[KnownTemplate]:
    """All pages of the list. Raises ``SendFailed`` members; half a list is none."""
    found: list[KnownTemplate] = []
    after = ""
    for _ in range(MOST_PAGES):
        page = await _page(graph, credentials, after)
        found += known(page)
        following = next_page(page)
        if not following:
            return found
        if following == after:
            break
        after = following
    raise Temporary(detail="The list of templates does not end.")


async def _page(graph: Graph, credentials: Credentials, after: str) -> Object:
    asked = {"fields": FIELDS, "limit": str(PER_PAGE)} | ({"after": after} if after else {})
    path = ("GET", credentials.parent_id, "message_templates")
    return await graph.call(credentials, *path, delivers=False, params=asked)


def next_page(page: Object) -> str:
    """The cursor behind the page; empty on the last one.

    Meta leaves ``next`` out there. Source: Graph API > Paginated results.
    """
    paging = obj(page.get("paging"))
    if not listed(page.get("data")) or not paging.get("next"):
        return ""
    return text(obj(paging.get("cursors")).get("after"))


def known(page: Object) -> Iterator[KnownTemplate]:
    """The templates on a page; an entry without name or language is none."""
    for entry in listed(page.get("data")):
        raw = obj(entry)
        if text(raw.get("name")) and text(raw.get("language")):
            yield _known(raw)


def _known(raw: Object) -> KnownTemplate:
    quality = raw.get("quality_score")
    score = text(obj(quality).get("score")) or text(quality)
    reason = text(raw.get("rejected_reason"), 300)
    return KnownTemplate(
        external_id=text(raw.get("id"), 64),
        name=text(raw.get("name"), LONGEST["name"]),
        language=text(raw.get("language"), LONGEST["language"]),
        category=text(raw.get("category"), LONGEST["category"]).upper(),
        status=text(raw.get("status"), LONGEST["status"]).upper(),
        quality="" if score == "UNKNOWN" else score[: LONGEST["quality"]],
        reason="" if reason == "NONE" else reason,
        form=form_of(raw),
    )

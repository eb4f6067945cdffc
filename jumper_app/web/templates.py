"""What an agent's template picker shows: a plain route, so that no tab's state holds it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import col, select
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from jumper_app import clock
from jumper_app.channels import CHANNELS
from jumper_app.channels.contract import TemplateRules
from jumper_app.conversations.listing import find, name_of
from jumper_app.conversations.templates.filling import gaps
from jumper_app.conversations.templates.offers import Offer, rules_of, shelf
from jumper_app.conversations.unwanted import NO_MARKETING, marketing_stopped_at
from jumper_app.db import Database, Work
from jumper_app.errors import NotFound, Refused
from jumper_app.models import ChannelAccount, Contact, Conversation
from jumper_app.people.sessions import Who

from .auth import signed_in

NO_STORE = {"Cache-Control": "no-store"}


@dataclass(frozen=True)
class Templates:
    """The templates of one conversation's business, or of one account's."""

    database: Database

    def routes(self) -> list[Route]:
        base = "/api/templates"
        return [
            Route(base + "/accounts", self.accounts, methods=["GET"]),
            Route(base + "/account/{id}", self.of_account, methods=["GET"]),
            Route(base + "/conversation/{id}", self.of_conversation, methods=["GET"]),
        ]

    async def accounts(self, request: Request) -> Response:
        """The accounts through which a template can be anybody's first word."""
        return await self._told(request, _accounts)

    async def of_account(self, request: Request) -> Response:
        """For somebody whom we do not know yet."""
        return await self._told(request, _for_account)

    async def of_conversation(self, request: Request) -> Response:
        """For a customer whom we know, with what may be put into the gaps."""
        return await self._told(request, _for_conversation)

    async def _told(self, request: Request, read: Any) -> Response:
        who = await signed_in(request)
        if who is None:
            return JSONResponse({"error": "Please sign in again."}, 404, NO_STORE)
        try:
            told = await self.database.ask(read, request.path_params.get("id", ""), who)
        except NotFound as missing:
            return JSONResponse({"error": missing.for_agent}, 404, NO_STORE)
        except Refused as refusal:
            return JSONResponse({"error": refusal.for_agent}, 422, NO_STORE)
        return JSONResponse(told, headers=NO_STORE)


def _accounts(work: Work, _: str, __: Who) -> Any:
    rows = work.exec(
        select(ChannelAccount)
        .where(col(ChannelAccount.active).is_(True))
        .order_by(col(ChannelAccount.id))
    )
    return [
        {"id": row.public_id, "name": row.name, "address": row.address, "channel": row.channel}
        for row in rows
        if CHANNELS[row.channel].templates is not None
    ]


def _for_account(work: Work, public_id: str, who: Who) -> Any:
    account = work.exec(
        select(ChannelAccount).where(col(ChannelAccount.public_id) == public_id)
    ).first()
    if account is None:
        raise NotFound("This channel no longer exists.")
    return _shelf(work, account, who) | {"known": {"agent": who.name}}


def _for_conversation(work: Work, public_id: str, who: Who) -> Any:
    conversation = work.get(Conversation, find(work, public_id) or 0)
    if conversation is None:
        raise NotFound("This conversation no longer exists.")
    account = work.get_one(ChannelAccount, conversation.account_id)
    contact = work.get_one(Contact, conversation.contact_id)
    name = name_of(contact, CHANNELS[conversation.channel]) if contact.name else ""
    known = {"name": name, "phone": contact.phone, "agent": who.name}
    stopped = marketing_stopped_at(work, conversation.contact_id)
    return _shelf(work, account, who, NO_MARKETING if stopped else "") | {"known": known}


def _shelf(work: Work, account: ChannelAccount, who: Who, unwanted: str = "") -> dict[str, Any]:
    found = shelf(work, account, who.id, clock.now(), unwanted=unwanted)
    return {
        "synced_at": _iso(found.synced_at),
        "failure": found.failure,
        "rules": _rules(rules_of(account.channel)),
        "templates": [_offer(one) for one in found.offers],
    }


def _rules(rules: TemplateRules) -> dict[str, int]:
    names = ("header", "body", "body_alone", "target", "code", "spaces")
    return {name: getattr(rules, name) for name in names}


def _offer(offer: Offer) -> dict[str, Any]:
    template = offer.template
    return {
        "id": offer.public_id,
        "name": template.name,
        "language": template.language,
        "category": template.category,
        "status": template.status,
        "quality": template.quality,
        "why_not": offer.why_not,
        "used_at": _iso(offer.used_at),
        "form": template.form.model_dump(mode="json", exclude={"unfit", "named"}),
        "gaps": [
            {"key": gap.key, "name": gap.name, "example": gap.example}
            for gap in gaps(template.form)
        ],
    }


def _iso(at: datetime | None) -> str:
    return at.isoformat() if at else ""

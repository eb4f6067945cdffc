"""What an agent may choose from: what can be sent first, and of that what they used last."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import col, select

from jumper_app.channels import CHANNELS
from jumper_app.channels.contract import KnownTemplate, TemplateRules
from jumper_app.db import Work
from jumper_app.errors import SendRefused
from jumper_app.models import ChannelAccount, Template, TemplateSync, TemplateUse

from .shelf import known

SHOWN_AS_GONE = timedelta(days=30)
"""For how long a template that was deleted is still listed, so that nobody looks for it."""

DELETED = "DELETED"


class TemplateNotSendable(SendRefused):
    """The provider does not let this template be sent now."""

    code = "template_not_sendable"


@dataclass(frozen=True)
class Offer:
    """One template in the list.

    Attributes:
        why_not: Why it cannot be sent, a sentence; empty when it can.
        used_at: When this agent last sent it.
    """

    public_id: str
    template: KnownTemplate
    why_not: str
    used_at: datetime | None


@dataclass(frozen=True)
class Shelf:
    """All templates of an account's business, and how fresh that is."""

    offers: tuple[Offer, ...]
    synced_at: datetime | None
    failure: str


def rules_of(channel: str) -> TemplateRules:
    """What the channel says about templates. Raises SendRefused where it has none."""
    rules = CHANNELS[channel].templates
    if rules is None:
        raise SendRefused(f"{CHANNELS[channel].wording.name} has no templates.")
    return rules


def shelf(
    work: Work, account: ChannelAccount, agent_id: int, now: datetime, *, unwanted: str = ""
) -> Shelf:
    """What this agent may choose from. Raises SendRefused where there are no templates.

    ``unwanted``: why this customer gets no advertising; empty: they do.
    """
    rules = rules_of(account.channel)
    rows = work.exec(_rows(account, agent_id, now))
    offers = [_offer(*found, rules, unwanted) for found in rows]
    sync = work.exec(
        select(TemplateSync).where(
            col(TemplateSync.channel) == account.channel,
            col(TemplateSync.business) == account.parent_id,
        )
    ).first()
    return Shelf(
        offers=tuple(sorted(offers, key=_place)),
        synced_at=sync.synced_at if sync else None,
        failure=sync.failure if sync else "",
    )


def _rows(account: ChannelAccount, agent_id: int, now: datetime):
    mine = (col(TemplateUse.template_id) == col(Template.id)) & (
        col(TemplateUse.agent_id) == agent_id
    )
    return (
        select(Template, TemplateUse)
        .outerjoin(TemplateUse, mine)
        .where(
            col(Template.channel) == account.channel,
            col(Template.business) == account.parent_id,
            col(Template.gone_at).is_(None) | (col(Template.gone_at) > now - SHOWN_AS_GONE),
        )
    )


def _offer(row: Template, use: TemplateUse | None, rules: TemplateRules, unwanted: str) -> Offer:
    reason = why_not(row, rules) or (unwanted if row.category == rules.marketing else "")
    return Offer(row.public_id, known(row), reason, use.used_at if use else None)


def why_not(row: Template, rules: TemplateRules) -> str:
    """Why a template cannot be sent, a sentence; empty when it can."""
    if row.gone_at is not None:
        return rules.why_not(DELETED, "")
    if row.status != rules.sendable:
        return rules.why_not(row.status, row.reason)
    return known(row).form.unfit


def _place(offer: Offer) -> tuple[bool, float, str, str]:
    used = -offer.used_at.timestamp() if offer.used_at else 0.0
    return bool(offer.why_not), used, offer.template.name, offer.template.language

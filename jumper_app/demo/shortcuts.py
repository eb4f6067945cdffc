"""The demo's message shortcuts: everyone's, some with a file, and a few that are Ana's own."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlmodel import col, select

from jumper_app.channels import CHANNELS
from jumper_app.conversations.attachments import landing, prepare_for_any
from jumper_app.conversations.shortcuts.files import enclose, keep_waiting
from jumper_app.conversations.shortcuts.importing import take_in
from jumper_app.conversations.shortcuts.sheet import PERSONAL, SHARED, Row
from jumper_app.db import Work
from jumper_app.models import Agent, Role, Shortcut
from jumper_app.people.sessions import Who

from . import files
from .files import File

OF_ALL = (
    ("hello", "Greeting", "Hello {{customer.first_name|there}}, how can I help you today?"),
    (
        "replacement",
        "Replacement sent",
        "Your replacement is on its way, {{customer.first_name|and thank you for your patience}}. "
        "Track it here: {{ask:Tracking link}}",
    ),
    (
        "repeat-order",
        "Same order again",
        "Would you like the same again? Here is what you had last time: {{ask:Last order}}",
    ),
    (
        "repair",
        "Repairs",
        "We repair everything for two years. Please send a photo of the damage, and I will tell "
        "you what happens next.",
    ),
    (
        "returns",
        "How to return",
        "You can return anything within 30 days. Print the label from the email, close the box, "
        "and leave it at any parcel shop. The refund takes about five days.",
    ),
    (
        "delivery",
        "Delivery date",
        "Good news, {{customer.first_name|all is packed}}: your parcel arrives on "
        "{{ask:Delivery date}}. You will get a message in the morning of that day.",
    ),
    (
        "size",
        "Size advice",
        "Between two sizes? Take the larger one; our shoes run a little narrow. "
        "If it does not fit, the exchange is free.",
    ),
    ("hours", "Opening hours", "The shop is open Monday to Saturday, 10:00 to 19:00."),
    (
        "address",
        "Shop address",
        "You find us at Harbour Street 12, right behind the old market hall.",
    ),
    (
        "invoice",
        "Invoice",
        "Of course. To which email address shall I send the invoice for order {{ask:Order}}?",
    ),
    (
        "sorry",
        "Apology",
        "I am sorry, {{customer.first_name|truly}}. That should not have happened, and I will "
        "see to it myself. {{cursor}}",
    ),
    (
        "warranty",
        "Warranty",
        "Our warranty covers faults in material and making for two years from the purchase.",
    ),
    (
        "thanks",
        "Thank you",
        "Thank you, {{customer.first_name|and take care}}! Have a good time outside. "
        "{{agent.first_name}} from {{brand.name}}",
    ),
    (
        "care",
        "Care sheet",
        "This sheet says how your gear stays dry and lasts. Wash it cold, and no softener, ever.",
    ),
    ("shop", "What the shop looks like", "This is us, so that you know us when you see us."),
)
"""Code, title, text."""

FILES = {
    "care": lambda: files.document("Care sheet.pdf", 2),
    "shop": lambda: replace(files.photo("the shop"), name="Our shop.jpg"),
}
"""What goes along, by code."""

OF_ANA = (
    (
        "bye",
        "My goodbye",
        "Enjoy your tour, and send us a picture from the top! {{agent.first_name}}",
    ),
    (
        "size",
        "Size advice, my way",
        "Half a size up is right for most people. Which size do you wear?",
    ),
)
"""The second stands in the place of everyone's, for Ana alone."""


def keep_shortcuts(work: Work, admin: Agent, ana: Agent, now: datetime) -> None:
    """Keep the demo's shortcuts as if the two had imported them."""
    take_in(work, _rows(OF_ALL, SHARED), _as_who(admin), now)
    take_in(work, _rows(OF_ANA, PERSONAL), _as_who(ana), now)
    for code, draw in FILES.items():
        _enclose(work, code, draw(), _as_who(admin), now)


def _enclose(work: Work, code: str, file: File, by: Who, now: datetime) -> None:
    with landing() as came, landing() as anew:
        came.write(file.content)
        prepared = prepare_for_any(CHANNELS.values(), came, file.name, anew)
    waiting = keep_waiting(work, prepared, by=by, now=now)
    shared = col(Shortcut.agent_id).is_(None) & (col(Shortcut.code) == code)
    enclose(work, work.exec(select(Shortcut).where(shared)).one(), [waiting.public_id], by)


def _rows(texts: Iterable[tuple[str, str, str]], scope: str) -> list[Row]:
    return [Row(number, *text, scope) for number, text in enumerate(texts, 1)]


def _as_who(agent: Agent) -> Who:
    return Who(
        id=agent.id or 0,
        public_id=agent.public_id,
        name=agent.name,
        email=agent.email,
        role=Role(agent.role),
        session_id=0,
        seen_at=agent.created_at,
    )

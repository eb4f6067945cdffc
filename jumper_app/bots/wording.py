"""What a flow may say of the customer, and how its words become a message."""

from jumper_app.channels.contract import OutText
from jumper_app.conversations.outgoing import Outgoing
from jumper_app.db import Work
from jumper_app.models import Contact, Conversation, Run

from .definition import Flow
from .progress import Send


def facts(work: Work, conversation: Conversation) -> dict[str, str]:
    """The values of a flow's own gaps, by their names."""
    contact = work.get_one(Contact, conversation.contact_id)
    first, _, last = contact.name.partition(" ")
    return {
        "customer.first_name": first,
        "customer.last_name": last,
        "customer.full_name": contact.name,
        "customer.phone": contact.phone,
    }


def outgoing_of(run: Run, number: int, flow: Flow, said: Send) -> Outgoing:
    """The same step of the same run is the same message, however often it is tried."""
    return Outgoing(
        speaker="bot",
        content=OutText(text=said.text, choices=said.choices),
        client_key=f"run:{run.public_id}:{number}:{said.index}",
        flow=flow.name,
    )

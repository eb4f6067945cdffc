"""What is true outside of a run at the moment of a step: the customer, the hour, the team."""

from pydantic import Field

from jumper_app.channels.contract import Frozen


class Facts(Frozen):
    """Looked up before a step, so that the step itself asks nobody.

    Attributes:
        channel: The key of the conversation's channel.
        office_open: It is within the office hours.
        returns: The customer has been through a flow before.
        window_open: A bot may write free words now.
        present: The e-mails of the agents who are here.
        timezone: The customer's own, a name of the IANA database; empty: UTC.
    """

    channel: str = ""
    tags: frozenset[str] = frozenset()
    fields: dict[str, str] = Field(default_factory=dict)
    office_open: bool = True
    returns: bool = False
    window_open: bool = True
    present: frozenset[str] = frozenset()
    timezone: str = ""


NOTHING_KNOWN = Facts()

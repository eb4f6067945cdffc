"""The error family. Each member answers three questions about itself.

JumperError
├── Refused          what a person asked for is not allowed or not possible now
│   ├── NotAllowed
│   ├── NotFound
│   ├── BadInput
│   ├── TooManyRequests
│   └── SendRefused      (conversations raise its members before anything is stored)
└── SendFailed       a channel did not take a message (channels raise its members)
"""


class JumperError(Exception):
    """Something Jumper knows how to name.

    Attributes:
        code: A stable name for tests, logs and other systems.
        retryable: May the same thing be tried again later without harm?
        alarming: Must somebody who runs the installation look at it?
        for_agent: The sentence an agent reads.
    """

    code = "error"
    retryable = False
    alarming = False
    for_agent = "Something went wrong. Please try again."

    def __init__(self, for_agent: str | None = None) -> None:
        self.for_agent = for_agent or type(self).for_agent
        super().__init__(self.for_agent)


class Refused(JumperError):
    """What was asked for is not possible; nothing has changed."""

    code = "refused"


class NotAllowed(Refused):
    """This person may not do that."""

    code = "not_allowed"
    for_agent = "You may not do that."


class NotFound(Refused):
    """There is no such thing, or none that this person may know of."""

    code = "not_found"
    for_agent = "This no longer exists."


class BadInput(Refused):
    """An argument does not have the form it must have."""

    code = "bad_input"
    for_agent = "This could not be understood."


class TooManyRequests(Refused):
    """More in a short time than a person could mean."""

    code = "too_many_requests"
    for_agent = "That was very fast. Please wait a moment and try again."


class SendRefused(Refused):
    """A message may not be sent now; the draft is kept."""

    code = "send_refused"


class WindowClosed(SendRefused):
    """The channel's reply window does not allow this message any more."""

    code = "window_closed"


class SendFailed(JumperError):
    """A channel did not take a message.

    ``for_agent`` says why, and promises nothing: whether it is tried again is for whoever sends
    to say.

    Attributes:
        for_admin: What whoever looks after the channel reads, where it is alarming: what to do.
        to_do: What the agent can do when it is not tried again, a sentence.
        maybe_sent: The request left this machine and no answer came back, so the
            customer may have the message. It must never be sent again blindly.
        closes_window: The channel says that the reply window is closed.
        templates_changed: What we know of the channel's templates is not true any more.
        stops_marketing: The customer has said that they want no more advertising.
        switches_off: Name of the account's option that the channel does not grant.
        pauses: What has to wait besides this message: "" (nothing), "recipient"
            or "account".
        retry_after_s: How long the channel asked us to wait, in seconds.
    """

    code = "send_failed"
    for_admin = ""
    to_do = ""
    maybe_sent = False
    closes_window = False
    templates_changed = False
    stops_marketing = False
    switches_off = ""
    pauses = ""
    for_agent = "The message could not be sent."

    def __init__(
        self,
        for_agent: str | None = None,
        *,
        provider_code: str = "",
        detail: str = "",
        retry_after_s: float | None = None,
    ) -> None:
        super().__init__(for_agent)
        self.provider_code = provider_code
        self.detail = detail
        self.retry_after_s = retry_after_s

    @property
    def to_admin(self) -> str:
        """What an admin reads in the channel's health."""
        return self.for_admin or self.for_agent

    @property
    def in_the_end(self) -> str:
        """What the agent reads when nobody tries again by themselves."""
        return f"{self.for_agent} {self.to_do}".strip()

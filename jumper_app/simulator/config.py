"""What the stand-in must be told: where the app is, and how its webhooks are signed."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Config:
    """One Meta app with its callback addresses and its secrets.

    Attributes:
        app_url: Where the app is reached, for instance ``http://127.0.0.1:3000``.
        graph_url: Where this stand-in's Graph API is reached, without version; when given,
            webhooks carry the address of media besides its id, as Meta's do.
        retry_delays_s: Waits between two tries of one webhook; the last one repeats.
        hang_limit_s: How long an answer may be withheld from a client that never leaves.
        public_url: What the app calls itself, if that is another address than ``app_url``.
        app_id, app_name: Of the Meta app, as tokens and subscriptions tell them.
        fresh: Nothing is set up in the app's dashboard yet: no callback, no subscription.
    """

    app_url: str
    app_secret: str = field(repr=False)
    verify_token: str = field(repr=False)
    graph_url: str = ""
    retry_delays_s: tuple[float, ...] = (0.5, 1, 2, 4, 8, 15, 30, 60)
    hang_limit_s: float = 120
    public_url: str = ""
    app_id: str = "138483919580948"
    app_name: str = "Jumper"
    fresh: bool = False

    def webhook_url(self, channel: str) -> str:
        """The app's real endpoint for the deliveries of a channel."""
        return f"{self.app_url}/webhooks/{channel}"

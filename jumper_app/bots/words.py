"""What bots say by themselves, and the words by which a customer steers any of them."""

STOP_WORDS = ("stop", "unsubscribe")
"""The whole message: the bot stops."""
RESTART_WORDS = ("restart", "start over")
"""The whole message: the same flow from its beginning."""

STOPPED = "All right, I'll stop here. Write to us whenever you like."

BROKEN_FLOW = "The bot's flow cannot be read."
"""The reason that an agent reads when a stored flow is none."""
NO_SUCH_FLOW = "The flow '{name}' does not exist."
NO_SUCH_TEMPLATE = "The template '{name}' ({language}) does not exist."
NO_SUCH_FILE = "A file of the flow is gone."
NO_SUCH_AGENT = "The agent of the flow no longer works here."

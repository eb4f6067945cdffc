"""What an admin is asked and told when a web chat is put on a site."""

from jumper_app.channels.contract import FormField, Option, Setup

SITE = r"https?://(\*\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?"
"""An origin as a browser writes it; ``*.`` stands for any name below. It goes into a header,
so nothing else may pass."""

COLOUR = r"#[0-9a-fA-F]{6}"

SNIPPET = '<script src="{url}/widget.js" data-key="{key}" async></script>'

FORM = (
    FormField(
        name="key",
        label="Key",
        goes="external_id",
        help="A short name of your own, for instance “shop”. It stands in the site's code.",
        longest=40,
    ),
    FormField(
        name="identity_secret",
        label="Identity secret",
        goes="app_secret",
        kind="secret",
        help=(
            "Made here. Your site signs with it who is signed in there, so that a person keeps one "
            "conversation on every device. If nobody signs in, you need not use it."
        ),
        required=False,
        made_here=True,
    ),
)

OPTIONS = (
    Option(
        name="sites",
        label="Allowed sites",
        kind="lines",
        default="",
        help="One a line: https://shop.example, https://*.shop.example. None: full page only.",
        longest=4000,
        pattern=SITE,
        fault="A site begins with https:// and ends with its name, without a path.",
    ),
    Option(
        name="greeting",
        label="Greeting",
        kind="text",
        default="Hi! How can we help?",
        help="What a visitor reads before anybody has written.",
        longest=400,
    ),
    Option(name="ask_name", label="Ask for a name first", default=False),
    Option(name="ask_email", label="Ask for an e-mail address first", default=False),
    Option(
        name="colour",
        label="Colour",
        kind="text",
        default="#5b5bd6",
        help="Of the button and of the visitor's own messages, like #5b5bd6.",
        pattern=COLOUR,
        fault="A colour is # and six digits or letters from a to f.",
    ),
    Option(
        name="show_agent",
        label="Show who answers",
        default=True,
        help="The agent's name and initials. Off: everybody speaks as the business.",
    ),
    Option(
        name="live_typing",
        label="See what visitors type before they send it",
        default=False,
        help="Shown to agents while it is typed and never stored. The widget says so to visitors.",
    ),
)

SETUP = Setup(
    summary="A small chat on your own website.",
    snippet=SNIPPET,
    snippet_help="Paste this line into every page that should have the chat, before </body>.",
)

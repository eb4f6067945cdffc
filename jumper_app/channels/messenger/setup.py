"""What an admin is asked and told when a Facebook page is connected.

Sources: Messenger Platform > Get started; Webhooks > Subscribe; Human agent; read 2026-11-22.
"""

from jumper_app.channels.contract import (
    HUMAN_AGENT,
    OPT_IN_FORM,
    OPT_INS,
    SHOW_OUTSIDE,
    FormField,
    Option,
    Setup,
)

FORM = (
    FormField(
        name="page_id",
        label="Page ID",
        goes="external_id",
        kind="digits",
        help="On the page under About › Page transparency, or under Messenger › API Setup.",
        longest=64,
    ),
    FormField(
        name="token",
        label="Page access token",
        goes="token",
        kind="secret",
        help="Under Messenger › API Setup choose Generate token beside the page.",
    ),
    FormField(
        name="app_secret",
        label="App secret",
        goes="app_secret",
        kind="secret",
        help="Under App settings › Basic. It proves that a delivery comes from Meta.",
    ),
    FormField(
        name="verify_token",
        label="Verify token",
        goes="verify_token",
        kind="secret",
        help="A phrase of your own that Meta repeats to us once.",
        made_here=True,
    ),
)

OPTIONS = (
    Option(
        name=HUMAN_AGENT,
        label="People may reply for 7 days",
        default=True,
        help=(
            "Needs the feature Human Agent, which Meta grants your app on review. Without it "
            "replies end after 24 hours; Jumper switches this off by itself when Meta refuses."
        ),
    ),
    Option(
        name=SHOW_OUTSIDE,
        label="Show messages sent from Facebook's inbox",
        default=False,
        help="Such a message pauses the bot either way.",
    ),
    Option(
        name=OPT_INS,
        label="Opt-in notifications",
        default=False,
        help=(
            "Agents may ask customers for leave to write later. Meta still offers this in "
            "Australia, Europe, Japan, South Korea and the United Kingdom only."
        ),
    ),
    Option(
        name=OPT_IN_FORM,
        label="What an opt-in notification asks for",
        default="recurring",
        kind="choice",
        choices=(("recurring", "Notification messages"), ("one_time", "One message, once")),
        help="As Meta has granted it to your app.",
    ),
)

FIELDS = ("messages", "messaging_postbacks")
OPTIONAL_FIELDS = (
    ("message_deliveries", "when a message has arrived"),
    ("message_reads", "when it has been read"),
    ("message_echoes", "what is sent from Facebook's inbox"),
    ("message_reactions", "reactions"),
    ("message_edits", "when customers change their words"),
    ("messaging_optins", "opt-ins"),
    ("messaging_referrals", "who comes back through a link or an advertisement"),
    ("messaging_handovers", "when another app takes a conversation over"),
    ("standby", "conversations that another app answers"),
    ("messaging_policy_enforcement", "when Meta blocks the page"),
)
SUBSCRIBED_FIELDS = (*FIELDS, *(name for name, _ in OPTIONAL_FIELDS))
"""What a page's webhooks are subscribed to, besides the app itself."""

SETUP = Setup(
    summary="A Facebook page's Messenger.",
    needs=(
        "An app in Meta's App Dashboard with the product Messenger, and a page that you manage.",
        "A page access token that may send messages and manage the page's webhooks.",
        "Jumper at an https address that Meta can reach.",
    ),
    dashboard="https://developers.facebook.com/apps",
    callback=(
        "In Meta's App Dashboard open Messenger › API Setup › Configure webhooks.",
        "Paste the callback address and the verify token, then choose Verify and save.",
        "Subscribe to “messages” and “messaging_postbacks”, and to what else the test names.",
    ),
    permissions=("pages_messaging", "pages_manage_metadata"),
    fields=FIELDS,
    optional_fields=OPTIONAL_FIELDS,
)

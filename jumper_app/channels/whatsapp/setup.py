"""What an admin is asked and told when a WhatsApp number is connected.

Sources: WhatsApp > Cloud API > Get started; WhatsApp > Webhooks > Overview; read 2026-11-22.
"""

from jumper_app.channels.contract import SHOW_OUTSIDE, FormField, Option, Setup

FORM = (
    FormField(
        name="phone_id",
        label="Phone number ID",
        goes="external_id",
        kind="digits",
        help="Under WhatsApp › API Setup. Digits; not the phone number itself.",
        longest=64,
    ),
    FormField(
        name="waba_id",
        label="WhatsApp Business Account ID",
        goes="parent_id",
        kind="digits",
        help="Beside it, under WhatsApp › API Setup.",
        longest=64,
    ),
    FormField(
        name="address",
        label="Phone number",
        goes="address",
        kind="phone",
        help="As customers see it. Leave it empty and the test fills it in.",
        required=False,
        longest=64,
    ),
    FormField(
        name="token",
        label="Access token",
        goes="token",
        kind="secret",
        help="A system user's permanent token. The one on API Setup ends after 24 hours.",
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
        name=SHOW_OUTSIDE,
        label="Show messages sent from the phone's app",
        default=False,
        help=(
            "Only for a number that is also used in the WhatsApp Business app. Such a message "
            "pauses the bot either way."
        ),
    ),
)

SETUP = Setup(
    summary="A number of the WhatsApp Business Platform.",
    needs=(
        "An app in Meta's App Dashboard with the product WhatsApp. A test number will do.",
        "A system user with a permanent token that may send messages and manage the account.",
        "Jumper at an https address that Meta can reach.",
    ),
    dashboard="https://developers.facebook.com/apps",
    callback=(
        "In Meta's App Dashboard open WhatsApp › Configuration › Webhook and choose Edit.",
        "Paste the callback address and the verify token, then choose Verify and save.",
        "Under Webhook fields subscribe to “messages”, and to what else the test names.",
    ),
    permissions=("whatsapp_business_messaging", "whatsapp_business_management"),
    fields=("messages",),
    optional_fields=(
        ("message_template_status_update", "when a template is approved, refused or paused"),
        ("message_template_quality_update", "how customers take a template"),
        ("template_category_update", "when a template's category and so its price changes"),
        ("account_update", "when Meta restricts or verifies the account"),
        ("account_alerts", "what Meta warns about"),
        ("phone_number_quality_update", "how customers rate the number"),
        ("user_preferences", "who wants no more marketing"),
        ("smb_message_echoes", "what is sent from the phone's app"),
        ("standby", "conversations that another app answers"),
        ("messaging_handovers", "when another app takes a conversation over"),
    ),
)

"""Every sentence of the settings pages. The other screens' words: ``panel/words.py``."""

# --- Settings: channels -----------------------------------------------------------

SETTINGS_CHANNELS = "Channels"
SETTINGS_AGENTS = "Agents"
SETTINGS_SHORTCUTS = "Message Shortcuts"
SETTINGS_ACCOUNT = "Your account"
ADMINS_ONLY = ("For admins", "Ask an admin of this workspace to change this.")
CHANNELS_INTRO = "The numbers through which customers reach you."
NO_CHANNELS = (
    "No channel is connected yet",
    "Fill in the form below with what Meta's dashboard shows.",
)
CONNECT_WHATSAPP = "Connect a WhatsApp number"
CONNECT_WHATSAPP_INTRO = (
    "You find these in Meta's app dashboard, under WhatsApp › API Setup and App settings › Basic."
)
FIELD_NAME = "Name"
FIELD_NAME_HINT = "What your team calls this number."
FIELD_ADDRESS = "Phone number"
FIELD_ADDRESS_HINT = "With country code, as customers see it."
FIELD_PHONE_ID = "Phone number ID"
FIELD_PHONE_ID_HINT = "Digits. Not the phone number itself."
FIELD_WABA_ID = "WhatsApp Business Account ID"
FIELD_WABA_ID_HINT = "Digits."
CONNECTED_ALREADY = "This number is connected already. Choose Change beside it."
FIELD_FLOW = "Who answers first"
FIELD_FLOW_HINT = "A bot greets new customers and hands over when they ask for a person."
PEOPLE_FIRST = "Your team"
BOT_FIRST = "Bot · "
FIELD_TOKEN = "Access token"
FIELD_TOKEN_HINT = "A system user's permanent token."
FIELD_APP_SECRET = "App secret"
FIELD_APP_SECRET_HINT = "Proves that a delivery comes from Meta."
FIELD_VERIFY_TOKEN = "Verify token"
FIELD_VERIFY_TOKEN_HINT = "Any phrase of your own; paste the same one into Meta's dashboard."
SECRET_SAVED = "Saved. Leave empty to keep it."
SECRETS_STAY = "Tokens and secrets are stored encrypted and never shown again."
TEST_CONNECTION = "Test connection"
TESTING = "Asking Meta …"
META_SILENT = "Meta could not be reached. Please try again in a moment."
CONNECT = "Connect"
SAVE = "Save"
CHANGE = "Change"
CANCEL = "Cancel"
FLOW_FIRST = " answers first"
NO_FLOW = "New customers go to Requested"
CALLBACK_TITLE = "Paste into Meta's dashboard"
CALLBACK_INTRO = "WhatsApp › Configuration › Webhook. Subscribe to the field “messages”."
CALLBACK_VERIFY = "With it goes the verify token that you have written above."
COPY = "Copy"
COPIED = "Copied"
HEALTHY = "Connected"
NEEDS_YOU = "Needs you"
INACTIVE = "Switched off"
DEMO = "Demo"
REQUIRED = "This is needed."
DIGITS_ONLY = "Only digits."
TOO_LONG = "This is too long."


def connection_works(name: str) -> str:
    """After a successful test."""
    return f"It works. Meta knows this number as “{name}”."


def connected(name: str) -> str:
    """After a number was saved."""
    return f"{name} is connected."


# --- Settings: agents -------------------------------------------------------------

AGENTS_INTRO = "The people who answer customers here."
INVITE = "Invite"
INVITE_TITLE = "Invite someone"
INVITE_INTRO = "They get a link that works once. Send it to them yourself."
FIELD_EMAIL = "Email"
FIELD_ROLE = "Role"
ROLES = {"admin": "Admin", "agent": "Agent"}
ROLE_HINT = "Admins also change channels and agents."
INVITED = "Invited"
DISABLED = "Disabled"
DISABLE = "Disable"
ENABLE = "Enable"
RESET_LINK = "Link for a new password"
NEW_LINK = "New invitation link"
ACTIONS = "What you can do"
FORGET_LINK = "Take the link off the screen"
FIELD_PERSON = "Name"
MAKE_ADMIN = "Make admin"
MAKE_AGENT = "Make agent"
YOU = "you"
LINK_TITLE = "One-time link"
LINK_ONCE = "It is shown only now and works once. Anyone who has it can use it."


def link_for(name: str) -> str:
    """Above a fresh one-time link."""
    return f"Give this link to {name}."


# --- Settings: own account --------------------------------------------------------

CHANGE_PASSWORD = "Change password"
FIELD_OLD_PASSWORD = "Current password"
FIELD_NEW_PASSWORD = "New password"
FIELD_REPEAT_PASSWORD = "New password again"
PASSWORD_HINT = "At least 10 characters. A sentence is a good one."
PASSWORD_CHANGED = "Your password is changed. Other browsers are signed out."
PASSWORDS_DIFFER = "The two are not the same."
ACCOUNT_INTRO = "What only you can change."
NAME_TITLE = "Your name"
NAME_HINT = "Colleagues read it, and customers may."
NAME_SAVED = "Your name is saved."
SESSIONS_TITLE = "Signed in elsewhere?"
SIGN_OUT_EVERYWHERE = "Sign out everywhere"
SIGN_OUT_EVERYWHERE_HINT = "Ends your session in every browser, in this one too."

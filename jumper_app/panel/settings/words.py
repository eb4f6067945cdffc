"""Every sentence of the settings pages. The other screens' words: ``panel/words.py``."""

SETTINGS_CHANNELS = "Channels"
SETTINGS_AGENTS = "Agents"
SETTINGS_SHORTCUTS = "Message Shortcuts"
SETTINGS_ACCOUNT = "Your account"
SETTINGS_PRIVACY = "Privacy"
ADMINS_ONLY = ("For admins", "Ask an admin of this workspace to change this.")
CHANNELS_INTRO = "Through which customers reach you, and how each is doing."
SAVE = "Save"
COPY = "Copy"
COPIED = "Copied"


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
DISABLE = "Disable …"
DISABLE_REALLY = "Disable"
DISABLE_TITLE = ("Disable ", "?")
KEEP = "Keep"
DISABLE_HINT = (
    "They are signed out everywhere at once and cannot come in again until you enable them. "
    "Customers whom they answer go to Requested. What they wrote stays."
)
SESSIONS = "Sessions …"
SESSIONS_HINT = "Where they are signed in. Ending a session closes its page at once."
NO_SESSIONS = "Signed in nowhere."
END_SESSION = "Sign out"
END_ALL_SESSIONS = "Sign out everywhere"
THIS_BROWSER = "this browser"
SEEN = "active "
SIGNED_IN = "signed in "
CLOSE = "Close"
NOT_SIGNED_IN = "not signed in"
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
WRITING_TITLE = "Writing"
WRITING_SAVED = "Saved. It is so on every machine of yours."
FIELD_SEND_KEY = "What sends"
SEND_KEYS = {"enter": "Enter", "ctrl-enter": "Ctrl+Enter or ⌘+Enter"}
SEND_KEY_HINT = "Shift+Enter always begins a new line."
FIELD_UNDO = "Undo send"
UNDO_SECONDS = {"0": "Off", "5": "5 seconds", "10": "10 seconds"}
UNDO_HINT = "So long a reply waits before it leaves. Notes do not wait."
SESSIONS_TITLE = "Where you are signed in"
SESSIONS_INTRO = "Sign out what you do not know, then change your password."
SIGN_OUT_EVERYWHERE = "Sign out everywhere"
SIGN_OUT_EVERYWHERE_HINT = "Ends your session in every browser, in this one too."

ALERTS_TITLE = "Notifications"
ALERTS_INTRO = (
    "While you look at another tab or window, this browser can tell you that a customer wrote to "
    "you or waits for a person, and that a colleague mentioned you."
)
ALERTS: dict[str, str] = {
    "ask": "Turn on desktop notifications",
    "on": "Desktop notifications are on in this browser.",
    "refused": "This browser refuses notifications from Jumper, so calls are shown inside it only. "
    "The browser's settings for this site change that.",
    "none": "This browser has no desktop notifications.",
    "sound": "Play a sound",
}
"""The setting; the browser knows which of the sentences is true."""

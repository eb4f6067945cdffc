"""Every sentence of the channels' pages that is the same for all channels."""

NO_CHANNELS = (
    "No channel is connected yet",
    "Choose one below. It takes about ten minutes, and you can stop at any step.",
)
REMOVED_TITLE = "Removed"
REMOVED_INTRO = "Their conversations stay and can be read. Nothing can be sent."
ADD = "Add a channel"
STANDINGS = {
    "good": "Connected",
    "bad": "Needs you",
    "paused": "Paused",
    "removed": "Removed",
}
TONES = {"good": "green", "bad": "red", "paused": "amber", "removed": "gray"}
DEMO = "Demo"
PEOPLE_FIRST = "Your team"
NO_FLOW = "New customers go to Requested"
REQUIRED = "This is needed."
DIGITS_ONLY = "Only digits."
TOO_LONG = "This is too long."
CONNECTED_ALREADY = "This one is connected already. Open it under Channels to change it."
UNREACHED = "The provider could not be reached. Nothing was changed; please try again in a moment."
NAME_WRONG = "Please give it a name of at most 120 characters."
NAME_DIFFERS = "This is not its name."
GONE = ("This channel is not here", "It may have been connected under another address.")
ALL_CHANNELS = "All channels"
COPY = "Copy"
COPIED = "Copied"


def answers_first(flow: str) -> str:
    """Who answers somebody who has not written before."""
    return f"{flow} answers first" if flow else NO_FLOW


def bot_first(flow: str) -> str:
    """A flow among those that may answer first."""
    return f"Bot · {flow}"


def optional(label: str) -> str:
    """A field that may stay empty."""
    return f"{label} (optional)"


def filled_in(snippet: str, url: str, key: str) -> str:
    """A channel's snippet with our address and the account's key."""
    return snippet.replace("{url}", url).replace("{key}", key)


# --- Connecting -----------------------------------------------------------------------

STEP_NEEDS = "Before you begin"
STEP_IDS = "IDs and secrets"
STEP_KEY = "Its name"
STEP_PASTE = "Paste at the provider"
STEP_SNIPPET = "Paste into your site"
STEP_TEST = "Test"
STEP_FIRST = "Who answers first"
STEP_DONE = "Done"
NEEDS_INTRO = "Have these at hand:"
OPEN_DASHBOARD = "Open the provider's dashboard"
BEGIN = "Begin"
BACK = "Back"
CONTINUE_TO_FIRST = "Continue"
CONTINUE = "Check and continue"
CHECKING = "Asking the provider …"
SECRETS_STAY = "Tokens and secrets are stored encrypted and never shown again."
FIELD_NAME = "Name"
FIELD_NAME_HINT = "What your team calls it. Leave it empty to take the name that customers see."
NOT_YOURS = "This does not fit together yet:"
CALLBACK = "Callback address"
COPY_NOW = "Copy it now: it is stored encrypted and not shown again."
INSECURE = (
    "Providers only post to https addresses. This workspace calls itself by the address above; "
    "set JUMPER_PUBLIC_URL to the one that the world sees."
)
SNIPPET = "One line for your site"
TEST_NOW = "Test connection"
TEST_AGAIN = "Test again"
TEST_INTRO = "We ask the provider about every part, and say what is still missing."
ALL_GOOD = "Everything works."
NOT_YET = "Not everything works yet. Do what the red lines say, then test again."
GO_ON_ANYWAY = "Go on anyway"
SUBSCRIBE = "Do it now"
FIELD_FLOW = "Who answers first"
FIELD_FLOW_HINT = "A bot greets new customers and hands over when they ask for a person."
FINISH = "Finish"
IS_CONNECTED = " is connected."
DONE_INTRO = "Write to it from your own phone or browser: the message appears in the Customer List."
OPEN_LIST = "Open the Customer List"
OPEN_ACCOUNT = "See how it is doing"


STEPS_LABEL = "Steps"


def step_of(number: int, most: int) -> str:
    """Where one is, on a narrow screen."""
    return f"Step {number} of {most}"


# --- Looking after one ----------------------------------------------------------------

HEALTH = "How it is doing"
LAST_HEARD = "Last heard"
NEVER = "never"
LAG = "Delay"
LAG_HINT = "From the provider's clock until it is stored here."
NO_LAG = "nobody wrote today"
FAILED = "Not delivered"
UNKNOWN = "Perhaps not delivered"
LAST_DAY = "in the last 24 hours"
WAITING = "Waiting to be sent"
QUALITY = "Quality"
TOKEN = "Access token"
TOKEN_UNTIL = "expires "
CHECKED = "Tested "
NEVER_CHECKED = "Not tested yet."
NEWS = "News from the provider"
SETTINGS = "Settings"
SAVE = "Save"
SAVED = "Saved."
SECRETS = "Secrets"
SECRETS_INTRO = "Leave empty what shall stay. The provider is asked before anything is replaced."
SECRET_SAVED = "Saved. Leave empty to keep it."
REPLACE = "Check and replace"
RENEWED = "The new secrets are in use."
MAKE_ANEW = "Make a new one"
OLD_COUNTS = "The app secret before this one is accepted until "
FORGET_OLD = "Forget it now"
OLD_FORGOTTEN = "Only the new secret is accepted now."
NOTHING_WRITTEN = "There is nothing to replace yet."
PASTE = "At the provider"
PAUSE = "Pause"
PAUSE_HINT = "Nothing is sent, by bots or people. What customers write is stored and shown."
PAUSED_NOW = "Paused. Nothing is sent until you resume it."
RESUME = "Resume"
RESUMED_NOW = "Resumed. What waited is being sent."
PAUSED_BAND = "Paused: customers are heard, nothing is sent."
STOPPED_SINCE = "Nothing has been sent since "
STOPPED_MEANWHILE = (
    ". What is written meanwhile waits and leaves in order once it works; one message is tried"
    " every few minutes."
)
TRY_NOW = "Try again now"
TRIED_NOW = "The next message that waits is tried now."
REMOVE = "Remove this channel"
REMOVE_INTRO = (
    "Its secrets are forgotten at once and nothing can be sent or received any more. Messages "
    "that wait are marked as not sent. Conversations, notes and files stay and can be read; "
    "connecting the same account again goes on with them."
)
REMOVE_ASK = "Remove …"
REMOVE_REALLY = "Remove it"
KEEP = "Keep it"
TYPE_NAME = ("Type “", "” to confirm")
"""What proves that an admin means it, around the name."""


def removed(name: str) -> str:
    """After it is gone."""
    return f"{name} was removed. Its history stays."


def lag(median: str, slow: str) -> str:
    """How long messages take."""
    return f"{median}; 19 of 20 within {slow}"


def quality(rating: str) -> str:
    """The provider's rating as people read it."""
    known = {"GREEN": "good", "YELLOW": "middling", "RED": "low"}
    return known.get(rating, "not rated yet" if rating else "")

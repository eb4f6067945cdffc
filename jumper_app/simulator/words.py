"""Every sentence of the simulator's page."""

from jumper_app.simulator.faults import Fault, Kind

# --- The page -----------------------------------------------------------------------

TITLE = "Simulator"
DEMO = "Demo only"
INTRO = "Phones that play your customers, and the world around them."
BACK = "Back to conversations"
PRODUCT = "Jumper"
LIGHT_OR_DARK = "Light or dark"
CUSTOMERS = "Customers"
WORLD = "World"
CLOSE = "Close"
LOADING = "Looking for phones …"
MISSING = (
    "There is no simulator here",
    "It exists in a demo workspace only, and answers only the machine it runs on.",
)

# --- Customers ----------------------------------------------------------------------

SEARCH = "Search by name or number"
NOBODY_FOUND = ("Nobody of that name", "Add a new customer, and write as them.")
NEW_CUSTOMER = "New customer"
NEW_CUSTOMER_INTRO = "A person whom the business has never heard of, until they write."
NAME = "Name"
NUMBER = "WhatsApp number, with country code"
USERNAME = "Username"
BY_NUMBER = "Has a phone number"
BY_USERNAME = "Has a username and hides the number"
BY_NAME = "Writes to the page on Messenger"
ON_MESSENGER = "Messenger"
ALLOW = "Allow"
"""On a request to write later."""
BY_BROWSER = "Visits the website"
ON_THE_SITE = "On the website"
ADD = "Add"
CANCEL = "Cancel"
NUMBER_HIDDEN = "number hidden"
NEEDS_NAME = "Please give the customer a name."
NEEDS_NUMBER = "A number has 7 to 15 digits and begins with its country code."
NEEDS_USERNAME = "A username has 3 to 30 letters, digits, dots or underscores."
TAKEN_NUMBER = "There is a phone with this number already."
TAKEN_USERNAME = "There is a phone with this username already."

# --- A phone ------------------------------------------------------------------------

PHONE_EMPTY = ("Choose a customer", "Their phone appears here.")
SECOND_EMPTY = ("A second phone", "Click here, then choose another customer.")
PUT_AWAY = "Put this phone away"
HELD = {"offline": "Offline", "pocket": "In the pocket", "open": "Chat open"}
HELD_HINT = {
    "offline": "What is sent waits for the network: one tick.",
    "pocket": "What is sent arrives, and nobody reads it: two ticks.",
    "open": "What is sent arrives and is read at once.",
}
HOLD = "What the customer does with the phone"
BUSINESS = "Business account"
TYPING = "typing …"
NO_CHAT = "No messages yet. Say hello."
WRITE = "Message"
SEND = "Send"
SAMPLES = {
    "photo": ("image", "Photo"),
    "place": ("map-pin", "Location"),
    "voice-note": ("mic", "Voice note"),
    "card": ("contact-round", "Contact"),
    "sticker": ("sticker", "Sticker"),
    "document": ("file-text", "File"),
}
"""What may lie ready on a phone: an icon and a name; each channel says which it has."""
REPLY = "Reply to this message"
STOP_REPLY = "Do not quote"
YOU = "You"
REACT = "React with"
TICKS = {
    "sent": "Sent. The app has not taken it yet.",
    "delivered": "The app has it.",
    "read": "Read by the business.",
}
SHOW_PLACE = "Show on a map"
PLAY = "Play"
PAUSE = "Pause"
KINDS = {
    "image": "Photo",
    "audio": "Voice note",
    "location": "Location",
    "contacts": "Contact",
    "video": "Video",
    "document": "Document",
    "sticker": "Sticker",
}


def size(count: int) -> str:
    """``312 KB``, ``4.2 MB``."""
    mib, kib = 1024 * 1024, 1024
    return f"{count / mib:.1f} MB" if count >= mib else f"{max(1, round(count / kib))} KB"


FILE_GONE = "The file is no longer on the shelf."
UNREAD = "unread"

BUSINESS_NAME = "Trailhead Outfitters"
"""The demo's business, as its customers see it."""

# --- What a phone sends when nobody picks anything ----------------------------------

SAMPLE_PLACE = (52.47301, 13.40389, "Tempelhofer Feld", "12101 Berlin")
SAMPLE_CARD = ("Rosa Martens", "+49 30 901820")
SAMPLE_FILE = "order.txt"
SAMPLE_TEXT = "Order 20817\n1 x trail shoe, 41\n1 x merino socks, M\n"

# --- The business's own website ------------------------------------------------------

WEBSITE = "Website"
SITE_TITLE = "Gear that has been out in the rain before you."
SITE_LEAD = (
    "Shoes, tents and jackets, mended in our own workshop. Questions? We are right here, in the "
    "corner of this page."
)
SITE_GOODS = (
    ("Trail shoes", "Resoled for life. From 129 €."),
    ("Two-person tent", "1.4 kg, up in four minutes. 389 €."),
    ("Rain jacket", "Waxed, patched, worn. 219 €."),
)
SITE_SIGN_IN = "Sign in as"
SITE_SIGN_OUT = "Sign out"
SITE_LINE = "This line is all that the chat needs:"
SITE_LANGUAGES = {"en": "English", "de": "Deutsch", "ar": "العربية"}

# --- World: the clock ---------------------------------------------------------------

CLOCK = "Clock"
CLOCK_INTRO = "Moves the app and the phones together. Reply windows grow old; stored times stay."
STEPS = (
    ("+1 min", 60),
    ("+1 h", 3600),
    ("+23 h 50 min", 23 * 3600 + 50 * 60),
    ("+24 h", 24 * 3600),
)
"""A button's words, and by how many seconds it moves the clock."""
AMOUNT = "How much"
UNIT = "Unit"
UNITS = (("minutes", 60), ("hours", 3600), ("days", 86_400))
MOVE = "Move"
REAL_TIME = "Real time"
NOT_A_STEP = "Please give a number above 0."


def ahead(seconds: float) -> str:
    """How far the demo clock is ahead: ``2 d 3 h ahead``."""
    minutes = round(seconds / 60)
    parts = ((minutes // 1440, "d"), (minutes // 60 % 24, "h"), (minutes % 60, "min"))
    return " ".join(f"{count} {unit}" for count, unit in parts if count) + " ahead"


# --- World: webhooks ----------------------------------------------------------------

WEBHOOKS = "Webhooks"
REPEAT = "Send the last one again"
HOLD_BACK = "Hold back"
HOLDING = "Holding back"
LET_GO = "Release"
SHUFFLE = "Release shuffled"
BATCH = "Release as one"
WAITING, TAKEN, LOST = "waiting", "taken", "lost"
REPEATED = "The last webhook went out again."
NOTHING_TO_REPEAT = "No webhook has been taken yet."


def released(count: int) -> str:
    """Said after held webhooks were let go."""
    return f"Released {count}." if count else "Nothing was held back."


# --- World: misfortune --------------------------------------------------------------

FAULTS = "Make the next send fail"
WHAT = "What happens"
CODE = "Graph error"
TIMES = "How often"
HAPPENINGS: tuple[tuple[str, tuple[tuple[Kind, str], ...]], ...] = (
    (
        "The Graph API answers",
        (
            ("error", "Refused with an error"),
            ("failed_status", "Accepted, then reported as failed"),
            ("slow", "Accepted after 5 seconds"),
            ("webhook_first", "Accepted, the webhook comes first"),
        ),
    ),
    (
        "No usable answer",
        (
            ("accept_hang", "Accepted, answers nothing"),
            ("accept_cut", "Accepted, the answer is cut off"),
            ("accept_500", "Accepted, a gateway answers 500"),
            ("accept_garbage", "Accepted, the answer is broken"),
            ("refuse", "Connection breaks, nothing is done"),
        ),
    ),
    (
        "The next webhook",
        (
            ("twice", "Comes twice"),
            ("drop", "Is lost"),
        ),
    ),
)
"""Groups of misfortunes, as the select shows them."""
OFTEN = (("1", "once"), ("2", "twice"), ("3", "3 times"), ("5", "5 times"), ("0", "until cleared"))
SLOW_S = 5.0
FIRST_CODE = 131026
"""The Graph error that the form begins with."""
PLAN = "Plan it"
PLANNED = "To come"
CLEAR = "Clear"
_NAMES = {kind: name for _, group in HAPPENINGS for kind, name in group}


def happening(fault: Fault) -> str:
    """A planned misfortune in words."""
    name = _NAMES.get(fault.kind, fault.kind)
    if fault.on == "webhook":
        return f"Webhook {name[0].lower()}{name[1:]}"
    return f"{name} · {fault.code}" if fault.kind in ("error", "failed_status") else name


def times(count: int | None) -> str:
    """How often it is still to happen."""
    return "always" if count is None else f"{count} ×"


# --- World: ledger ------------------------------------------------------------------

LEDGER = "Last sends"
LEDGER_INTRO = "What reached the Graph API, and what it answered."
LEDGER_EMPTY = "Nothing has been sent yet."
ACCEPTED = "200 accepted"


def refused(code: int) -> str:
    """The verdict on a send that was turned away."""
    return f"refused {code}"


def failed_later(code: int) -> str:
    """The verdict on a send that was accepted and did not arrive."""
    return f"200, then failed {code}"


# --- World: reset -------------------------------------------------------------------

RESET = "Reset workspace"
RESET_INTRO = "Forgets everything and seeds the demo anew."
RESET_SURE = "Reset the demo workspace?"
RESET_MEANS = (
    "All conversations, channels and phones are forgotten, and the demo is seeded anew."
    " People stay signed in, and the clock stays where it is."
)

# --- World: templates ---------------------------------------------------------------

TEMPLATES = "Templates"
TEMPLATE = "Template"
TEMPLATES_INTRO = "Meta tells the app by a webhook; the app then asks for the list anew."
LET_IT_HAPPEN = "Let it happen"
TEMPLATE_CHANGED = "The template has changed, and Meta tells of it."
TEMPLATE_HAPPENINGS = (
    ("paused", "Meta pauses it"),
    ("approved", "Meta approves it"),
    ("rejected", "Meta rejects it"),
    ("disabled", "Meta disables it"),
    ("pending", "It goes into review"),
    ("deleted", "It is deleted"),
    ("good", "Customers like it"),
    ("bad", "Customers report it"),
    ("marketing", "Meta calls it marketing"),
    ("rewritten", "Its words change"),
)
"""What can happen to a template: a key of ``happening.HAPPENINGS``, and its words."""

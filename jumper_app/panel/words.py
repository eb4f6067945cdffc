"""The one wording file: every sentence that agents read on the screen.

What a channel says about itself (its name, its closed reply window) stands with the
channel, in ``Wording``; what an error says stands with the error (``for_agent``); the
contact card and the settings pages have their labels in a ``words.py`` of their own.
"""

from typing import Any

from .figures import file_size, map_address, order_line

__all__ = ["file_size", "map_address", "order_line"]

# --- The house --------------------------------------------------------------------

PRODUCT = "Jumper"
PAGE_TITLE = "Conversations"

# --- Rail -------------------------------------------------------------------------

CONVERSATIONS = "Conversations"
SETTINGS = "Settings"
YOUR_ACCOUNT = "Your account"
MENTIONS = "Mentions"
MENTIONS_INTRO = "Notes in which a colleague asks for you with @ and your name."
NO_MENTIONS = (
    "Nobody has mentioned you yet",
    "When a note says @ and your name, it shows up here.",
)
MENTIONED_YOU = " mentioned you at "
NOT_SEEN = "Not looked at yet"
SIGN_OUT = "Sign out"
THEME = "Theme"
THEME_LIGHT = "Light"
THEME_DARK = "Dark"
THEME_SYSTEM = "As the system"
BACK_TO_LIST = "Back to the Customer List"
OPEN_CARD = "Show contact details"
CONTACT = "Contact"
NOWHERE = ("There is no such page", "The address may have a slip, or what it showed is gone.")
REQUESTED_WAIT = "Customers who wait for a person"

# --- Connection -------------------------------------------------------------------

LIVE = "Live"
RECONNECTING = "Reconnecting"
OFFLINE = "Offline"
CONNECTION = {
    "live": "Live: what happens shows up at once.",
    "reconnecting": "The connection broke. Trying again; nothing is lost.",
    "offline": "No connection. What you see may be old; it catches up by itself.",
}

# --- Customer List ----------------------------------------------------------------

CUSTOMER_LIST = "Customer List"
TABS = {"bot": "Bot", "requested": "Requested", "active": "Active", "all": "All"}
FILTER = "Filter by agent"
EVERYONE = "Everyone"
SHOW_MORE = "Show more"
NEW_CONVERSATION = "New conversation"
CLOSING_NEXT = "Closing next"
CLOSING_KEY = "These wait for an answer. Alt+W opens the next one."
NOTHING_CLOSES = (
    "Nothing is about to close",
    "Customers who wait for an answer show up here, the soonest to close first.",
)
EMPTY_LIST = {
    "bot": ("The bot is not talking with anyone", "Customers it is answering show up here."),
    "requested": ("Nobody is waiting", "Customers who ask for a person show up here."),
    "active": (
        "You are not answering anyone",
        "Take a customer from Requested, or pause the bot in a conversation.",
    ),
    "all": ("No conversations yet", "The first message of a customer opens one."),
    "filtered": ("Nothing here", "This agent is not answering anyone."),
}
"""Per tab: a title, and what to do or expect. ``filtered``: under the agent filter."""
NO_CHANNEL = (
    "No channel is connected",
    "Connect a WhatsApp number, and what customers write appears here.",
)
CONNECT_CHANNEL = "Connect a channel"
WINDOW_CLOSED_SHORT = "closed"
OWNER_BOT = "The bot is answering"
OWNER_NOBODY = "Nobody is answering"
OWNER_RESOLVED = "Resolved"

# --- Who spoke, in a preview ------------------------------------------------------

YOU_SIGN = "You: "
WITHOUT_WORDS = {
    "image": "Photo",
    "video": "Video",
    "audio": "Audio",
    "voice": "Voice note",
    "document": "Document",
    "sticker": "Sticker",
    "location": "Location",
    "contacts": "Contact",
    "order": "Order",
    "form": "Form",
    "unsupported": "Unsupported message",
}
"""What the list shows of a message that has no words, by its content."""
NOTE_SIGN = "Note: "
DRAFT = "Draft"


def agent_sign(name: str) -> str:
    """Put before a colleague's words in the list."""
    return f"{name.split(maxsplit=1)[0]}: " if name.strip() else ""


# --- Thread -----------------------------------------------------------------------

LOAD_PREVIOUS = "Load Previous Conversations"
LOADING_PREVIOUS = "Loading …"
BEGINNING = "Beginning of conversation"
LOAD_NEXT = "Load newer messages"
JUMP_TO_LATEST = "Jump to the latest message"
NOTHING_CHOSEN = ("Choose a conversation", "What customers write shows up here as they write it.")
NOT_FOUND = ("There is no such conversation", "It may have been joined with another one.")
TODAY = "Today"
YESTERDAY = "Yesterday"
BOT = "Bot"
TEAM_ONLY = "only the team sees this"
DELETED = "This message was deleted."
EDITED = "edited"
FORWARDED = "Forwarded"
SENT_ELSEWHERE = "sent from another app"
FILE_ON_ITS_WAY = "The file is on its way …"
FILE_FAILED = "The file could not be fetched."
UNSUPPORTED = "This kind of message cannot be shown here."
RETRY = "Retry"
CLOSED_TO_RETRY = "It can be sent again once the customer has written."
IT_ARRIVED = "It arrived"
IT_DID_NOT = "It did not arrive"
UNKNOWN_SEND = "No answer came back, so the customer may have it or not. Please check."
DELIVERY = {
    "queued": "On its way",
    "sent": "Sent",
    "delivered": "Delivered",
    "read": "Read",
    "failed": "Not sent",
    "unknown": "Unclear whether it arrived",
}


def new_messages(count: int) -> str:
    """The divider above what came since the last visit."""
    return "1 new message" if count == 1 else f"{count} new messages"


def bot_name(flow: str) -> str:
    """The sign on a bot's bubble."""
    return f"{BOT} · {flow}" if flow else BOT


# --- Status lines -----------------------------------------------------------------


def status_line(event: dict[str, Any]) -> tuple[str, str]:
    """Word a status line: its head (drawn strong) and what follows, without the time.

    Args:
        event: The content of a status message: ``event`` names the kind, the other
            keys are its arguments.
    """
    word = _STATUS.get(str(event.get("event", "")))
    return word(event) if word else (str(event.get("event", "")).replace("_", " ").capitalize(), "")


def _triggered(event: dict[str, Any]) -> tuple[str, str]:
    flow, by = str(event.get("flow", "")), str(event.get("by", ""))
    named = "" if by in {"", "customer"} else f"by {by}"
    return "User triggered the bot", " · ".join(part for part in (flow, named) if part)


def _paused(event: dict[str, Any]) -> tuple[str, str]:
    count = int(event.get("on_the_way", 0))
    return f"Bot paused by {event.get('by', '')}", on_the_way(count) if count else ""


def _resumed(event: dict[str, Any]) -> tuple[str, str]:
    step = event.get("at_step") or ""
    return f"Bot resumed by {event.get('by', '')}", f"at “{step}”" if step else ""


def _resumed_itself(event: dict[str, Any]) -> tuple[str, str]:
    step = event.get("at_step") or ""
    after = f"Bot resumed automatically after {int(event.get('minutes', 0))} min"
    return after, f"at “{step}”" if step else ""


def _why_handed_over(event: dict[str, Any]) -> str:
    if event.get("cause") == "not_understood":
        return "it did not understand the customer"
    return str(event.get("reason", ""))


def _reopened(event: dict[str, Any]) -> tuple[str, str]:
    by = event.get("by", "")
    return ("Customer wrote again", "reopened") if by == "customer" else (f"Reopened by {by}", "")


def _assigned(event: dict[str, Any]) -> tuple[str, str]:
    to, by = event.get("to", ""), event.get("by", "")
    return f"Assigned to {to}", f"by {by}" if by and by != to else ""


def _answered_outside(event: dict[str, Any]) -> tuple[str, str]:
    count = int(event.get("on_the_way", 0))
    return "Bot paused: answered with another tool", on_the_way(count) if count else ""


def _arrived(event: dict[str, Any]) -> tuple[str, str]:
    advert = event.get("advert") or {}
    if advert.get("source_id"):
        return CAME_FROM_ADVERT, str(advert.get("headline") or advert.get("ref") or "")
    return "Came through a link", str(advert.get("ref") or advert.get("url") or "")


def _call(event: dict[str, Any]) -> tuple[str, str]:
    whose = "Customer called" if event.get("by_customer") else "Customer was called"
    seconds = int(event.get("seconds") or 0)
    if seconds:
        return whose, f"{seconds // 60}:{seconds % 60:02} minutes"
    return whose, {"declined": "declined", "failed": "not connected"}.get(
        str(event.get("state")), ""
    )


def _by_app(event: dict[str, Any]) -> str:
    return f"by {event['other']}" if event.get("other") else ""


def _from_app(event: dict[str, Any]) -> str:
    return f"from {event['other']}" if event.get("other") else ""


_STATUS = {
    "bot_triggered": _triggered,
    "bot_paused": _paused,
    "bot_resumed": _resumed,
    "bot_resumed_itself": _resumed_itself,
    "bot_completed": lambda event: ("Bot finished", str(event.get("flow", ""))),
    "bot_failed": lambda event: ("Bot stopped", str(event.get("reason", ""))),
    "agent_requested": lambda _event: ("Customer asked for an agent", ""),
    "handed_over": lambda event: ("Bot asked for an agent", _why_handed_over(event)),
    "assigned": _assigned,
    "unassigned": lambda event: (f"Passed to Requested by {event.get('by', '')}", ""),
    "begun": lambda event: (
        f"Conversation started by {event.get('by', '')}",
        "the customer has consented",
    ),
    "resolved": lambda event: (f"Conversation resolved by {event.get('by', '')}", ""),
    "reopened": _reopened,
    "identity_changed": lambda event: (
        "Customer changed number or name",
        str(event.get("text", "")),
    ),
    "window_refused": lambda _event: ("The channel closed the reply window", ""),
    "answered_outside": _answered_outside,
    "arrived": _arrived,
    "call": _call,
    "control_passed": lambda event: ("Conversation passed to Jumper", _by_app(event)),
    "control_taken": lambda event: ("Conversation taken over", _by_app(event)),
    "control_requested": lambda event: ("Another app asks for the conversation", _by_app(event)),
    "control_gained": lambda event: ("Jumper took the conversation over", _from_app(event)),
    "opt_in_requested": lambda event: (
        f"Opt-in requested by {event.get('by', '')}",
        str(event.get("title", "")),
    ),
    "opt_in_accepted": lambda event: ("Customer opted in", str(event.get("title", ""))),
    "opt_in_stopped": lambda event: ("Customer opted out", str(event.get("title", ""))),
    "human_agent_off": lambda _event: ("Replies end after 24 hours", "Meta refuses Human Agent"),
    "merged": lambda _event: ("Two conversations of this customer were joined", ""),
}


def on_the_way(count: int) -> str:
    """How many of the bot's messages had left before it was paused."""
    return (
        "1 message was already on its way"
        if count == 1
        else f"{count} messages were already on their way"
    )


# --- Who answers ------------------------------------------------------------------

PAUSE_BOT = "Pause bot"
PASS_BACK = "Pass back to bot"
PASS_BACK_WAYS = "How to pass back"
PASS_BACK_CONTINUE = "Go on where it stopped"
PASS_BACK_ANSWER = "Take their last message as the answer"
PASS_BACK_ANSWERED = "The question is not asked again."
PASS_BACK_RESTART = "Begin again"
PASS_BACK_OTHER = "Another flow …"
START_FLOW = "Start flow"
BOT_BEGINS = "The bot begins"
RESOLVE = "Resolve"
REOPEN = "Reopen"
ASSIGN = "Assign"
ASSIGN_TO_ME = "Assign to me"
YOU = "You"
ASSIGN_TO_REQUESTED = "Pass to Requested"
CLOSED_TO_THE_BOT = "the reply window is closed, so the bot cannot write"
BOT_ANSWERING = "Bot is answering"
NOBODY_ANSWERING = "Nobody is answering"
YOU_ANSWERING = "You are answering"
CONVERSATION_RESOLVED = "Resolved"


def colleague_answering(name: str) -> str:
    """The band above the composer when a colleague owns the conversation."""
    return f"{name} is answering"


def asks_again(asked: str) -> str:
    """What the bot does when it goes on where it stopped."""
    return f"It asks again: “{asked}”" if asked else "It goes on with what comes next."


def begins_again(flow: str) -> str:
    """What the bot does when it begins."""
    return f"{flow}, from its first words" if flow else "No bot is set up for this channel."


RESUMES_IN = "Bot goes on in"
"""What stands before the time that is left."""
MORE_TIME = "+30 min"
STAY_SILENT = "Cancel"
RESUME_LATER_TOLD = "Unless you write; your draft and every reply count the time anew."


def resume_later(minutes: int) -> str:
    """The bot goes on by itself, as the menu offers it."""
    hours = minutes // 60
    time = f"{minutes} minutes" if not hours else "1 hour" if hours == 1 else f"{hours} hours"
    return f"By itself after {time}"


BOT_SILENT_SINCE = "Bot silent since"
"""The receipt of a takeover: what stands before the time."""


def spoke_after(messages: int) -> str:
    """What stands after it: 0 by all that is promised, and counted all the same."""
    return "1 message after" if messages == 1 else f"{messages} messages after"


def at_step(flow: str, asked: str) -> str:
    """Where a running flow stands."""
    return f"{flow}, at “{asked}”" if asked else flow


def paused_at(flow: str, asked: str) -> str:
    """Where a paused flow stands."""
    return f"{flow} is paused at “{asked}”" if asked else f"{flow} is paused"


# --- Composer ---------------------------------------------------------------------

REPLY = "Reply"
SEND = "Send"
SEND_NOTE = "Send Note"
SEND_TEMPLATE = "Send Template Message"
MESSAGE_SHORTCUTS = "Message Shortcuts"
TEAM_ONLY_HINT = "Only the team sees this"
NOTE_PLACEHOLDER = "Write a note for the team"
DRAFT_SAVED = "Draft saved"
DRAFT_KEPT = "Your draft is kept."
ATTACH = "Attach"
ATTACHMENTS = {
    "optin": "Opt-in notification",
    "picture": "Picture",
    "template": "Template Message",
    "location": "Location",
    "contact": "Contact",
    "file": "File",
    "video": "Video",
    "photo": "Photo",
}
LINK_NOTICE = "The link must be public, so that Jumper can open it and send it to the customer."
ATTACHING = {
    "attach": ATTACH,
    "close": "Close",
    "upload": "Upload",
    "link": "Link",
    "linkLabel": "Link to the file",
    "linkNotice": LINK_NOTICE,
    "linkAdd": "Add",
    "linkOpening": "Opening the link …",
    "chooseFiles": "Choose files",
    "orDrop": "or drop them here",
    "drop": "Drop files here to attach them",
    "files": "Files to send",
    "removeFile": "Remove the file",
    "caption": "Caption",
    "uploading": "Uploading …",
    "uploadFailed": "The file could not be uploaded. Please try again.",
    "ownMessage": "Your words go as a message of their own, before the files.",
    "wordsGoHere": "with the words below",
    "unquote": "Do not quote",
}
"""The composer's words about files, by the names that the browser's part has for them."""
SEND_ANYWAY = "Send anyway"
CANCEL = "Cancel"


VARIABLES = {
    "customer.first_name": "Customer's first name",
    "customer.last_name": "Customer's last name",
    "customer.full_name": "Customer's full name",
    "customer.phone": "Customer's phone",
    "customer.email": "Customer's email",
    "customer.locale": "Customer's language",
    "customer.city": "Customer's city",
    "customer.last_order.number": "Last order's number",
    "customer.last_order.total": "Last order's total",
    "customer.last_order.status": "Last order's status",
    "customer.last_order.tracking_url": "Last order's tracking link",
    "agent.first_name": "Your first name",
    "agent.full_name": "Your full name",
    "agent.email": "Your email",
    "conversation.id": "Conversation number",
    "conversation.channel": "Channel",
    "brand.name": "Name of your business",
    "today": "Today's date",
    "now": "The time now",
}
"""What a shortcut's variables are called where people see them."""
NO_SUCH_SHORTCUT = "No shortcut matches. Esc keeps what you typed."
COLLEAGUES = "Colleagues"
COLLEAGUE_COUNT = "Colleagues: {}"
MENTION = "mention"
SHORTCUTS_COMING = "Shortcuts are on their way …"
SHORTCUT_COUNT = "Shortcuts: {}"
CHOOSE = "choose"
INSERT = "insert"
IS_TYPING = "is typing"
KEEP_TYPING = "keep typing"
PERSONAL_SHORTCUT = "Only you"
FILL_IN_FIRST = "Fill in before sending"


def takes_files(behind: list[tuple[tuple[str, ...], str]]) -> str:
    """Under the button that chooses files: their types and largest size, by kind."""
    return " · ".join(f"{', '.join(types)} up to {size}" for types, size in behind)


def write_to(name: str) -> str:
    """The composer's placeholder."""
    return f"Write to {name}" if name else "Write a message"


def colleague_answers(name: str) -> tuple[str, str]:
    """Asked before writing in a colleague's conversation: a title and an explanation."""
    return (
        f"{name} is answering this customer",
        f"If you send this, the conversation becomes yours and {name} sees that.",
    )


# --- What a message holds ---------------------------------------------------------


ORDER = "Order"
FORM = "Form"
VOICE_NOTE = "Voice note"
STICKER = "Sticker"
PHOTO = "Photo"
DOCUMENT = "Document"
OPEN_MAP = "Show on a map"
CAME_FROM_ADVERT = "Came from an advertisement"
CUSTOMER = "Customer"
SEND_AGAIN = "Send again"
SENDING = "sending …"
WAITS_FOR_CONNECTION = "waits for the connection"
OPEN_PICTURE = "Open the picture"
PICTURES = {
    "open": OPEN_PICTURE,
    "close": "Close the picture",
    "before": "The picture before",
    "next": "The next picture",
    "broken": FILE_FAILED,
}
SPEED = "Speed"
DRAFT_NOT_SAVED = "Draft kept in this browser"
DISCARD = "Discard"
NOBODY_CHOSEN_COLLEAGUE = "No colleagues yet"
THREAD = "Conversation"
MORE = "More"
ALREADY_YOURS = "You are answering already."


def on_customers_clock(time: str) -> str:
    """The customer's own time beside ours."""
    return f"their time {time}"


def characters_left(left: int) -> str:
    """Beside the text from 80 % of the limit on."""
    return f"{left} left" if left >= 0 else f"{-left} too many"


A_FILE = "A file"
QUOTED = {"customer": "Customer", "agent": "Agent", "bot": BOT}
NOTE_BY = "Note by "
REACTIONS = "Reactions"
OURS = "Us"
GO_TO_QUOTED = "Go to this message"
SPEAKING = {
    "react": "React",
    "unreact": "Take back",
    "quote": "Reply to this message",
    "aFile": A_FILE,
    "more": "More",
    "copy": "Copy text",
    "copyLink": "Copy link",
    "copied": "Copied",
    "details": "Details",
    "from": "From",
    "written": "Written",
    "reason": "Why not",
    "close": "Close",
    "states": DELIVERY,
}
"""Beside a message, by the names that the browser's part has for them."""
CHARACTERS_LEFT = "{} left"
CHARACTERS_OVER = "{} too many"
"""``{}``: how many; the browser counts."""
FINDING = {
    "label": "Search in this conversation",
    "count": "{} of {}",
    "none": "Nothing found",
    "older": "The one before",
    "newer": "The next one",
    "close": "Close the search",
}
"""``{}``: which one is shown, and how many there are."""

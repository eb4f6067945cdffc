"""The labels of the contact card. The other screens' words: ``panel/words.py``."""

MORE = "More about this customer"
EXPORT_OR_ERASE = "Export or erase their data …"
CARD_CONVERSATION = "Conversation"
CARD_ABOUT = "About"
CARD_IDENTITIES = "Known as"
CARD_MEDIA = "Media"
OWNER = "Owner"
WAITING = "Waiting"
REPLY_WINDOW = "Reply window"
CHANNEL = "Channel"
ACCOUNT = "Account"
PHONE = "Phone"
EMAIL = "E-mail"
HANDLE = "Handle"
CONSENT = "Consent"
MARKETING = "Advertising"
STOPPED = "stopped "
FIRST_SEEN = "First seen"
NO_CONSENT = "not given"
NO_PHONE = "not known"
NOBODY = "Nobody"
NOT_WAITING = "no"
WINDOW_ALWAYS = "always open"
WINDOW_CLOSED = "closed"
WINDOW_CLOSES = "closes "
WINDOW_CLOSED_SINCE = "closed "
THEIR_TIME = " their time"
NO_MEDIA = "No files yet."
IDENTITIES = {
    "bsuid": "WhatsApp user id",
    "wa_id": "WhatsApp number id",
    "psid": "Page-scoped id",
    "site_user": "User id on your site",
    "visitor": "Browser",
}
"""How a provider knows a person, by ``IdentityKind``."""

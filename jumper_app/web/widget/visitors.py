"""Who a visitor is: a secret of their browser, and the site's word if there is one.

The secret is 256 random bits that the widget makes and keeps in the storage of the chat's
own origin; here only its hash is stored. With a passport the visitor is the site's user,
on every device, and what they wrote before as nobody joins their conversation.

An anonymous name that has joined opens nothing any more: whoever uses the same browser
next, without signing in, finds an empty chat.
"""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select
from starlette.datastructures import Headers

from jumper_app.channels.contract import Identity, IdentityChange, IdentityKind, Person
from jumper_app.channels.webchat import passport
from jumper_app.channels.webchat.posts import Sender
from jumper_app.conversations.changes import change_identity
from jumper_app.db import Work
from jumper_app.models import ChannelAccount, ContactIdentity, Conversation

from .chat import Chat, find_chat
from .errors import BadIdentity, NotAVisitor, Spent

SECRET = re.compile(r"^Visitor ([A-Za-z0-9_-]{43})$", re.ASCII)
"""The header ``Authorization``: 256 bits in base64url."""

PASSPORT_HEADER = "Jumper-Identity"


@dataclass(frozen=True)
class Knock:
    """What a request says of itself, unproven."""

    key: str
    secret: str
    passport: str

    @property
    def browser(self) -> str:
        """A name for the browser that knocks: the hash of its secret."""
        return hashlib.sha256(self.secret.encode()).hexdigest()

    @classmethod
    def of(cls, key: str, headers: Headers) -> "Knock":
        """Read the headers. Raises NotAVisitor."""
        found = SECRET.match(headers.get("authorization", ""))
        if found is None:
            raise NotAVisitor
        return cls(key, found[1], headers.get(PASSPORT_HEADER, ""))


@dataclass(frozen=True)
class Visitor:
    """Somebody at a chat.

    Attributes:
        browser: A name for this browser alone, for limits and streams.
        sender: Under which name their messages are stored.
        conversation_id: 0 before their first message.
        joins: What this browser wrote as nobody is to join the user's conversation.
    """

    chat: Chat
    browser: str
    sender: Sender
    conversation_id: int = 0
    joins: bool = False


def admit(work: Work, knock: Knock, now: datetime) -> Visitor:
    """Who knocks. Raises NoSuchChat, BadIdentity or Spent."""
    chat = find_chat(work, knock.key)
    browser = _anonymous(knock)
    before = _contact(work, chat, browser)
    if not knock.passport:
        if before and _signs_in(work, before):
            raise Spent
        return Visitor(chat, browser.value, Sender(identity=browser), _conversation(work, before))
    sender = _sender(chat, knock, now)
    known = _contact(work, chat, sender.identity)
    joins = before not in {known, 0} and not _signs_in(work, before)
    return Visitor(chat, browser.value, sender, _conversation(work, known), joins)


def join(work: Work, knock: Knock, now: datetime) -> None:
    """What this browser wrote as nobody becomes part of its user's conversation.

    Asked again under a lock: of two users who sign in here at the same moment only one
    can be its author.
    """
    chat, browser = find_chat(work, knock.key), _anonymous(knock)
    row = work.exec(_named(chat, browser).with_for_update()).first()
    if row is None or _signs_in(work, row.contact_id):
        return
    sender = _sender(chat, knock, now)
    change = IdentityChange(
        account=chat.key,
        external_id=f"join.{browser.value}",
        at=now,
        before=(browser,),
        after=Person(identities=(sender.identity,), name=sender.name),
    )
    change_identity(work, work.get_one(ChannelAccount, chat.account_id), change, now)


def _anonymous(knock: Knock) -> Identity:
    return Identity(kind=IdentityKind.VISITOR, value=knock.browser)


def _sender(chat: Chat, knock: Knock, now: datetime) -> Sender:
    try:
        user = passport.read(knock.passport, chat.secrets, now)
    except passport.BadPassport as error:
        raise BadIdentity from error
    identity = Identity(kind=IdentityKind.SITE_USER, value=user.id)
    return Sender(identity=identity, name=user.name, email=user.email)


def _named(chat: Chat, identity: Identity):
    return select(ContactIdentity).where(
        col(ContactIdentity.account_id) == chat.account_id,
        col(ContactIdentity.kind) == identity.kind,
        col(ContactIdentity.value) == identity.value,
    )


def _contact(work: Work, chat: Chat, identity: Identity) -> int:
    row = work.exec(_named(chat, identity)).first()
    return row.contact_id if row else 0


def _signs_in(work: Work, contact_id: int) -> bool:
    """Is this somebody whom the site knows by name?"""
    found = select(ContactIdentity.id).where(
        col(ContactIdentity.contact_id) == contact_id,
        col(ContactIdentity.kind) == IdentityKind.SITE_USER,
    )
    return work.exec(found).first() is not None


def _conversation(work: Work, contact_id: int) -> int:
    if not contact_id:
        return 0
    found = select(Conversation.id).where(col(Conversation.contact_id) == contact_id)
    return work.exec(found).first() or 0

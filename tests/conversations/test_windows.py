"""The reply window, to the second: per channel, sender and content; by rule, enqueue and claim.

Each row of the table is one channel at one age of the customer's last message. ``sent``
names what may go then: an agent's text, a bot's text, an agent's template, a bot's.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest
from sqlmodel import select

from jumper_app.channels import CHANNELS
from jumper_app.channels.contract import (
    OutboundContent,
    OutTemplate,
    OutText,
    ReplyWindow,
    Speaker,
    TemplateText,
)
from jumper_app.channels.whatsapp import WHATSAPP
from jumper_app.conversations.delivery import claim
from jumper_app.conversations.outgoing import Outgoing, send_later
from jumper_app.conversations.replies import retry
from jumper_app.db import Database, Work
from jumper_app.errors import SendRefused, WindowClosed
from jumper_app.models import Conversation, Delivery, Message, Outbox, OutboxState
from tests import make
from tests.house import conversation, every, one, take
from tests.make import NOON

DAY, WEEK, SECOND = timedelta(days=1), timedelta(days=7), timedelta(seconds=1)

WINDOWS = {
    "whatsapp": WHATSAPP.window,
    "messenger": ReplyWindow(automation=DAY, human=WEEK, template=False),
    "webchat": ReplyWindow(automation=None, human=None, template=False),
}

SENDERS: tuple[Speaker, ...] = ("agent", "bot")
TEXT = OutText(text="Free words")
TEMPLATE = OutTemplate(name="hello", language="en", shown=TemplateText(body="Hello"))
CONTENTS: dict[str, OutboundContent] = {"text": TEXT, "template": TEMPLATE}

EVERYTHING = "agent text, bot text, agent template, bot template"
TEXTS, TEMPLATES = "agent text, bot text", "agent template, bot template"
AGENTS_TEXT, NOTHING = "agent text", ""
NEVER, REFUSED = None, "refused"
"""Ages of their own: the customer never wrote; the provider says that the window is shut."""

TABLE = [
    ("whatsapp", timedelta(0), EVERYTHING),
    ("whatsapp", DAY - SECOND, EVERYTHING),
    ("whatsapp", DAY, TEMPLATES),
    ("whatsapp", DAY + SECOND, TEMPLATES),
    ("whatsapp", WEEK - SECOND, TEMPLATES),
    ("whatsapp", WEEK, TEMPLATES),
    ("whatsapp", WEEK + SECOND, TEMPLATES),
    ("whatsapp", NEVER, TEMPLATES),
    ("whatsapp", REFUSED, TEMPLATES),
    ("messenger", timedelta(0), TEXTS),
    ("messenger", DAY - SECOND, TEXTS),
    ("messenger", DAY, AGENTS_TEXT),
    ("messenger", DAY + SECOND, AGENTS_TEXT),
    ("messenger", WEEK - SECOND, AGENTS_TEXT),
    ("messenger", WEEK, NOTHING),
    ("messenger", WEEK + SECOND, NOTHING),
    ("messenger", NEVER, NOTHING),
    ("messenger", REFUSED, NOTHING),
    ("webchat", timedelta(0), TEXTS),
    ("webchat", DAY, TEXTS),
    ("webchat", WEEK + SECOND, TEXTS),
    ("webchat", NEVER, TEXTS),
]
"""Channel, age of the last word, what may be sent: 22 rows of 4, so 88 cases for each check."""


@dataclass(frozen=True)
class Case:
    """One row."""

    channel: str
    age: timedelta | str | None
    sent: frozenset[str]

    @property
    def now(self) -> datetime:
        return NOON + (self.age if isinstance(self.age, timedelta) else timedelta(0))

    def allows(self, speaker: str, kind: str) -> bool:
        return f"{speaker} {kind}" in self.sent

    def bring_about(self, work: Work) -> Conversation:
        """Let it be so; the customer wrote at noon if ever."""
        row = work.exec(select(Conversation)).one()
        row.last_heard_at = None if self.age is NEVER else NOON
        row.window_shut_at = NOON if self.age is REFUSED else None
        return row


def named(row: tuple[str, timedelta | str | None, str]) -> str:
    return f"{row[0]}-{row[1] if row[1] is not NEVER else 'never'}"


@pytest.fixture(params=TABLE, ids=named)
def case(request: pytest.FixtureRequest) -> Case:
    channel, age, sent = request.param
    return Case(channel, age, frozenset(filter(None, sent.split(", "))))


@pytest.fixture
def ana(db: Database) -> int:
    return db.write(make.agent, "Ana").id or 0


@pytest.fixture
def heard(db: Database, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """A customer on a channel with the case's window, who wrote at noon."""
    ready = CHANNELS["whatsapp"]
    monkeypatch.setitem(CHANNELS, "whatsapp", replace(ready, window=WINDOWS[case.channel]))
    db.write(make.account)
    take(db, make.inbound("Hello"))


def send(work: Work, ana: int, speaker: Speaker, kind: str, now: datetime) -> Message:
    row = work.exec(select(Conversation)).one()
    said = Outgoing(
        speaker=speaker,
        content=CONTENTS[kind],
        client_key=f"{speaker} {kind}",
        agent_id=ana if speaker == "agent" else None,
    )
    return send_later(work, row, said, now)


@pytest.mark.parametrize("key", WINDOWS)
def test_the_table_speaks_of_the_windows_that_the_channels_have(key: str):
    if key in CHANNELS:
        assert CHANNELS[key].window == WINDOWS[key]


@pytest.mark.parametrize("kind", CONTENTS)
@pytest.mark.parametrize("speaker", SENDERS)
def test_the_rule_says_what_may_be_sent(case: Case, speaker: Speaker, kind: str):
    window = WINDOWS[case.channel]
    heard_at = NOON if isinstance(case.age, timedelta) else None
    template = kind == "template" and window.template
    allowed = window.permission(heard_at, case.now).allows(
        person=speaker == "agent", template=template
    )
    assert (allowed and (kind == "text" or window.template)) == case.allows(speaker, kind)


@pytest.mark.usefixtures("heard")
def test_at_the_enqueue_what_is_late_is_refused_by_name_and_nothing_is_stored(
    db: Database, case: Case, ana: int
):
    db.write(case.bring_about)
    stored: set[str] = set()
    for speaker in SENDERS:
        for kind in CONTENTS:
            try:
                db.write(send, ana, speaker, kind, case.now)
            except SendRefused as refusal:
                late = isinstance(refusal, WindowClosed) and refusal.code == "window_closed"
                assert late or (kind == "template" and not WINDOWS[case.channel].template)
            else:
                stored.add(f"{speaker} {kind}")
    assert stored == case.sent
    assert {row.client_key for row in every(db, Message) if row.client_key} == case.sent
    assert len(every(db, Outbox)) == len(case.sent)


@pytest.mark.usefixtures("heard")
def test_at_the_claim_what_has_become_late_fails_with_a_sentence_and_nothing_leaves(
    db: Database, case: Case, ana: int
):
    channel = CHANNELS["whatsapp"]
    kinds = [kind for kind in CONTENTS if kind == "text" or channel.window.template]
    for speaker in SENDERS:
        for kind in kinds:
            db.write(send, ana, speaker, kind, NOON)
    db.write(case.bring_about)
    claimed: set[str] = set()
    for _ in range(len(SENDERS) * len(kinds)):
        for each in db.write(claim, worker="w", now=case.now, limit=1):
            message = one(db, Message, id=each.message_id)
            claimed.add(message.client_key)
            db.write(settled, each.outbox_id)
    assert claimed == case.sent
    for message in every(db, Message, delivery=Delivery.FAILED):
        assert message.client_key not in case.sent
        assert message.failure == channel.wording.window_closed


def settled(work: Work, outbox_id: int) -> None:
    """It has left: the next of its queue may be claimed."""
    work.get_one(Outbox, outbox_id).state = OutboxState.SENT


@pytest.mark.parametrize(
    ("channel", "until"), [("whatsapp", None), ("messenger", NOON + DAY), ("webchat", None)]
)
def test_a_window_says_until_when_bots_may_write_where_people_may_longer(channel, until):
    assert WINDOWS[channel].bots_until(NOON) == until
    assert WINDOWS[channel].bots_until(None) is None


def test_a_bot_that_is_late_is_told_why_a_person_is_not(db, monkeypatch):
    wording = WHATSAPP.wording.model_copy(update={"people_only": "Only people may write now."})
    window = WINDOWS["messenger"]
    ready = replace(CHANNELS["whatsapp"], window=window, wording=wording)
    monkeypatch.setitem(CHANNELS, "whatsapp", ready)
    db.write(make.account)
    take(db, make.inbound("Hello"))
    with pytest.raises(WindowClosed, match="Only people may write now"):
        db.write(send, 0, "bot", "text", NOON + DAY)


def test_a_failed_message_cannot_be_tried_again_when_its_time_is_over(db, ana):
    db.write(make.account)
    take(db, make.inbound("Hello"))
    sent = db.write(send, ana, "agent", "text", NOON)

    def fail(work: Work) -> None:
        row = work.exec(select(Outbox)).one()
        row.state = OutboxState.FAILED
        work.get_one(Message, row.message_id).delivery = Delivery.FAILED

    db.write(fail)
    with pytest.raises(WindowClosed):
        db.write(retry, message_id=sent.id, agent_id=ana, now=NOON + DAY + SECOND)
    assert one(db, Outbox).state == OutboxState.FAILED
    db.write(retry, message_id=sent.id, agent_id=ana, now=NOON + DAY - SECOND)
    assert one(db, Outbox).state == OutboxState.QUEUED
    assert conversation(db).owner == "requested"

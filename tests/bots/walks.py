"""A walk: one customer, two agents, a bot, timers, claims, crashes and the clock, in any order.

What the database holds after each verb is held against what the pure engine says of it.
"""

import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlmodel import col, select

from jumper_app.bots.definition import Ask, End, Flow, Option, Say, Wait
from jumper_app.bots.engine import Elapsed, Replied, Resumed, RunEvent, Started, begin, step
from jumper_app.bots.known import flow_of, variables_of
from jumper_app.bots.progress import RunState
from jumper_app.bots.runs import Goes, answer_next, pass_back
from jumper_app.bots.timers import elapse_next
from jumper_app.channels.contract import Sent
from jumper_app.conversations.delivery import accepted, claim
from jumper_app.conversations.inbound import receive_all
from jumper_app.conversations.silence import silence
from jumper_app.conversations.takeover import assign, pause_bot, resolve
from jumper_app.db import Database, Work
from jumper_app.errors import JumperError
from jumper_app.models import (
    ContactIdentity,
    Conversation,
    FlowVersion,
    Message,
    MessageKind,
    Owner,
    Run,
    RunStatus,
    Wake,
)
from tests import make
from tests.house import delivered

WALKED = Flow(
    name="Walked",
    start="hi",
    resume_text="Again:",
    nodes={
        "hi": Say(text="Hello.", next="mood"),
        "mood": Ask(
            prompt="How are you?",
            choices=(Option(label="Good", value="g"), Option(label="Bad", value="b")),
            save_to="mood",
            max_retries=5,
            reminder_s=300,
            reminder_text="Still there?",
            timeout_s=900,
            on_timeout="rest",
            next="rest",
        ),
        "rest": Wait(seconds=120, next="why"),
        "why": Ask(prompt="Why?", save_to="why", timeout_s=1200, next="thanks"),
        "thanks": Say(text="Thanks.", next="mood_again"),
        "mood_again": Ask(prompt="And now?", save_to="now", next="end"),
        "end": End(outcome="done", text="Bye."),
    },
)
VERBS = (
    *("hears",) * 4,
    *("bot",) * 4,
    *("elapse",) * 3,
    *("claim",) * 4,
    *("back",) * 5,
    *("pause", "give", "resolve", "crash", "later", "later"),
)


class Crash(BaseException):
    """The process dies."""


class Walk:
    """One conversation, and what must be true of it. Each public method is a verb."""

    def __init__(
        self, db: Database, agents: tuple[int, int], dice: random.Random, number: int
    ) -> None:
        self.db, self.agents, self.dice = db, agents, dice
        self.now = make.NOON
        self.person = make.person(f"1777{number:07}")
        self.key = self.claims = self.takeovers = 0
        self.stopped: set[int] = set()
        """The bot's messages that were not claimed when a person took over."""
        self.done: list[str] = []
        self.hears()
        self.key = self.db.look(_conversation_of, self.person.identities[0].value)

    def do(self, verb: str) -> None:
        """One verb. What is refused in words must change nothing."""
        self.done.append(verb)
        self.now += timedelta(milliseconds=self.dice.randrange(1, 20_000))
        try:
            getattr(self, verb)()
        except JumperError:
            pass
        except AssertionError as wrong:
            raise AssertionError(f"{wrong} after {self.done}") from wrong

    # --- The verbs

    def hears(self) -> None:
        text = self.dice.choice(("good", "bad", "good", "bad", "1", "2", "hm", "because", "agent"))
        said = make.inbound(text, sender=self.person, sent_at=self.now)
        before = self._state() if self.key else None
        self.db.write(receive_all, [delivered(said, now=self.now)])
        if before is not None:
            assert self._state() == before, "a message changed a run by itself"

    def bot(self) -> None:
        waiting = self.db.look(self._waiting)
        before = self.db.look(self._run)
        if self.db.write(answer_next, now=self.now) is None or not waiting:
            return
        left = self.db.look(self._waiting)
        taken = waiting[: len(waiting) - len(left)]
        assert waiting[len(taken) :] == left, "messages were not taken in their order"
        text = "\n".join(message.text for message in taken)
        self._compare(before, text, lambda _: [Replied(text=text)])

    def elapse(self) -> None:
        before = self.db.look(self._run)
        is_mine = before and before.due_at and before.due_at <= self.now
        waits = self.db.look(self._waiting)
        self.db.write(elapse_next, now=self.now)
        if is_mine and before and before.status == RunStatus.RUNNING and not waits:
            self._compare(before, "", lambda _: [Elapsed()])
        elif not waits:
            assert self.db.look(self._run) == before, "a timer was early"

    def claim(self) -> None:
        owner = self.db.look(self._owner)
        for one in self.db.write(claim, worker="w", now=self.now, limit=1):
            self.claims += 1
            assert one.message_id not in self.stopped, "a bot's message after a takeover"
            assert owner not in {Owner.AGENT, Owner.RESOLVED}, "the bot spoke under a person"
            sent = Sent(external_id=f"wamid.{one.message_id}")
            self.db.write(accepted, one, sent, self.now)

    def pause(self) -> None:
        self._takes_over(pause_bot)

    def give(self) -> None:
        self._takes_over(assign, to_agent_id=self.dice.choice(self.agents))

    def resolve(self) -> None:
        self._takes_over(resolve)

    def back(self) -> None:
        goes = self.dice.choice((Goes.CONTINUE, Goes.ANSWER, Goes.RESTART))
        before, owner = self.db.look(self._run), self.db.look(self._owner)
        last = self.db.look(self._last_words)
        self._by_agent(pass_back, goes=goes)
        if owner == Owner.BOT:
            assert self._state() == (before.state if before else None)
        elif goes == Goes.CONTINUE:
            self._compare(before, "", lambda run: [Resumed(left_s=run.left_s)])
        elif goes == Goes.ANSWER:
            self._compare(before, last, lambda run: _answering(run, last))
        else:
            self._compare(None, "", lambda _: [])

    def crash(self) -> None:
        before = self._picture()
        verb: Callable[..., Any] = self.dice.choice((answer_next, elapse_next))
        try:
            with self.db.transaction() as work:
                verb(work, now=self.now)
                raise Crash
        except Crash:
            assert self._picture() == before, "a crash left something behind"

    def later(self) -> None:
        self.now += timedelta(seconds=self.dice.choice((60, 300, 900)))

    def end(self) -> None:
        """Let everything that waits be done, and look at the whole once more."""
        for verb in ("bot", "bot", "bot", "claim", "claim", "claim", "claim", "claim"):
            self.do(verb)
        assert self.db.look(self._waiting) == [], f"an inbound was lost after {self.done}"
        keys = self.db.look(self._keys)
        assert len(keys) == len(set(keys))
        told = self.db.look(silence, conversation_id=self.key)
        assert told is None or told.after == 0, f"the receipt tells of words after {self.done}"

    def leave_nothing_to_do(self) -> None:
        """The next walk in this database is alone."""
        self._by_agent(resolve)

    # --- Looking

    def _takes_over(self, verb: Callable[..., Any], **how: Any) -> None:
        state = self._state()
        epoch = self.db.look(lambda work: work.get_one(Conversation, self.key).epoch)
        self._by_agent(verb, **how)
        row = self.db.look(lambda work: work.get_one(Conversation, self.key))
        if row.epoch != epoch:
            self.takeovers += 1
            self.stopped |= self.db.look(self._unclaimed)
        if row.owner != Owner.RESOLVED:
            assert self._state() == state, "a takeover moved the run"

    def _by_agent(self, verb: Callable[..., Any], **how: Any) -> None:
        agent_id = self.dice.choice(self.agents)
        self.db.write(verb, conversation_id=self.key, agent_id=agent_id, now=self.now, **how)

    def _compare(
        self, before: Run | None, text: str, events: Callable[[Run], list[RunEvent]]
    ) -> None:
        """Is the last run where the engine says that these events lead?"""
        now = self.db.look(self._last_run)
        assert now is not None
        self.db.look(self._hold_against_engine, before, now, text, events)

    def _hold_against_engine(
        self,
        work: Work,
        before: Run | None,
        now: Run,
        text: str,
        events: Callable[[Run], list[RunEvent]],
    ) -> None:
        if work.get_one(Conversation, self.key).owner == Owner.REQUESTED:
            return
        flow = flow_of(work.get_one(FlowVersion, now.flow_version_id))
        if before is None:
            known = variables_of(work, work.get_one(Conversation, self.key))
            expected, taken = begin(flow, known), [Started(text=text)]
        else:
            assert now.id == before.id, "another run took the place of the one that ran"
            expected, taken = RunState.model_validate(before.state), events(before)
        for event in taken:
            expected = step(flow, expected, event, self.now).run
        found = RunState.model_validate(now.state)
        assert found == expected, f"the run stands at {found}, not at {expected}"

    def _run(self, work: Work) -> Run | None:
        return work.exec(
            select(Run).where(
                col(Run.conversation_id) == self.key,
                col(Run.status).in_((RunStatus.RUNNING, RunStatus.PAUSED)),
            )
        ).first()

    def _last_run(self, work: Work) -> Run | None:
        mine = select(Run).where(col(Run.conversation_id) == self.key)
        return work.exec(mine.order_by(col(Run.id).desc()).limit(1)).first()

    def _state(self) -> Any:
        run = self.db.look(self._run)
        return run.state if run else None

    def _owner(self, work: Work) -> str:
        return work.get_one(Conversation, self.key).owner

    def _waiting(self, work: Work) -> list[Message]:
        return list(
            work.exec(
                select(Message)
                .join(Wake, col(Wake.message_id) == col(Message.id))
                .where(col(Wake.conversation_id) == self.key)
                .order_by(col(Message.at), col(Message.order), col(Message.id))
            )
        )

    def _last_words(self, work: Work) -> str:
        said = select(Message).where(
            col(Message.conversation_id) == self.key, col(Message.kind) == MessageKind.CUSTOMER
        )
        in_order = said.order_by(
            col(Message.at).desc(), col(Message.order).desc(), col(Message.id).desc()
        )
        last = work.exec(in_order.limit(1)).first()
        return last.text if last else ""

    def _unclaimed(self, work: Work) -> set[int]:
        said = select(Message.id).where(
            col(Message.conversation_id) == self.key,
            col(Message.kind) == MessageKind.BOT,
            col(Message.external_id).is_(None),
        )
        return {key for key in work.exec(said) if key is not None}

    def _keys(self, work: Work) -> list[str]:
        """Each of the bot's messages by run, step and place."""
        said = select(Message.client_key).where(
            col(Message.conversation_id) == self.key, col(Message.kind) == MessageKind.BOT
        )
        return [str(key) for key in work.exec(said)]

    def _picture(self) -> tuple[Any, ...]:
        waiting = [message.id for message in self.db.look(self._waiting)]
        return self._state(), waiting, self.db.look(self._keys), self.db.look(self._owner)


def _answering(run: Run, text: str) -> list[RunEvent]:
    return [Resumed(repeat=False, left_s=run.left_s), Replied(text=text)]


def _conversation_of(work: Work, wa_id: str) -> int:
    found = (
        select(Conversation.id)
        .join(ContactIdentity, col(ContactIdentity.contact_id) == col(Conversation.contact_id))
        .where(col(ContactIdentity.value) == wa_id)
    )
    return work.exec(found).one() or 0


def walk(db: Database, agents: tuple[int, int], seed: int, number: int) -> Walk:
    """One random walk, from the customer's first word to an empty queue."""
    dice = random.Random(seed * 1_000_000 + number)
    one = Walk(db, agents, dice, number)
    try:
        for verb in dice.choices(VERBS, k=dice.randrange(10, 30)):
            one.do(verb)
        one.end()
    finally:
        one.leave_nothing_to_do()
    return one

"""The bot icon, pressed by two agents at once."""

from jumper_app.bots.library import READY_FLOWS
from jumper_app.bots.shelf import publish
from jumper_app.conversations.pausing import pause_unless_taken
from jumper_app.conversations.replies import ColleagueAnswers
from jumper_app.db import Database
from jumper_app.models import Owner
from tests import make
from tests.house import conversation, lines, side_by_side, take
from tests.make import NOON


def _connected(work):
    make.account(work).flow_id = publish(work, READY_FLOWS[0], NOON).id


def test_of_two_at_once_one_wins_and_the_other_is_told_who(db):
    db.write(_connected)
    take(db, make.inbound("Hello", sent_at=NOON), now=NOON)
    names = {db.write(make.agent, name).id: name for name in ("Ana", "Ben")}
    key, epoch = conversation(db).id or 0, conversation(db).epoch
    hands = {agent: Database(db.url) if not db.is_sqlite else db for agent in names}

    def presses(agent):
        return lambda: hands[agent].write(
            pause_unless_taken, conversation_id=key, agent_id=agent, now=NOON
        )

    given = side_by_side(*[presses(agent) for agent in names])
    for hand in hands.values():
        if hand is not db:
            hand.close()
    after = conversation(db)
    refused = [one for one in given if isinstance(one, ColleagueAnswers)]
    assert [one.colleague for one in refused] == [names[after.agent_id]]
    assert [one.happened for one in given if one not in refused] == [True]
    assert (after.owner, after.epoch, lines(db)) == (Owner.AGENT, epoch + 1, ["bot_paused"])

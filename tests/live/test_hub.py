"""Store, then tell: news travels after the commit, to whoever listens and to nobody else."""

import asyncio

import pytest

from jumper_app.live import AgentChanged, ConversationChanged, Hub, SettingsChanged
from jumper_app.live.hub import LISTENER_BACKLOG
from jumper_app.models import Mark
from tests.house import every

NEWS = AgentChanged(agent_id=1)


def everything(_event):
    return True


async def heard(listener):
    """What has come by the time everybody who was called soon has been called."""
    await asyncio.sleep(0)
    return listener.take()


async def test_news_is_told_after_the_commit_and_not_before(db):
    with db.hub.listening(everything) as listener:
        with db.transaction() as work:
            work.add(Mark(name="a"))
            work.tell(NEWS)
            work.flush()
            assert await heard(listener) == []
        assert await heard(listener) == [NEWS]
        assert [row.name for row in every(db, Mark)] == ["a"]


async def test_at_the_time_of_telling_the_row_can_be_read(db):
    seen = []
    db.hub.tell = lambda _events: seen.append([row.name for row in every(db, Mark)])
    with db.transaction() as work:
        work.add(Mark(name="a"))
        work.tell(NEWS)
    assert seen == [["a"]]


async def test_what_is_rolled_back_is_not_told(db):
    with db.hub.listening(everything) as listener:
        with pytest.raises(ZeroDivisionError), db.transaction() as work:
            work.tell(NEWS)
            _ = 1 / 0
        assert await heard(listener) == []


async def test_what_cannot_be_committed_is_not_told(db):
    from sqlalchemy.exc import IntegrityError

    with db.transaction() as work:
        work.add(Mark(name="a"))
    with db.hub.listening(everything) as listener:
        with pytest.raises(IntegrityError), db.transaction() as work:
            work.add(Mark(name="a"))
            work.tell(NEWS)
        assert await heard(listener) == []


async def test_only_what_is_wanted_comes():
    hub = Hub()
    with hub.listening(lambda event: isinstance(event, SettingsChanged)) as listener:
        hub.tell([NEWS, SettingsChanged(), ConversationChanged(conversation_id=1, version=1)])
        assert await heard(listener) == [SettingsChanged()]


async def test_news_comes_in_the_order_it_was_told():
    hub = Hub()
    told = [AgentChanged(agent_id=number) for number in range(50)]
    with hub.listening(everything) as listener:
        for event in told:
            hub.tell([event])
        assert await heard(listener) == told


async def test_another_thread_may_tell():
    hub = Hub()
    with hub.listening(everything) as listener:
        await asyncio.to_thread(hub.tell, [NEWS])
        assert await asyncio.wait_for(listener.drain(), 10) == [NEWS]


async def test_who_falls_behind_is_told_that_something_was_missed():
    hub = Hub()
    with hub.listening(everything) as listener:
        hub.tell([NEWS] * LISTENER_BACKLOG)
        await asyncio.sleep(0)
        assert not listener.missed
        hub.tell([NEWS])
        assert await heard(listener) == []
        assert listener.missed


async def test_who_has_missed_something_hears_on():
    hub = Hub()
    with hub.listening(everything) as listener:
        hub.tell([NEWS] * (LISTENER_BACKLOG + 1))
        await heard(listener)
        listener.missed = False
        hub.tell([SettingsChanged()])
        assert await heard(listener) == [SettingsChanged()]
        assert not listener.missed


async def test_a_listener_that_went_leaves_nothing_behind():
    hub = Hub()
    with hub.listening(everything):
        assert len(hub) == 1
    with pytest.raises(ZeroDivisionError), hub.listening(everything):
        _ = 1 / 0
    assert len(hub) == 0


def test_telling_a_listener_whose_loop_has_ended_harms_nobody():
    hub = Hub()
    gone = hub.listening(everything)

    async def listen():
        return gone.__enter__()

    asyncio.run(listen())
    hub.tell([NEWS])
    gone.__exit__(None, None, None)
    assert len(hub) == 0

"""When a watcher shows what it has heard."""

from jumper_app.live import (
    AgentChanged,
    ConversationChanged,
    ConversationSeen,
    CustomerTyping,
    DraftChanged,
    SettingsChanged,
    ShortcutsChanged,
    WorkWaiting,
)
from jumper_app.panel.news import (
    LIST_EVERY_S,
    SETTLES_S,
    THREAD_EVERY_S,
    TYPING_EVERY_S,
    Batch,
    Pending,
)

OPEN, OTHER, ANA, BEN = 1, 2, 10, 11


def pending() -> Pending:
    return Pending(agent_id=ANA, conversation_id=OPEN)


def change(conversation_id: int, *message_ids: int, version: int = 1) -> ConversationChanged:
    return ConversationChanged(conversation_id, version, message_ids)


def test_nothing_heard_is_nothing_to_do():
    assert pending().wait(0) is None
    assert pending().take(0) is None


def test_a_lone_message_is_shown_at_once():
    news = pending()
    news.hear([change(OPEN, 5, version=3)], 100.0)
    assert news.wait(100.0) == 0
    assert news.take(100.0) == Batch(messages=(5,), version=3)


def test_messages_that_follow_closely_are_shown_together():
    news = pending()
    news.hear([change(OPEN, 5)], 100.0)
    news.take(100.0)
    news.hear([change(OPEN, 6)], 100.01)
    news.hear([change(OPEN, 7)], 100.02)
    assert news.take(100.02) is None
    shown = news.take(100.0 + THREAD_EVERY_S)
    assert shown
    assert shown.messages == (6, 7)


def test_the_list_is_told_of_another_conversation_at_once():
    news = pending()
    news.hear([change(OTHER, 5)], 100.0)
    assert news.take(100.0) == Batch(listed=(OTHER,))


def test_the_list_is_told_of_many_conversations_together():
    news = pending()
    news.hear([change(OTHER, 5)], 100.0)
    news.take(100.0)
    news.hear([change(3, 6)], 100.1)
    news.hear([change(4, 7)], 100.2)
    assert news.take(100.2) is None
    assert news.take(100.0 + LIST_EVERY_S) == Batch(listed=(3, 4))


def test_the_row_of_the_open_conversation_waits_until_it_was_seen():
    news = pending()
    news.hear([change(OPEN, 5)], 100.0)
    news.take(100.0)
    assert news.take(100.01) is None
    news.hear([ConversationSeen(OPEN, ANA)], 100.02)
    assert news.take(100.0 + SETTLES_S) == Batch(listed=(OPEN,), around=True, version=1)


def test_what_colleagues_have_seen_is_theirs():
    news = pending()
    news.hear([ConversationSeen(OTHER, BEN)], 100.0)
    assert news.wait(100.0) is None


def test_a_listener_that_missed_something_reads_everything():
    news = pending()
    news.hear([change(OPEN, 5)], 100.0, missed=True)
    assert news.take(100.0) == Batch(afresh=True)
    assert news.wait(100.0) is None


def test_changed_people_and_settings_are_read_afresh():
    for event in (AgentChanged(BEN), SettingsChanged()):
        news = pending()
        news.hear([event], 100.0)
        assert news.take(100.0) == Batch(afresh=True)


def test_waiting_work_is_none_of_the_screens_business():
    news = pending()
    news.hear([WorkWaiting()], 100.0)
    assert news.wait(100.0) is None


def test_ones_own_things_are_read_again_when_they_change():
    for event in (ShortcutsChanged(None), ShortcutsChanged(ANA)):
        news = pending()
        news.hear([event], 100.0)
        assert news.take(100.0) == Batch(own=True)


def test_a_colleagues_own_shortcuts_are_nothing_to_show():
    news = pending()
    news.hear([ShortcutsChanged(BEN)], 100.0)
    assert news.take(100.0) is None


def typing(conversation_id: int, text: str) -> CustomerTyping:
    return CustomerTyping(conversation_id, text=text, active=True)


def test_of_what_a_customer_types_the_newest_is_told_now_and_then():
    news = pending()
    news.hear([typing(OPEN, "H"), typing(OPEN, "He")], 100.0)
    assert news.take(100.0) == Batch(typing=typing(OPEN, "He"))
    news.hear([typing(OPEN, "Hel")], 100.1)
    assert news.take(100.1) is None
    assert news.take(100.0 + TYPING_EVERY_S) == Batch(typing=typing(OPEN, "Hel"))


def test_what_another_customer_types_is_nobodys_news():
    news = pending()
    news.hear([typing(OTHER, "Hello")], 100.0)
    assert news.wait(100.0) is None


def test_a_message_goes_before_what_is_typed():
    news = pending()
    news.hear([typing(OPEN, "Hello"), change(OPEN, 5)], 100.0)
    assert news.take(100.0) == Batch(messages=(5,), version=1)


def test_an_own_draft_is_read_where_it_stands_and_marked_when_it_comes_or_goes():
    news = pending()
    news.hear([DraftChanged(OPEN, ANA, listed=False)], 100.0)
    assert news.take(100.0) == Batch(drafts=True)
    news = pending()
    news.hear([DraftChanged(OTHER, ANA, listed=True)], 100.0)
    assert news.take(100.0) == Batch(listed=(OTHER,))
    news.hear([DraftChanged(OTHER, ANA, listed=False)], 200.0)
    assert news.take(200.0) is None


def test_a_colleagues_draft_is_nothing_to_show():
    news = pending()
    news.hear([DraftChanged(OPEN, BEN, listed=True)], 100.0)
    assert news.take(100.0) is None

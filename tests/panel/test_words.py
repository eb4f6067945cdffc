"""People know these words from the original; they may not drift."""

import pytest

from jumper_app.panel import words
from jumper_app.panel.figures import file_size, language, phone


@pytest.mark.parametrize(
    ("said", "known"),
    [
        (words.CUSTOMER_LIST, "Customer List"),
        (words.LOAD_PREVIOUS, "Load Previous Conversations"),
        (words.SEND_NOTE, "Send Note"),
        (words.SEND_TEMPLATE, "Send Template Message"),
        (words.MESSAGE_SHORTCUTS, "Message Shortcuts"),
        (
            words.LINK_NOTICE,
            "The link must be public, so that Jumper can open it and send it to the customer.",
        ),
    ],
)
def test_the_words_of_the_original_are_kept(said: str, known: str):
    assert said == known


def test_the_attachments_are_called_as_in_the_original():
    assert set(words.ATTACHMENTS.values()) == {
        "Opt-in notification",
        "Picture",
        "Template Message",
        "Location",
        "Contact",
        "File",
        "Video",
        "Photo",
    }


@pytest.mark.parametrize(
    ("event", "line"),
    [
        ({"event": "bot_triggered", "flow": "Help"}, ("User triggered the bot", "Help")),
        (
            {"event": "bot_triggered", "flow": "Help", "by": "customer"},
            ("User triggered the bot", "Help"),
        ),
        (
            {"event": "bot_triggered", "flow": "Help", "by": "Ana"},
            ("User triggered the bot", "Help · by Ana"),
        ),
        ({"event": "bot_paused", "by": "Ana", "on_the_way": 0}, ("Bot paused by Ana", "")),
        (
            {"event": "bot_paused", "by": "Ana", "on_the_way": 1},
            ("Bot paused by Ana", "1 message was already on its way"),
        ),
        (
            {"event": "bot_paused", "by": "Ana", "on_the_way": 2},
            ("Bot paused by Ana", "2 messages were already on their way"),
        ),
        (
            {"event": "bot_resumed", "by": "Ana", "at_step": "Which size?"},
            ("Bot resumed by Ana", "at “Which size?”"),
        ),
        (
            {"event": "bot_resumed_itself", "minutes": 30, "at_step": "Which size?"},
            ("Bot resumed automatically after 30 min", "at “Which size?”"),
        ),
        ({"event": "resolved", "by": "Ana"}, ("Conversation resolved by Ana", "")),
        ({"event": "reopened", "by": "customer"}, ("Customer wrote again", "reopened")),
        ({"event": "reopened", "by": "Ana"}, ("Reopened by Ana", "")),
        ({"event": "assigned", "to": "Ana", "by": "Ben"}, ("Assigned to Ana", "by Ben")),
        ({"event": "assigned", "to": "Ana", "by": "Ana"}, ("Assigned to Ana", "")),
    ],
    ids=lambda value: value.get("event") if isinstance(value, dict) else None,
)
def test_a_status_line_begins_as_people_know_it(event: dict[str, object], line: tuple[str, str]):
    assert words.status_line(event) == line


def test_an_event_without_words_is_named_and_not_hidden():
    assert words.status_line({"event": "moon_landed"}) == ("Moon landed", "")


@pytest.mark.parametrize(
    ("number", "written"),
    [("+525512345678", "+52 55 1234 5678"), ("", ""), ("not a number", "not a number")],
)
def test_a_phone_number_is_written_as_people_read_it(number: str, written: str):
    assert phone(number) == written


@pytest.mark.parametrize(
    ("code", "name"), [("es", "Spanish"), ("pt_BR", "Portuguese"), ("tlh", "tlh"), ("", "")]
)
def test_a_language_is_named_or_left_as_it_is(code: str, name: str):
    assert language(code) == name


@pytest.mark.parametrize(
    ("size", "written"), [(0, ""), (10, "1 KB"), (319_488, "312 KB"), (4_404_019, "4.2 MB")]
)
def test_a_file_size_is_rounded_to_what_matters(size: int, written: str):
    assert file_size(size) == written

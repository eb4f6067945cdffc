"""Secrets, and what people wrote, never reach a log."""

import io
import logging
from collections.abc import Iterator

import pytest

from jumper_app.web import redaction
from jumper_app.web.redaction import redacted


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What a log file would hold."""
    before = logging.getLogRecordFactory()
    redaction.install()
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield out
    root.setLevel(level)
    root.removeHandler(handler)
    logging.setLogRecordFactory(before)


@pytest.mark.parametrize(
    "text",
    [
        "Cookie: __Host-jumper=hush",
        "{'cookie': '__Host-jumper=hush; theme=dark'}",
        '{"cookie":"jumper=hush"}',
        "GET /_event/?EIO=4&token=hush&transport=websocket",
        "GET /webhooks/whatsapp?hub.verify_token=hush&hub.challenge=1",
        "Authorization: Bearer hush",
        "authorization=hush",
        "POST https://graph.facebook.com/v26.0/1?access_token=hush&appsecret_proof=hush",
        "{'access_token': b'hush'}",
        "X-Hub-Signature-256: sha256=hush",
        "password=hush",
        '"app_secret": "hush"',
        "Set-Cookie: jumper=hush; Path=/",
        "queue entry for Event(name='a.b', payload={'text': 'hush'}, router_data={}) [txid=1]:",
        "This may indicate a bug. Event data: {'name': 'x', 'payload': {'text': 'hush'}}",
        "Failed to deserialize event data: hush",
        "Task exception was never retrieved\nfuture: <Task finished exception=ValueError('hush')>",
        "Event data must be a dictionary, but received hush of type str",
        "Error transforming event argument 'text' with value 'hush' and type hint int",
    ],
)
def test_what_is_nobodys_business_is_left_out(text: str):
    assert "hush" not in redacted(text)
    assert "[left out]" in redacted(text)


@pytest.mark.parametrize(
    "text",
    [
        "No token provided in connection for session 1",
        "Desk.greet refused: bad_input",
        "csrftokens: 3",
        "listening on http://localhost:3000",
    ],
)
def test_what_helps_stays(text: str):
    assert redacted(text) == text


def test_arguments_of_a_record_are_redacted_too(lines: io.StringIO):
    logging.getLogger("any").warning("headers %s", {"cookie": "hush"})
    assert "hush" not in lines.getvalue()


def test_an_error_keeps_its_place_and_loses_its_secrets(lines: io.StringIO):
    try:
        raise ValueError("access_token=hush")
    except ValueError:
        logging.getLogger("any").exception("it broke")
    said = lines.getvalue()
    assert "ValueError" in said
    assert "test_redaction.py" in said
    assert "hush" not in said


def test_one_record_is_one_line(lines: io.StringIO):
    logging.getLogger("any").warning("harmless\nERROR: forged\r\x1b[2Jgone\u2028x")
    assert lines.getvalue() == "harmless\\nERROR: forged\\x0d\\x1b[2Jgone\\x2028x\n"


def test_a_record_that_does_not_fit_its_arguments_is_still_written(lines: io.StringIO):
    logging.getLogger("any").warning("%d apples", "hush")
    assert "apples" in lines.getvalue()

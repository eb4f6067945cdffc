"""The door to WhatsApp over a pretended network: what it asks, what it makes of answers."""

import asyncio
import json
from datetime import UTC, datetime

import httpx
import pytest
from pydantic import SecretStr

from jumper_app import clock
from jumper_app.channels.contract import (
    Identity,
    IdentityKind,
    Outbound,
    OutMedia,
    OutReaction,
    OutText,
    Upload,
)
from jumper_app.channels.meta.failures import (
    BadRequest,
    MediaRefused,
    NotReached,
    PermissionMissing,
    Temporary,
    Throttled,
    TokenRefused,
    Unanswered,
)
from jumper_app.channels.whatsapp.door import WhatsAppDoor
from jumper_app.channels.whatsapp.limits import MEDIA
from jumper_app.errors import SendFailed
from tests.channels.doors import ACCOUNT, GRAPH, TOKEN, always, breaks, with_door

NUMBER = Identity(kind=IdentityKind.WA_ID, value="46701740605")
HELLO = Outbound(reference="r1", recipient=(NUMBER,), content=OutText(text="Hello"))
PICTURE = Outbound(
    reference="r2",
    recipient=(NUMBER,),
    content=OutMedia(kind="image", attachment="a", caption="Look"),
)
REACTION = OutReaction(reference="r3", recipient=(NUMBER,), about="wamid.old", emoji="👍")
TAKEN = {
    "messaging_product": "whatsapp",
    "contacts": [{"input": "+46701740605", "wa_id": "46701740605", "user_id": "SE.1"}],
    "messages": [{"id": "wamid.new"}],
}


@pytest.fixture
def png(tmp_path):
    """A file of ours; that it is no real picture is not the door's business."""
    path = tmp_path / "bell"
    path.write_bytes(b"\x89PNG...")
    return Upload(filename="bell.png", mime="image/png", size=7, path=path)


def send(answer, message=HELLO, upload=None, account=ACCOUNT):
    return with_door(
        answer, lambda door: door.send(account, message, {"a": upload} if upload else {})
    )


def failure(answer, message=HELLO, upload=None, account=ACCOUNT):
    with pytest.raises(SendFailed) as caught:
        send(answer, message, upload, account)
    return caught.value


def by_path(answers):
    """Answer by the end of the path."""

    def handle(request):
        [found] = [each for end, each in answers.items() if request.url.path.endswith(end)]
        return found

    return handle


def test_a_text_is_posted_with_the_token_and_its_id_comes_back():
    sent, [request] = send(always(200, TAKEN))
    assert str(request.url) == f"{GRAPH}/v26.0/106540352242922/messages"
    assert request.headers["Authorization"] == f"Bearer {TOKEN}"
    assert json.loads(request.content)["text"]["body"] == "Hello"
    assert sent.external_id == "wamid.new"
    assert [each.value for each in sent.identities] == ["SE.1", "46701740605"]


def test_an_account_may_have_an_api_of_its_own():
    account = ACCOUNT.model_copy(update={"graph_url": "http://127.0.0.1:9/graph/"})
    _, [request] = send(always(200, TAKEN), account=account)
    assert str(request.url) == "http://127.0.0.1:9/graph/v26.0/106540352242922/messages"


def test_a_picture_is_uploaded_first_and_sent_by_its_id(png):
    answers = {
        "/media": httpx.Response(200, json={"id": "990011"}),
        "/messages": httpx.Response(200, json=TAKEN),
    }
    _, [upload, message] = send(by_path(answers), PICTURE, png)
    body = upload.content
    assert upload.headers["Content-Type"].startswith("multipart/form-data")
    assert b'name="messaging_product"\r\n\r\nwhatsapp' in body
    assert b'filename="bell.png"\r\nContent-Type: image/png\r\n\r\n\x89PNG...' in body
    assert json.loads(message.content)["image"] == {"id": "990011", "caption": "Look"}


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param(None, id="no-file"),
        pytest.param({"mime": "image/gif"}, id="wrong-kind"),
        pytest.param({"size": MEDIA["image"].bytes + 1}, id="too-large"),
    ],
)
def test_a_file_that_whatsapp_would_refuse_is_not_even_uploaded(png, changes):
    upload = changes and png.model_copy(update=changes)
    assert isinstance(failure(breaks(httpx.ReadError), PICTURE, upload), MediaRefused)


def test_a_caption_too_long_is_refused_before_the_upload(png):
    long = PICTURE.model_copy(
        update={"content": OutMedia(kind="image", attachment="a", caption="x" * 1025)}
    )
    assert isinstance(failure(breaks(httpx.ReadError), long, png), BadRequest)


@pytest.mark.parametrize(
    "error", [httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout], ids=lambda e: e.__name__
)
def test_when_nothing_left_it_may_be_tried_again(error):
    failed = failure(breaks(error))
    assert isinstance(failed, NotReached)
    assert (failed.retryable, failed.maybe_sent) == (True, False)


@pytest.mark.parametrize(
    "error",
    [
        httpx.ReadTimeout,
        httpx.ReadError,
        httpx.WriteTimeout,
        httpx.WriteError,
        httpx.RemoteProtocolError,
        httpx.CloseError,
        httpx.DecodingError,
        httpx.ProxyError,
    ],
    ids=lambda error: error.__name__,
)
def test_when_it_left_and_no_answer_came_nobody_knows(error):
    failed = failure(breaks(error))
    assert isinstance(failed, Unanswered)
    assert (failed.retryable, failed.maybe_sent) == (False, True)


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(httpx.Response(200, text="<html>"), id="html"),
        pytest.param(httpx.Response(200, text=""), id="empty"),
        pytest.param(httpx.Response(200, json=[]), id="a-list"),
        pytest.param(httpx.Response(200, json={}), id="without-messages"),
        pytest.param(httpx.Response(200, json={"messages": [{}]}), id="without-id"),
        pytest.param(httpx.Response(200, content=b"\xff{"), id="not-utf8"),
        pytest.param(httpx.Response(500, text="oops"), id="500-unexplained"),
        pytest.param(httpx.Response(502), id="502-empty"),
        pytest.param(httpx.Response(504, json={"error": "text"}), id="504-not-metas"),
        pytest.param(httpx.Response(408), id="408"),
    ],
)
def test_an_answer_that_says_nothing_leaves_it_open(answer):
    assert failure(lambda request: answer).maybe_sent


def test_a_reaction_is_posted_about_the_customers_message():
    _, [request] = with_door(always(200, TAKEN), lambda door: door.react(ACCOUNT, REACTION))
    body = json.loads(request.content)
    assert body["reaction"] == {"message_id": "wamid.old", "emoji": "👍"}
    assert body["biz_opaque_callback_data"] == "r3"


def test_a_reaction_that_nobody_answered_is_in_doubt():
    with pytest.raises(Unanswered):
        with_door(breaks(httpx.ReadTimeout), lambda door: door.react(ACCOUNT, REACTION))


@pytest.mark.parametrize("status", [200, 400, 500, 503])
def test_an_explicit_error_is_a_refusal_whatever_the_status(status):
    failed = failure(always(status, {"error": {"code": 131000, "message": "went wrong"}}))
    assert isinstance(failed, Temporary)
    assert (failed.maybe_sent, failed.provider_code) == (False, "131000")


@pytest.mark.parametrize("error", [httpx.ReadTimeout, httpx.ConnectError])
def test_an_upload_that_breaks_leaves_no_doubt(png, error):
    failed = failure(breaks(error), PICTURE, png)
    assert (failed.retryable, failed.maybe_sent) == (True, False)


def test_an_upload_answered_with_nothing_leaves_no_doubt(png):
    failed = failure(by_path({"/media": httpx.Response(200, json={})}), PICTURE, png)
    assert (failed.retryable, failed.maybe_sent) == (True, False)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("7", 7.0), ("0", 0.0), ("999999", 3600.0), ("soon", None), ("-5", None)],
)
def test_metas_wish_to_wait_is_kept(header, seconds):
    answer = always(429, {"error": {"code": 130429}}, headers={"Retry-After": header})
    assert failure(answer).retry_after_s == seconds


def test_a_wish_to_wait_may_be_a_date(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 23, 12, 0, tzinfo=UTC))
    headers = {"Retry-After": "Mon, 23 Nov 2026 12:01:30 GMT"}
    answer = always(429, {"error": {"code": 130429}}, headers=headers)
    assert failure(answer).retry_after_s == 90.0


@pytest.mark.parametrize(
    ("status", "member"),
    [(401, TokenRefused), (403, PermissionMissing), (429, Throttled), (404, BadRequest)],
)
def test_without_an_explanation_the_status_counts(status, member):
    assert type(failure(always(status))) is member


def test_a_redirect_is_not_followed():
    answer = always(302, headers={"Location": "https://elsewhere.example/"})
    assert isinstance(failure(answer), BadRequest)


@pytest.mark.parametrize("token", ["", "with\nnewline", "tökén"], ids=repr)
def test_a_token_that_cannot_be_one_never_leaves(token):
    account = ACCOUNT.model_copy(update={"token": SecretStr(token)})
    assert isinstance(failure(always(200, TAKEN), account=account), TokenRefused)


@pytest.mark.parametrize("external_id", ["..", "1/2", "1?x=", "", "é"], ids=repr)
def test_an_id_that_cannot_be_one_never_leaves(external_id):
    account = ACCOUNT.model_copy(update={"external_id": external_id})
    assert isinstance(failure(always(200, TAKEN), account=account), BadRequest)


def test_neither_token_nor_words_nor_number_stand_in_a_failure(caplog):
    caplog.set_level(0)
    refused = failure(always(400, {"error": {"code": 100, "message": "Invalid parameter"}}))
    broken = failure(breaks(httpx.ReadTimeout))
    told = f"{refused!r} {vars(refused)} {broken!r} {vars(broken)} {caplog.text}"
    assert not any(secret in told for secret in (TOKEN, "Hello", "46701740605"))


def test_reading_marks_the_message_and_shows_typing():
    _, [request] = with_door(
        always(200, {"success": True}),
        lambda door: door.mark_read(ACCOUNT, (), "wamid.theirs", typing=True),
    )
    assert json.loads(request.content) == {
        "messaging_product": "whatsapp",
        "status": "read",
        "message_id": "wamid.theirs",
        "typing_indicator": {"type": "text"},
    }


def test_a_read_mark_without_an_answer_can_simply_be_made_again():
    with pytest.raises(NotReached):
        with_door(
            breaks(httpx.ReadTimeout),
            lambda door: door.mark_read(ACCOUNT, (), "wamid.theirs", typing=False),
        )


def test_one_pool_serves_all_calls_of_a_loop():
    async def go():
        door = WhatsAppDoor(GRAPH, "v26.0", httpx.MockTransport(always(200, TAKEN)))
        graph = door._graph
        first = graph._client()
        await door.send(ACCOUNT, HELLO, {})
        same = graph._client() is first
        await door.aclose()
        return same, first.is_closed

    assert asyncio.run(go()) == (True, True)


def test_a_door_works_in_a_second_loop():
    door = WhatsAppDoor(GRAPH, "v26.0", httpx.MockTransport(always(200, TAKEN)))
    for _ in range(2):
        assert asyncio.run(door.send(ACCOUNT, HELLO, {})).external_id == "wamid.new"
    asyncio.run(door.aclose())

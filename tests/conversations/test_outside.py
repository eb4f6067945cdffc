"""What others say in our name, and who answers then: echoes, thread control, calls, opt-ins."""

import pytest

from jumper_app.bots.runs import answer_next
from jumper_app.channels import CHANNELS
from jumper_app.channels.contract import SHOW_OUTSIDE, Receipt, ReceiptState, Sent
from jumper_app.conversations.customer import card
from jumper_app.conversations.delivery import accepted, claim, refused
from jumper_app.conversations.optins import TOKENS
from jumper_app.conversations.replies import reply
from jumper_app.conversations.sealing import unseal
from jumper_app.conversations.takeover import pause_bot, resolve
from jumper_app.errors import SendFailed
from jumper_app.models import (
    Attachment,
    Conversation,
    Echoed,
    Message,
    OptInRow,
    Outbox,
    Owner,
    Wake,
)
from tests import make
from tests.house import conversation, every, lines, one, spoken, take
from tests.make import NOON, later

SHOWN = {SHOW_OUTSIDE: True}


@pytest.fixture(params=["whatsapp", "messenger"])
def channel(request):
    return request.param


@pytest.fixture
def us(channel):
    """The ids of our account and of a customer there, for the makers."""
    if channel == "messenger":
        return {"account": make.PAGE_ID}, make.fan()
    return {"account": make.PHONE_NUMBER_ID}, make.person()


def account(db, channel, **over):
    maker = make.page if channel == "messenger" else make.account
    return db.write(maker, **over)


@pytest.fixture
def ana(db):
    return db.write(make.agent)


@pytest.fixture
def told(db, channel, us):
    """Tell something of this channel's account and customer."""
    own, who = us

    def tell(item, at=None):
        recipient = who.identities if isinstance(item, Receipt) else who
        names = {"sender": who, "recipient": recipient, "person": who}
        present = {key: value for key, value in names.items() if key in type(item).model_fields}
        told = item.model_copy(update=own | present)
        return take(db, told, now=at or later(minutes=5), channel=channel)

    return tell


# --- What somebody says with another tool


def test_a_colleagues_words_elsewhere_silence_the_bot_and_stay_hidden(db, channel, told):
    account(db, channel, bot=True)
    told(make.inbound("Hello"))
    told(make.echo("Anna here", sent_at=later(minutes=1)))
    row = conversation(db)
    assert (row.owner, row.epoch, row.waiting_since) == (Owner.REQUESTED, 1, None)
    assert spoken(db) == ["Hello"]
    assert lines(db) == ["answered_outside"]
    assert every(db, Wake) == []


def test_where_the_switch_is_on_they_are_shown_and_marked(db, channel, told):
    account(db, channel, options=SHOWN)
    told(make.inbound("Hello"))
    told(make.echo("Anna here", sent_at=later(minutes=1)))
    assert spoken(db) == ["Hello", "Anna here"]
    row = one(db, Message, text="Anna here")
    assert (row.elsewhere, row.kind, row.agent_id) == (True, "agent", None)


def test_nothing_of_them_is_queued_to_be_sent(db, channel, told):
    account(db, channel, options=SHOWN)
    told(make.inbound("Hello"))
    told(make.echo("Anna here"))
    assert every(db, Outbox) == []


def test_they_do_not_open_the_reply_window(db, channel, told):
    account(db, channel, options=SHOWN)
    told(make.inbound("Hello", sent_at=NOON))
    told(make.echo("Anna here", sent_at=later(hours=3)))
    assert conversation(db).last_heard_at == NOON


def test_told_again_after_the_bot_was_resumed_they_do_not_silence_it_again(db, channel, told):
    account(db, channel, bot=True)
    told(make.inbound("Hello"))
    anna = make.echo("Anna here", sent_at=later(minutes=1))
    told(anna)
    db.write(give_to_the_bot)
    told(anna)
    assert conversation(db).owner == Owner.BOT


def give_to_the_bot(work):
    from sqlmodel import select

    row = work.exec(select(Conversation)).one()
    row.owner = Owner.BOT


def test_an_agent_who_answers_keeps_the_conversation(db, channel, told, ana):
    account(db, channel, bot=True)
    told(make.inbound("Hello"))
    db.write(pause_bot, conversation_id=conversation(db).id, agent_id=ana.id, now=NOON)
    told(make.echo("Anna here"))
    row = conversation(db)
    assert (row.owner, row.agent_id) == (Owner.AGENT, ana.id)


def test_a_stranger_who_is_written_to_elsewhere_opens_no_conversation(db, channel, told):
    account(db, channel, bot=True)
    told(make.echo("Anna here"))
    assert every(db, Conversation) == []


def test_whoever_was_written_to_elsewhere_a_moment_ago_is_not_greeted_by_the_bot(db, channel, told):
    account(db, channel, bot=True)
    told(make.echo("Anna here", sent_at=NOON), NOON)
    told(make.inbound("Thanks, Anna", sent_at=later(minutes=1)), later(minutes=1))
    assert conversation(db).owner == Owner.REQUESTED
    assert every(db, Wake) == []


def test_a_day_later_the_bot_greets_again(db, channel, told):
    account(db, channel, bot=True)
    told(make.echo("Anna here", sent_at=NOON), NOON)
    told(make.inbound("Me again", sent_at=later(hours=25)), later(hours=25))
    assert conversation(db).owner == Owner.BOT


def test_resolved_and_answered_elsewhere_the_bot_does_not_take_it_up(db, channel, told, ana):
    account(db, channel, bot=True)
    told(make.inbound("Hello"))
    db.write(resolve, conversation_id=conversation(db).id, agent_id=ana.id, now=later(minutes=1))
    told(make.echo("Anna here", sent_at=later(hours=30)), later(hours=30))
    told(make.inbound("Thanks", sent_at=later(hours=31)), later(hours=31))
    assert conversation(db).owner == Owner.REQUESTED


def test_our_own_words_coming_back_settle_the_send_and_silence_nobody(db, channel, told, ana):
    account(db, channel, bot=True)
    told(make.inbound("Hello"))
    key = conversation(db).id
    sent = db.write(
        reply, conversation_id=key, agent_id=ana.id, text="Hi", client_key="k", now=later(minutes=1)
    )
    ours = one(db, Message, id=sent.message_id)
    told(make.echo("Hi", external_id="echo.1", our_reference=ours.public_id))
    row = one(db, Message, id=ours.id)
    assert (row.external_id, row.delivery, row.elsewhere) == ("echo.1", "sent", False)
    assert one(db, Outbox).state == "sent"
    assert one(db, Echoed).outside is False


def send(db, ana, text="Hi"):
    """Queue words of Ana's and claim them; our message's id, and the claim."""
    key = conversation(db).id
    told = db.write(
        reply, conversation_id=key, agent_id=ana.id, text=text, client_key="k", now=later(minutes=1)
    )
    (claimed,) = db.write(claim, worker="main", now=later(minutes=1), limit=9)
    return told.message_id, claimed


def bot_says(db):
    """Let the bot answer, and claim its first words; the claim and the words."""
    while db.write(answer_next, now=later(minutes=1)):
        pass
    (claimed,) = db.write(claim, worker="main", now=later(minutes=1), limit=9)
    return claimed, one(db, Message, id=claimed.message_id).text


def test_the_bots_own_words_that_come_back_before_their_answer_do_not_silence_it(db, channel, told):
    account(db, channel, bot=True)
    told(make.inbound("Hello"))
    claimed, text = bot_says(db)
    told(make.echo(text, external_id="echo.1", sent_at=later(minutes=2)))
    assert (conversation(db).owner, lines(db)) == (Owner.BOT, ["bot_triggered"])
    db.write(accepted, claimed, Sent(external_id="echo.1"), later(minutes=3))
    assert (conversation(db).owner, lines(db)) == (Owner.BOT, ["bot_triggered"])


@pytest.mark.parametrize("ending", ["accepted", "refused"])
def test_a_colleague_who_said_the_very_same_silences_the_bot_when_the_answer_is_here(
    db, channel, told, ending
):
    account(db, channel, bot=True)
    told(make.inbound("Hello"))
    claimed, text = bot_says(db)
    told(make.echo(text, external_id="echo.1", sent_at=later(minutes=2)))
    if ending == "accepted":
        db.write(accepted, claimed, Sent(external_id="another.1"), later(minutes=3))
    else:
        db.write(refused, claimed, SendFailed("No."), later(minutes=3))
    assert conversation(db).owner == Owner.REQUESTED
    assert lines(db) == ["bot_triggered", "answered_outside"]


def test_other_words_silence_the_bot_at_once_whatever_is_on_its_way(db, channel, told):
    account(db, channel, bot=True)
    told(make.inbound("Hello"))
    bot_says(db)
    told(make.echo("Anna here", sent_at=later(minutes=2)))
    assert conversation(db).owner == Owner.REQUESTED


@pytest.mark.parametrize("options", [None, SHOWN], ids=["hidden", "shown"])
def test_the_beginning_says_what_is_not_shown(db, channel, told, options):
    account(db, channel, options=options)
    told(make.inbound("Hello"))
    said = db.look(card, conversation(db).id, NOON).unshown
    assert said == ("" if options else CHANNELS[channel].wording.unshown)
    assert CHANNELS[channel].wording.unshown.endswith("are not shown.")


@pytest.mark.parametrize("options", [{}, SHOWN], ids=["hidden", "shown"])
@pytest.mark.parametrize("first", ["echo", "answer"])
def test_an_echo_that_does_not_say_whose_it_is_is_ours_when_the_answer_names_it(
    db, channel, told, ana, options, first
):
    account(db, channel, options=options)
    told(make.inbound("Hello"))
    ours, claimed = send(db, ana)
    echo = make.echo("Hi", external_id="echo.1", sent_at=later(minutes=2))
    if first == "echo":
        told(echo)
    db.write(accepted, claimed, Sent(external_id="echo.1"), later(minutes=3))
    told(echo)
    assert spoken(db) == ["Hello", "Hi"]
    row = one(db, Message, kind="agent")
    assert (row.id, row.external_id, row.delivery, row.elsewhere) == (ours, "echo.1", "sent", False)
    assert one(db, Outbox).state == "sent"
    assert one(db, Echoed).outside is False
    assert conversation(db).preview == "Hi"


def test_what_was_said_about_such_an_echo_is_said_about_our_message(db, channel, told, ana):
    account(db, channel, options=SHOWN)
    told(make.inbound("Hello"))
    ours, claimed = send(db, ana)
    told(make.echo("Hi", external_id="echo.1", sent_at=later(minutes=2)))
    told(make.amendment("reaction", "echo.1", emoji="👍"))
    told(make.receipt("echo.1", ReceiptState.READ))
    db.write(accepted, claimed, Sent(external_id="echo.1"), later(minutes=3))
    row = one(db, Message, id=ours)
    assert (row.reactions, row.delivery) == ([{"person": "customer", "emoji": "👍"}], "read")


def test_open_screens_hear_that_such_an_echo_is_gone(db, channel, told, ana):
    account(db, channel, options=SHOWN)
    told(make.inbound("Hello"))
    _, claimed = send(db, ana)
    told(make.echo("Hi", external_id="echo.1", sent_at=later(minutes=2)))
    standin = one(db, Message, external_id="echo.1").id
    heard = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(db.hub, "tell", heard.extend)
        db.write(accepted, claimed, Sent(external_id="echo.1"), later(minutes=3))
    touched = [key for event in heard for key in getattr(event, "message_ids", ())]
    assert standin in touched


def test_an_old_conversation_that_is_imported_is_shown_whole_and_silences_nobody(db, channel, told):
    account(db, channel, bot=True)
    told(make.inbound("Hello"))
    told(make.echo("Long ago", sent_at=later(hours=-50), historical=True))
    assert spoken(db) == ["Long ago", "Hello"]
    assert conversation(db).owner == Owner.BOT


def test_a_receipt_of_hidden_words_waits_in_peace(db, channel, told):
    account(db, channel, bot=True)
    told(make.inbound("Hello"))
    told(make.echo("Anna here", external_id="echo.1"))
    told(make.receipt("echo.1", ReceiptState.READ))
    assert spoken(db) == ["Hello"]


# --- Thread control


@pytest.mark.parametrize("kind", ["passed", "taken"])
def test_whoever_gets_control_the_bot_falls_silent(db, channel, told, kind):
    account(db, channel, bot=True)
    told(make.inbound("Hello"))
    told(make.control(kind, at=later(minutes=1)))
    assert conversation(db).owner == Owner.REQUESTED
    [line] = every(db, Message, kind="status")
    assert (line.content["event"], line.content["other"]) == (
        f"control_{kind}",
        "Facebook's inbox",
    )
    assert line.at == later(minutes=1)


@pytest.mark.parametrize("kind", ["requested", "gained"])
def test_a_request_for_control_and_our_own_taking_change_nothing(db, channel, told, kind):
    account(db, channel, bot=True)
    told(make.inbound("Hello"))
    told(make.control(kind))
    assert conversation(db).owner == Owner.BOT
    assert lines(db) == [f"control_{kind}"]


# --- Arrivals, calls, reactions: what opens the window


def test_an_arrival_through_a_link_opens_the_window_and_says_so_once(db, channel, told):
    account(db, channel)
    arrival = make.arrival(at=later(minutes=2))
    told(arrival)
    told(arrival)
    assert conversation(db).last_heard_at == later(minutes=2)
    assert lines(db) == ["arrived"]
    assert conversation(db).heard == 0


def test_a_reaction_opens_the_window_where_the_provider_says_so(db, channel, told):
    account(db, channel)
    told(make.inbound("Hello", external_id="first", sent_at=NOON))
    told(make.amendment("reaction", "first", emoji="👍", sent_at=later(hours=2)))
    assert conversation(db).last_heard_at == NOON
    opening = make.amendment(
        "reaction", "first", emoji="🎉", sent_at=later(hours=3), opens_window=True
    )
    told(opening)
    assert conversation(db).last_heard_at == later(hours=3)


@pytest.mark.parametrize("order", [[0, 1, 2], [2, 1, 0]], ids=["in-order", "backwards"])
def test_a_call_is_one_line_whatever_is_told_of_it_first(db, channel, told, order):
    account(db, channel)
    news = [
        make.call("began", at=later(minutes=1)),
        make.call("answered", at=later(minutes=2), by_customer=False),
        make.call("ended", at=later(minutes=3), seconds=65),
    ]
    for place in order:
        told(news[place])
    [line] = every(db, Message, kind="status")
    told_of_it = {key: line.content[key] for key in ("state", "seconds", "by_customer")}
    assert told_of_it == {"state": "ended", "seconds": 65, "by_customer": True}
    assert line.at == later(minutes=1)
    assert conversation(db).last_heard_at == later(minutes=3)


def test_a_call_of_ours_opens_no_window(db, channel, told):
    account(db, channel)
    told(make.call("began", by_customer=False))
    assert conversation(db).last_heard_at is None


# --- Opt-ins


def test_an_opt_in_is_a_line_and_its_token_is_kept_sealed(db, channel, told):
    from pydantic import SecretStr

    account(db, channel)
    told(make.opt_in(token=SecretStr("leave-to-write"), at=later(minutes=1)))
    row = one(db, OptInRow)
    assert b"leave-to-write" not in row.sealed
    assert unseal(row.sealed, TOKENS).get_secret_value() == "leave-to-write"
    assert lines(db) == ["opt_in_accepted"]
    assert "leave-to-write" not in str(one(db, Message).content)


def test_an_opt_in_opens_no_window(db, channel, told):
    account(db, channel)
    told(make.opt_in())
    assert conversation(db).last_heard_at is None


def test_an_opt_out_says_so_and_told_twice_it_is_one_line(db, channel, told):
    account(db, channel)
    stop = make.opt_in("stopped", kind="marketing")
    told(stop)
    told(stop)
    assert lines(db) == ["opt_in_stopped"]
    assert len(every(db, OptInRow)) == 1


# --- Several files in one message


def test_an_album_is_one_message_with_all_its_files(db, channel, told):
    from jumper_app.channels.contract import Media, MediaRef

    account(db, channel)
    files = [MediaRef(url=f"https://scontent.fbcdn.net/{n}.jpg") for n in range(4)]
    album = Media(kind="image", media=files[0], more=tuple(files[1:]))
    told(make.inbound(content=album))
    assert len(every(db, Message)) == 1
    assert [row.source["url"][-5:] for row in every(db, Attachment)] == [
        "0.jpg",
        "1.jpg",
        "2.jpg",
        "3.jpg",
    ]

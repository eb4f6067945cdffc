"""Switches and texts of an account: what was set, else what the channel says."""

from dataclasses import replace

import pytest

from jumper_app.channels import CHANNELS
from jumper_app.channels.contract import Option
from jumper_app.conversations import accounts
from jumper_app.models import ChannelAccount
from tests.make import NOON

OPTIONS = (
    Option(name="loud", label="Loud", default=True),
    Option(name="greeting", label="Greeting", kind="text", default="Hello"),
    Option(name="sites", label="Sites", kind="lines", default=""),
)


@pytest.fixture
def account(monkeypatch: pytest.MonkeyPatch) -> ChannelAccount:
    channel = replace(CHANNELS["whatsapp"], options=OPTIONS)
    monkeypatch.setitem(CHANNELS, "whatsapp", channel)
    return ChannelAccount(
        channel="whatsapp", external_id="1", name="Shop", sealed=b"", created_at=NOON
    )


def test_the_channels_default_counts_until_somebody_sets_it(account: ChannelAccount):
    assert accounts.option(account, "loud") is True
    account.options = {"loud": False, "greeting": "Hej"}
    assert accounts.option(account, "loud") is False
    assert accounts.option(account, "greeting") == "Hej"


def test_a_stored_value_of_another_kind_does_not_count(account: ChannelAccount):
    account.options = {"loud": "yes", "greeting": True}
    assert accounts.option(account, "loud") is True
    assert accounts.option(account, "greeting") == "Hello"


def test_an_option_that_the_channel_does_not_have_is_off(account: ChannelAccount):
    account.options = {"quiet": True}
    assert accounts.option(account, "quiet") is False


def test_an_option_of_lines_is_read_line_by_line(account: ChannelAccount):
    account.options = {"sites": " https://a.example \n\nhttps://b.example\n"}
    assert accounts.option_lines(account, "sites") == ("https://a.example", "https://b.example")

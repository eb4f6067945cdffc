"""What a channel says about itself can be drawn, filled in and stored."""

import pytest
from pydantic import ValidationError

from jumper_app.channels import CHANNELS
from jumper_app.channels.contract import Channel, Option


@pytest.fixture(params=CHANNELS.values(), ids=list(CHANNELS))
def channel(request: pytest.FixtureRequest) -> Channel:
    return request.param


def test_every_field_and_option_has_a_name_of_its_own(channel: Channel):
    fields = [each.name for each in channel.form]
    options = [each.name for each in channel.options]
    assert len(set(fields)) == len(fields)
    assert len(set(options)) == len(options)


def test_one_field_and_no_more_becomes_each_part_of_an_account(channel: Channel):
    parts = [each.goes for each in channel.form if each.goes != "option"]
    assert len(set(parts)) == len(parts)
    assert "external_id" in parts


def test_a_field_that_fills_an_option_has_its_name(channel: Channel):
    named = {each.name for each in channel.form if each.goes == "option"}
    assert named <= {each.name for each in channel.options}


def test_who_is_posted_to_asks_for_the_secret_and_the_verify_token(channel: Channel):
    parts = {each.goes for each in channel.form}
    assert not channel.setup.callback or parts >= {"app_secret", "verify_token"}


def test_what_is_secret_is_asked_for_as_a_secret(channel: Channel):
    secret = {"token", "app_secret", "verify_token"}
    assert all(each.kind == "secret" for each in channel.form if each.goes in secret)


def test_a_default_that_does_not_fit_its_option_is_refused():
    with pytest.raises(ValidationError):
        Option(name="greeting", label="Greeting", kind="text", default=True)

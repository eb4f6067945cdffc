"""A text's length: the browser and the server count as the channels do, in code points.

WhatsApp: a text of 4,096 characters (``meta/api.md`` 3), in Meta's OpenAPI file a ``maxLength``,
which JSON Schema counts in code points. Messenger: 2,000 characters, UTF-8 (``meta/api.md`` 9).
"""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from jumper_app.channels import CHANNELS
from jumper_app.channels.contract import OutText
from jumper_app.conversations.outgoing import check_fits
from jumper_app.errors import SendRefused

pytestmark = pytest.mark.browser

SCRIPT = Path(__file__).parents[2] / "assets" / "composer" / "count.js"
MOST = {"whatsapp": 4096, "messenger": 2000, "webchat": 4000}

TEXTS = {
    "plain": ("Hello", 5),
    "beyond the first plane": ("😀😀", 2),
    "a family": ("👨‍👩‍👧‍👦", 7),
    "a flag": ("🇸🇪", 2),
    "a skin": ("👍🏽", 2),
    "an accent of its own": ("e\u0301", 2),
    "the same in one": ("é", 1),
    "many accents": ("Z̸͍͠", 4),
    "from right to left": ("שלום", 4),
    "with marks": ("\u200fمرحبا\u200e", 7),
    "of a script with clusters": ("नमस्ते", 6),
    "white space around": ("  a b \n", 3),
    "lines": ("a\nb", 3),
    "an old ideograph": ("𠮷", 1),
    "only white space": (" \n\t ", 0),
}


@pytest.fixture(scope="module")
def page(real_browser: Browser):
    page = real_browser.new_page()
    page.route(
        "http://jumper.test/**",
        lambda route: (
            route.fulfill(path=SCRIPT)
            if route.request.url.endswith(".js")
            else route.fulfill(body="<!doctype html>", content_type="text/html")
        ),
    )
    page.goto("http://jumper.test/")
    page.evaluate("async () => { window.count = (await import('/count.js')).sentLength; }")
    yield page
    page.close()


@pytest.mark.parametrize("name", TEXTS)
def test_the_browser_counts_code_points(page: Page, name):
    text, length = TEXTS[name]
    assert page.evaluate("text => window.count(text)", text) == length == len(text.strip())


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(
        st.characters(exclude_categories=["Cs"], exclude_characters="\x1c\x1d\x1e\x1f\x85\ufeff")
    )
)
def test_whatever_is_written_browser_and_server_count_the_same(page: Page, text):
    assert page.evaluate("text => window.count(text)", text) == len(text.strip())


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("channel", CHANNELS)
def test_the_limit_of_a_channel_is_met_on_the_dot(page: Page, channel, name):
    text, length = TEXTS[name]
    most = MOST[channel]
    whole = (text.strip() * most)[: most - 1] + "x" if length else "x" * most
    assert page.evaluate("text => window.count(text)", whole) == most
    check_fits(CHANNELS[channel], OutText(text=whole))
    with pytest.raises(SendRefused, match=f"at most {most} characters"):
        check_fits(CHANNELS[channel], OutText(text=whole + "x"))

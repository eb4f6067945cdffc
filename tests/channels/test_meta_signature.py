"""Only what Meta signed comes in: one good request and what can be done to it."""

import hashlib
import hmac

import pytest
from pydantic import SecretStr

from jumper_app.channels.meta import challenge, is_signed, sign

SECRET = SecretStr("0f1e2d3c4b5a69788796a5b4c3d2e1f0")
OLD_SECRET = SecretStr("11112222333344445555666677778888")
BODY = '{"object":"whatsapp_business_account","text":"Malm\\u00f6 \\/ 🚲 ö","entry":[]}'.encode()
GOOD = sign(BODY, SECRET)
HEX = GOOD.removeprefix("sha256=")

HEADERS = {
    "nothing": "",
    "prefix-alone": "sha256=",
    "no-prefix": HEX,
    "upper-case-digits": f"sha256={HEX.upper()}",
    "upper-case-prefix": f"SHA256={HEX}",
    "sha1-prefix": f"sha1={HEX}",
    "sha512-prefix": f"sha512={HEX}",
    "a-real-sha1": "sha1=" + hmac.new(b"0f1e", BODY, "sha1").hexdigest(),
    "one-digit-short": GOOD[:-1],
    "half": GOOD[:39],
    "one-digit-long": GOOD + "0",
    "doubled": GOOD + GOOD,
    "listed-twice": f"{GOOD}, {GOOD}",
    "space-before": " " + GOOD,
    "space-after": GOOD + " ",
    "space-inside": f"sha256= {HEX}",
    "newline-after": GOOD + "\n",
    "quoted": f'"{GOOD}"',
    "colon-for-equals": f"sha256:{HEX}",
    "first-digit-changed": "sha256=" + format(int(HEX[0], 16) ^ 1, "x") + HEX[1:],
    "last-digit-changed": GOOD[:-1] + format(int(HEX[-1], 16) ^ 1, "x"),
    "reversed": "sha256=" + HEX[::-1],
    "zeros": "sha256=" + "0" * 64,
    "not-hex": "sha256=" + "z" * 64,
    "not-ascii": "sha256=" + "é" * 64,
    "lone-surrogate": "sha256=\udcff" + HEX[1:],
    "nul": "sha256=" + HEX[:-1] + "\x00",
    "full-width-digits": GOOD.translate({ord("0") + n: 0xFF10 + n for n in range(10)}),
    "unkeyed-digest": "sha256=" + hashlib.sha256(BODY).hexdigest(),
    "keyed-with-nothing": "sha256=" + hmac.new(b"", BODY, "sha256").hexdigest(),
    "keyed-with-another": sign(BODY, OLD_SECRET),
    "of-another-body": sign(b"{}", SECRET),
    "endless": "sha256=" + "a" * 100_000,
}

BODIES = {
    "empty": b"",
    "one-byte-more": BODY + b" ",
    "newline-at-the-end": BODY + b"\n",
    "one-byte-less": BODY[:-1],
    "one-bit-flipped": bytes([BODY[0] ^ 1]) + BODY[1:],
    "byte-order-mark": b"\xef\xbb\xbf" + BODY,
    "escapes-resolved": BODY.replace(b"\\u00f6", "ö".encode()),
    "slash-unescaped": BODY.replace(b"\\/", b"/"),
    "letters-escaped": BODY.replace(" ö".encode(), b" \\u00f6"),
    "spaces-added": BODY.replace(b":", b": "),
    "another-encoding": BODY.decode().encode("utf-16"),
}


def test_what_meta_signed_comes_in():
    assert is_signed(BODY, GOOD, [SECRET])


@pytest.mark.parametrize("header", HEADERS.values(), ids=HEADERS.keys())
def test_a_changed_signature_stays_out(header):
    assert not is_signed(BODY, header, [SECRET])


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
def test_a_changed_body_stays_out(body):
    assert body != BODY
    assert not is_signed(body, GOOD, [SECRET])


def test_the_table_has_thirty_changes_at_least():
    assert len(set(HEADERS.values()) | {GOOD}) - 1 + len(set(BODIES.values())) >= 30


@pytest.mark.parametrize("secret", [SECRET, OLD_SECRET], ids=["new", "old"])
def test_while_a_secret_is_rotated_both_count(secret):
    assert is_signed(BODY, sign(BODY, secret), [SECRET, OLD_SECRET])


def test_without_secrets_nothing_comes_in():
    assert not is_signed(BODY, GOOD, [])


def test_an_empty_secret_signs_nothing():
    empty = SecretStr("")
    assert not is_signed(BODY, sign(BODY, empty), [empty])


TOKEN = SecretStr("open-sesame")
HANDSHAKE = {
    "hub.mode": "subscribe",
    "hub.challenge": "1158201444",
    "hub.verify_token": "open-sesame",
}


def test_the_handshake_gives_the_challenge_back():
    assert challenge(HANDSHAKE, [SecretStr("another"), TOKEN]) == "1158201444"


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"hub.mode": "unsubscribe"}, id="another-mode"),
        pytest.param({"hub.mode": ""}, id="no-mode"),
        pytest.param({"hub.verify_token": "Open-sesame"}, id="wrong-token"),
        pytest.param({"hub.verify_token": ""}, id="no-token"),
        pytest.param({"hub.verify_token": "ö\udcff"}, id="token-not-ascii"),
        pytest.param({"hub.challenge": ""}, id="no-challenge"),
        pytest.param({"hub.challenge": "9" * 513}, id="challenge-too-long"),
    ],
)
def test_a_wrong_handshake_gets_nothing(change):
    assert challenge(HANDSHAKE | change, [TOKEN]) is None


def test_an_account_without_a_token_has_no_handshake():
    assert challenge(HANDSHAKE | {"hub.verify_token": ""}, [SecretStr("")]) is None

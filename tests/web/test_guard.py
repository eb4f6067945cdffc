"""What is turned away at the outermost door."""

from ipaddress import ip_network

import pytest
from starlette.responses import PlainTextResponse

from jumper_app.people import cookie
from jumper_app.settings import Settings
from jumper_app.web.addresses import client_address, hosts_of
from jumper_app.web.guard import Guard, Rules, rules_from
from tests.web.visitors import echo, handshake, path_of, visitor

LOCAL = frozenset({"http://localhost:3000", "http://127.0.0.1:3000", "http://[::1]:3000"})
PROXY = (ip_network("10.0.0.0/8"),)


async def only_ana(token: str) -> bool:
    return token == "ana"


def door(**rules) -> Guard:
    return Guard(echo, Rules(**{"origins": LOCAL, **rules}), only_ana)


def public(**rules) -> Guard:
    return door(
        origins=frozenset({"https://chat.example.com"}),
        cookie_name=cookie.SECURE_NAME,
        https=True,
        **rules,
    )


SIGNED_IN = {"cookie": "jumper=ana"}


@pytest.mark.parametrize(
    "host", ["localhost:3000", "127.0.0.1:3000", "[::1]:3000", "LOCALHOST:3000"]
)
async def test_our_own_names_are_served(host: str):
    answer = await visitor(door()).get("/", headers={**SIGNED_IN, "host": host})
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "localhost",
        "localhost:3001",
        "localhost:3000.evil.example",
        "evil.example:3000",
        "192.0.2.1:3000",
        "",
    ],
)
async def test_another_name_is_not_served(host: str):
    answer = await visitor(door()).get("/", headers={**SIGNED_IN, "host": host})
    assert answer.status_code == 421
    assert await handshake(door(), host=host, cookie="jumper=ana") == "refused"


async def test_a_probe_may_use_any_name():
    answer = await visitor(door()).get("/healthz", headers={"host": "10.1.2.3:3000"})
    assert answer.status_code == 200


def test_the_ports_that_browsers_leave_out_are_optional():
    assert hosts_of(["https://a.example"]) == {"a.example", "a.example:443"}
    assert hosts_of(["http://a.example:80"]) == {"a.example", "a.example:80"}
    assert hosts_of(["http://a.example:3000"]) == {"a.example:3000"}


STRANGE = [
    "https://evil.example",
    "null",
    "http://localhost:3001",
    "https://localhost:3000",
    "http://localhost:3000.evil.example",
    "http://localhost",
    "",
]


@pytest.mark.parametrize("origin", STRANGE)
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
async def test_another_sites_form_is_refused(origin: str, method: str):
    answer = await visitor(door()).request(
        method, "/auth/login", headers={**SIGNED_IN, "origin": origin}
    )
    assert answer.status_code == 403
    assert "inside" not in answer.text


@pytest.mark.parametrize("origin", STRANGE)
async def test_another_sites_websocket_is_refused(origin: str):
    assert await handshake(door(), cookie="jumper=ana", origin=origin) == "refused"


async def test_our_own_origin_is_let_in():
    headers = {**SIGNED_IN, "origin": "http://127.0.0.1:3000"}
    assert (await visitor(door()).post("/auth/login", headers=headers)).status_code == 200
    assert (
        await handshake(door(), cookie="jumper=ana", origin="http://localhost:3000") == "accepted"
    )


@pytest.mark.parametrize(
    ("site", "status"), [("cross-site", 403), ("same-site", 403), ("none", 200)]
)
async def test_a_browser_that_hides_its_origin_still_says_where_it_comes_from(
    site: str, status: int
):
    answer = await visitor(door()).post("/auth/logout", headers={"sec-fetch-site": site})
    assert answer.status_code == status


async def test_a_machine_that_is_no_browser_needs_no_origin():
    assert (await visitor(door()).post("/auth/login")).status_code == 200


@pytest.mark.parametrize("path", ["/webhooks/whatsapp", "/simulator/graph/v26.0/1/messages"])
async def test_doors_with_a_proof_of_their_own_do_not_look_at_the_origin(path: str):
    answer = await visitor(door()).post(path, headers={"origin": "https://evil.example"})
    assert answer.status_code == 200


@pytest.mark.parametrize("cookie_sent", ["", "jumper=ben", "xjumper=ana", "__Host-jumper=ana"])
async def test_the_panels_websocket_needs_a_session(cookie_sent: str):
    assert await handshake(door(), cookie=cookie_sent) == "refused"
    assert await handshake(door(check_handshake=False), cookie=cookie_sent) == "accepted"


async def test_over_https_a_plain_cookie_opens_nothing():
    host = "chat.example.com"
    assert await handshake(public(), host=host, cookie="jumper=ana") == "refused"
    assert await handshake(public(), host=host, cookie="__Host-jumper=ana") == "accepted"


@pytest.mark.parametrize(
    "path", ["/_upload", "/_upload/", "/_upload/x.html", "/_upload/../_upload"]
)
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "OPTIONS", "HEAD"])
async def test_reflexs_upload_is_not_there(path: str, method: str):
    answer = await visitor(door()).request(method, path, headers=SIGNED_IN)
    assert answer.status_code == 404


@pytest.mark.parametrize("encoding", ["gzip", "br", "GZIP", "gzip, identity", "x"])
async def test_a_packed_body_is_refused(encoding: str):
    answer = await visitor(door()).post(
        "/webhooks/whatsapp", content=b"x", headers={"content-encoding": encoding}
    )
    assert answer.status_code == 415


PAGES = [
    "/",
    "/c/0123",
    "/settings/channels",
    "/simulator",
    "/index.html",
    "/c/[cid].HTML",
    "/nowhere",
]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("accept", ["text/html", "*/*", "application/json"])
async def test_a_page_without_a_session_leads_to_sign_in(path: str, method: str, accept: str):
    answer = await visitor(door()).request(method, path, headers={"accept": accept})
    assert answer.status_code == 303
    assert path_of(answer).startswith("/login")


async def test_after_sign_in_one_comes_back_to_the_page_one_wanted():
    answer = await visitor(door()).get("/c/01?tab=bot&x=1")
    assert path_of(answer) == "/login?next=%2Fc%2F01%3Ftab%3Dbot%26x%3D1"


@pytest.mark.parametrize("path", PAGES)
async def test_a_page_with_a_session_is_served(path: str):
    assert (await visitor(door()).get(path, headers=SIGNED_IN)).status_code == 200


@pytest.mark.parametrize(
    "path",
    ["/login", "/setup/abc", "/webhooks/whatsapp", "/media/1", "/healthz", "/favicon.ico",
     "/assets/index-abc.js", "/fonts/inter-latin.woff2", "/ping", "/simulator/graph/v26.0/1"],
)  # fmt: skip
async def test_what_is_no_page_answers_for_itself(path: str):
    assert (await visitor(door()).get(path)).status_code == 200


@pytest.mark.parametrize("path", ["/loginx", "/mediax", "/setupx", "/webhooksx"])
async def test_a_path_that_only_begins_alike_is_a_page(path: str):
    assert (await visitor(door()).get(path)).status_code == 303


@pytest.mark.parametrize("path", ["/", "/assets/a.js", "/login", "/_upload", "/webhooks/whatsapp"])
async def test_every_answer_carries_the_headers(path: str):
    answer = await visitor(door()).get(path)
    policy = answer.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in policy
    assert "base-uri 'none'" in policy
    assert "object-src 'none'" in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert "strict-transport-security" not in answer.headers


async def test_an_answer_that_is_given_twice_carries_each_header_once():
    guard = Guard(PlainTextResponse("ok"), Rules(origins=LOCAL), only_ana)
    for _ in range(2):
        answer = await visitor(guard).get("/login")
        assert len(answer.headers.get_list("x-frame-options")) == 1


async def test_a_stricter_policy_of_an_answer_is_kept():
    answer = await visitor(door()).get("/media/1")
    assert answer.headers["content-security-policy"] == "sandbox"


async def test_https_is_asked_for_once_the_address_is_https():
    answer = await visitor(public(), at="https://chat.example.com").get("/login")
    assert answer.headers["strict-transport-security"] == "max-age=31536000"


@pytest.mark.parametrize(
    ("peer", "said", "believed"),
    [
        pytest.param("192.0.2.7", "1.2.3.4", "192.0.2.7", id="a-stranger-lies"),
        pytest.param("10.0.0.1", "1.2.3.4", "1.2.3.4", id="a-proxy-tells"),
        pytest.param("10.0.0.1", "6.6.6.6, 1.2.3.4", "1.2.3.4", id="a-stranger-lies-to-the-proxy"),
        pytest.param("10.0.0.1", "1.2.3.4, 10.0.0.2", "1.2.3.4", id="two-proxies"),
        pytest.param("10.0.0.1", "", "10.0.0.1", id="the-proxy-itself"),
        pytest.param("10.0.0.1", "unknown", "unknown", id="not-an-address"),
    ],
)
def test_only_a_trusted_proxy_names_the_client(peer: str, said: str, believed: str):
    scope = {"client": (peer, 1), "headers": [(b"x-forwarded-for", said.encode())]}
    assert client_address(scope, PROXY) == believed


async def test_routes_behind_the_door_see_the_client_that_the_proxy_names():
    guard = door(trusted_proxies=PROXY)
    seen = await visitor(guard, address="10.0.0.1").get(
        "/login", headers={"x-forwarded-for": "1.2.3.4"}
    )
    assert seen.text == "inside, from 1.2.3.4"


@pytest.mark.parametrize(("address", "status"), [("10.0.0.1", 200), ("192.0.2.7", 421)])
async def test_only_a_trusted_proxy_names_the_host(address: str, status: int):
    guard = public(trusted_proxies=PROXY)
    headers = {"host": "inside:3000", "x-forwarded-host": "chat.example.com"}
    answer = await visitor(guard, address=address).get("/login", headers=headers)
    assert answer.status_code == status


def test_the_rules_follow_from_the_settings():
    rules = rules_from(Settings.read({"JUMPER_PUBLIC_URL": "https://Chat.example.com"}))
    assert rules.origins == {"https://chat.example.com"}
    assert rules.cookie_name == "__Host-jumper"
    assert rules.https
    assert rules.check_handshake


async def test_the_lifespan_passes():
    passed: list[str] = []

    async def app(scope, receive, send):
        passed.append(scope["type"])

    await Guard(app, Rules(origins=LOCAL), only_ana)({"type": "lifespan"}, None, None)  # type: ignore[arg-type]
    assert passed == ["lifespan"]

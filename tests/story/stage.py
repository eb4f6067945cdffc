"""The people of the browser tests: agents at their desks, and customers with a phone."""

from dataclasses import dataclass
from typing import Any, Protocol

import httpx
from playwright.sync_api import Browser, Locator, Page, WebSocket, expect

from jumper_app.simulator.network import Room
from tests import canaries
from tests.server import Server

PASSWORD = "a password for the story"
APP_SECRET = "an app secret for the story"
DEMO = {
    "JUMPER_DEMO": "1",
    "JUMPER_DEMO_PASSWORD": PASSWORD,
    "JUMPER_DEMO_APP_SECRET": APP_SECRET,
}
"""The environment of a server with these people in it."""

ASKED = {"number": "4915199887766", "username": "freddie.story"}
"""What a new customer tells of themselves, by what is asked."""

ADDRESSES = ("to", "recipient")
"""Where a body for Meta says whom it is for."""

ABOUT = (*ADDRESSES, "biz_opaque_callback_data", "metadata", "context")
"""What a body for Meta holds beside the words: for whom, our name for it, what it answers."""

WIDE = {"width": 1440, "height": 900}


class Serving(Protocol):
    """Whatever has the simulator at an address."""

    @property
    def url(self) -> str: ...


@dataclass
class Phone:
    """A customer's phone in the simulator."""

    server: Serving
    key: str
    name: str

    @classmethod
    def of_a_new_customer(cls, server: Serving, name: str, wa_id: str) -> "Phone":
        return cls._added(server, name, channel="whatsapp", way="number", told=wa_id)

    @classmethod
    def on(cls, server: Server, room: Room, name: str) -> "Phone":
        """A new customer of any channel, known in the first of its ways."""
        way = room.ways[0]
        told = ASKED.get(way.asks, "")
        return cls._added(server, name, channel=room.key, way=way.key, told=told)

    @classmethod
    def _added(cls, server: Serving, name: str, **how: str) -> "Phone":
        url = f"{server.url}/simulator/api/phones"
        answer = httpx.post(url, json={"name": name, **how}, trust_env=False)
        return cls(server, answer.raise_for_status().json()["key"], name)

    def write(self, *texts: str) -> None:
        for text in texts:
            self._post(f"phones/{self.key}/write", text=text)

    def send_photo(self, caption: str) -> None:
        self._post(f"phones/{self.key}/photo", caption=caption)

    def tap(self, message: str, choice: str) -> None:
        """Tap a button of a message."""
        self._post(f"phones/{self.key}/tap", message=message, choice=choice)

    def open_chat(self) -> None:
        """Look at the chat: whatever arrives is read at once."""
        self._post(f"phones/{self.key}/open")

    def lose_the_network(self) -> None:
        """What is sent to this phone has to wait."""
        self._post(f"phones/{self.key}/online", online=False)

    def find_the_network(self) -> None:
        """What waited arrives."""
        self._post(f"phones/{self.key}/online", online=True)

    def bubbles(self) -> list[dict[str, Any]]:
        """What stands on the phone's screen, oldest first."""
        return self._get(f"phones/{self.key}")["bubbles"]

    def texts(self) -> list[str]:
        return [bubble["text"] for bubble in self.bubbles()]

    def sends_of(self, text: str) -> int:
        """How often the business handed these words to Meta for this phone, whatever came of it."""
        return sum(text in said for said in self.sends())

    def sends(self) -> list[str]:
        """What the business handed to Meta for this phone, oldest first: each send's content.

        Without whom it is for and what it is called: a phone number may hold any digits.
        """
        bodies = [line["body"] for line in self._get("ledger")]
        mine = [body for body in bodies if self.key in str([body.get(key) for key in ADDRESSES])]
        return [str({key: body[key] for key in body if key not in ABOUT}) for body in mine]

    def _get(self, path: str) -> Any:
        answer = httpx.get(f"{self.server.url}/simulator/api/{path}", trust_env=False)
        return answer.raise_for_status().json()

    def _post(self, path: str, **body: Any) -> None:
        url = f"{self.server.url}/simulator/api/{path}"
        httpx.post(url, json=body, trust_env=False).raise_for_status()


def _overhear(socket: WebSocket) -> None:
    """No frame of a desk's sockets holds a secret, whichever way it goes."""

    def look(frame: str | bytes) -> None:
        canaries.look_at("a socket", frame.encode() if isinstance(frame, str) else frame)

    socket.on("framereceived", look)
    socket.on("framesent", look)


class Desk:
    """An agent at a browser.

    Args:
        email: Of whom; empty for nobody, who sits before a closed door.
        at: Where to begin, with a session that was made without the sign-in page.
            Left out, the agent signs in by that page.
        look: Of the browser: its size, its colours.
    """

    def __init__(
        self, browser: Browser, server: Server, email: str, *, at: str = "", **look: Any
    ) -> None:
        self.context = browser.new_context(**{"viewport": WIDE, **look})
        self.page: Page = self.context.new_page()
        self.server = server
        self.errors: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("websocket", _overhear)
        if not email:
            return
        if at:
            self._enter(email)
            self.go(at)
        else:
            self._sign_in(email)
        for cookie in self.context.cookies():
            canaries.add(cookie.get("value", ""), "a session of the browser tests")

    def _sign_in(self, email: str) -> None:
        self.page.goto(f"{self.server.url}/login")
        self.page.get_by_label("Email").fill(email)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.keyboard.press("Enter")
        expect(self.connection()).to_have_attribute("data-state", "live")

    def _enter(self, email: str) -> None:
        form: dict[str, str | float | bool] = {"email": email, "password": PASSWORD}
        headers = {"Origin": self.server.url}
        url = f"{self.server.url}/auth/login"
        answer = self.context.request.post(url, form=form, headers=headers, max_redirects=0)
        assert answer.status == 303

    def go(self, path: str) -> None:
        """Load a page of the panel, and wait until it is live."""
        self.page.goto(f"{self.server.url}{path}")
        live = self.page.locator("[data-testid^=connection][data-state=live]")
        live.first.wait_for(state="attached")

    def connection(self) -> Locator:
        return self.page.get_by_test_id("connection")

    # --- The Customer List

    def tab(self, name: str) -> None:
        self.page.get_by_test_id(f"list-tab-{name}").click()

    def row(self, name: str) -> Locator:
        return self.page.get_by_test_id("customer-row").filter(has_text=name)

    def open(self, name: str) -> None:
        row = self.row(name)
        conversation = row.get_attribute("data-conversation") or ""
        row.click()
        expect(self.thread()).to_have_attribute("data-conversation", conversation)
        expect(self.page.get_by_test_id("composer")).to_be_visible()

    # --- The conversation

    def thread(self) -> Locator:
        return self.page.get_by_test_id("thread")

    def messages(self, kind: str = "") -> Locator:
        chosen = f"[data-kind={kind}]" if kind else ""
        return self.page.locator(f"[data-testid=message]{chosen}")

    def message(self, text: str) -> Locator:
        return self.messages().filter(has_text=text)

    def status(self) -> Locator:
        """The newest line that says what became of the conversation."""
        return self.messages("status").last

    def toggle_bot(self) -> None:
        self.page.get_by_test_id("bot-toggle").click()

    def owner(self) -> Locator:
        return self.page.get_by_test_id("bot-toggle")

    def click(self, *test_ids: str) -> None:
        for one in test_ids:
            self.page.get_by_test_id(one).click()

    # --- The composer

    def box(self) -> Locator:
        return self.page.get_by_test_id("composer-input")

    def notice(self) -> Locator:
        return self.page.get_by_test_id("composer-notice")

    def send(self, text: str) -> None:
        self.box().fill(text)
        self.page.keyboard.press("Enter")

    def note(self, text: str) -> None:
        self.page.get_by_test_id("note-mode").click()
        self.send(text)

"""The people of the story: agents at their browsers, and a customer with a phone."""

from dataclasses import dataclass
from typing import Any

import httpx
from playwright.sync_api import Browser, Locator, Page, expect

from tests.server import Server

PASSWORD = "a password for the story"


@dataclass
class Phone:
    """A customer's phone in the simulator."""

    server: Server
    key: str

    @classmethod
    def of_a_new_customer(cls, server: Server, name: str, wa_id: str) -> "Phone":
        phone = cls(server, wa_id)
        phone._post("phones", name=name, wa_id=wa_id, bsuid=f"DE.{wa_id}")
        return phone

    def write(self, text: str) -> None:
        self._post(f"phones/{self.key}/write", text=text)

    def open_chat(self) -> None:
        """Look at the chat: whatever arrives is read at once."""
        self._post(f"phones/{self.key}/open")

    def texts(self) -> list[str]:
        """What stands on the phone's screen, oldest first."""
        return [bubble["text"] for bubble in self._get(f"phones/{self.key}")["bubbles"]]

    def sends_of(self, text: str) -> int:
        """How often the business sent exactly this text."""
        return sum(text in line["body"] for line in self._get("ledger"))

    def _get(self, path: str) -> Any:
        answer = httpx.get(f"{self.server.url}/simulator/api/{path}", trust_env=False)
        return answer.raise_for_status().json()

    def _post(self, path: str, **body: Any) -> None:
        url = f"{self.server.url}/simulator/api/{path}"
        httpx.post(url, json=body, trust_env=False).raise_for_status()


class Desk:
    """An agent at a browser."""

    def __init__(self, browser: Browser, server: Server, email: str, **look: Any) -> None:
        self.context = browser.new_context(viewport={"width": 1440, "height": 900}, **look)
        self.page: Page = self.context.new_page()
        self.server = server
        self.errors: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self._sign_in(email)

    def _sign_in(self, email: str) -> None:
        self.page.goto(f"{self.server.url}/login")
        self.page.get_by_label("Email").fill(email)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.keyboard.press("Enter")
        expect(self.page.get_by_test_id("connection")).to_have_attribute("data-state", "live")

    def tab(self, name: str) -> None:
        self.page.get_by_test_id(f"list-tab-{name}").click()

    def row(self, name: str) -> Locator:
        return self.page.get_by_test_id("customer-row").filter(has_text=name)

    def open(self, name: str) -> None:
        self.row(name).click()
        expect(self.page.get_by_test_id("composer-input")).to_be_visible()

    def messages(self, kind: str = "") -> Locator:
        chosen = f"[data-kind={kind}]" if kind else ""
        return self.page.locator(f"[data-testid=message]{chosen}")

    def message(self, text: str) -> Locator:
        return self.messages().filter(has_text=text)

    def toggle_bot(self) -> None:
        self.page.get_by_test_id("bot-toggle").click()

    def owner(self) -> Locator:
        return self.page.get_by_test_id("bot-toggle")

    def send(self, text: str) -> None:
        self.page.get_by_test_id("composer-input").fill(text)
        self.page.keyboard.press("Enter")

    def note(self, text: str) -> None:
        self.page.get_by_test_id("note-mode").click()
        self.send(text)

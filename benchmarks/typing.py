"""What a keystroke costs while five thousand shortcuts are gone through.

An agent in a real Chromium types after ``/``, takes letters back, and types again. For each
key: the processor time of the page's main thread (scripts, style, layout, paint), whatever
else the machine does, and the time from the key to the frame that shows what came of it.
"""

import random
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

from benchmarks.figures import Figure
from benchmarks.screen import browsing, demo, open_conversation, signed_in
from jumper_app.conversations.shortcuts.sheet import Row, written
from tests.server import Server

SHORTCUTS = 5_000
AIM = "≤ 30 ms"
SEED = 7

TYPED = ("/re", "/return policy", "/s", "/parcel", "/zq", "/delivery day", "/a", "/code-49")
"""What is typed, each from an empty box; a half of it is taken back letter by letter."""

WORDS = (
    "return",
    "refund",
    "parcel",
    "delivery",
    "today",
    "tomorrow",
    "sorry",
    "thank",
    "you",
    "order",
    "number",
    "size",
    "colour",
    "exchange",
    "address",
    "invoice",
    "policy",
    "opening",
    "hours",
    "voucher",
    "payment",
    "card",
    "receipt",
    "day",
    "week",
    "shop",
    "please",
    "send",
    "photo",
    "label",
    "repair",
    "warranty",
    "stock",
    "newsletter",
    "account",
    "password",
    "store",
    "pick",
    "up",
)

WATCH = """() => {
  window.frames = [];
  window.drawn = Promise.resolve();
  const box = document.querySelector("[data-testid=composer-input]");
  box.addEventListener("keydown", (event) => {
    const at = event.timeStamp;
    window.drawn = new Promise((done) => requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => { window.frames.push(performance.now() - at); done(); };
      port2.postMessage(0);
    }));
  }, true);
}"""
"""Notes for each key how long it took until the next frame had been drawn."""


@dataclass
class Keys:
    """What each key cost, in milliseconds."""

    work: list[float]
    frame: list[float]


def measure() -> list[Figure]:
    """Type, and give the middle and the slow end of what a key took."""
    with demo() as served, browsing() as browser:
        page = signed_in(browser, served, "admin@example.com")
        _keep_shortcuts(page, served)
        open_conversation(page, "Maya Ram")
        keys = _type(page)
    return [
        _figure("work of the page for a key", keys.work, 0.5, ""),
        _figure("work of the page for a key", keys.work, 0.95, AIM),
        _figure("from a key to its frame", keys.frame, 0.5, ""),
        _figure("from a key to its frame", keys.frame, 0.95, AIM),
    ]


def _figure(of: str, took: list[float], part: float, aim: str) -> Figure:
    value = sorted(took)[int(len(took) * part)]
    name = f"{of}, {SHORTCUTS:,} shortcuts, p{part * 100:.0f}"
    return Figure(name, round(value, 2), "ms", aim)


def _keep_shortcuts(page: Page, served: Server) -> None:
    dice = random.Random(SEED)
    rows = [
        Row(
            0,
            f"code-{number}",
            " ".join(dice.choices(WORDS, k=3)).capitalize(),
            "Dear {{customer.first_name|customer}}, " + " ".join(dice.choices(WORDS, k=40)),
            "personal",
        )
        for number in range(SHORTCUTS)
    ]
    answer = page.request.post(
        f"{served.url}/api/shortcuts/import",
        data=written(rows).encode(),
        headers={"Origin": served.url, "Content-Type": "text/csv"},
        timeout=120_000,
    )
    if not answer.ok:
        raise RuntimeError(answer.text())


def _type(page: Page) -> Keys:
    box = page.get_by_test_id("composer-input")
    box.press_sequentially("/code")
    page.get_by_test_id("shortcut-option").first.wait_for()
    page.evaluate(WATCH)
    threads = _main_threads(page)
    work: list[float] = []
    for text in TYPED:
        box.fill("")
        for key in (*text, *["Backspace"] * (len(text) // 2)):
            before = _worked_ms(threads)
            page.keyboard.press(key)
            page.evaluate("window.drawn")
            work.append(_worked_ms(threads) - before)
    return Keys(work, page.evaluate("window.frames"))


def _main_threads(page: Page) -> list[Path]:
    """Where Linux counts what the main thread of each page has used of a processor."""
    browser = page.context.browser
    assert browser is not None
    told = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
    pages = [one["id"] for one in told if one["type"] == "renderer"]
    return [Path(f"/proc/{pid}/task/{pid}/schedstat") for pid in pages]


def _worked_ms(threads: list[Path]) -> float:
    return sum(int(one.read_text().split()[0]) for one in threads if one.exists()) / 1e6

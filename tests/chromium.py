"""Finds the browser that the tests drive; as a program, brings one if there is none.

A Chromium of the machine's own, else the distribution's package, else Playwright's.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync")
"""The sandbox needs rights that a container's root does not have; the rest keeps it quiet."""


def find() -> str | None:
    """The path of a Chromium; None if this machine has none."""
    found = filter(None, map(shutil.which, NAMES))
    return next(found, None) or _of_playwright()


def bring() -> None:
    """Install a Chromium by the first way that works here."""
    if os.getuid() == 0 and shutil.which("apt-get") and _from_distribution():
        return
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)


def _of_playwright() -> str | None:
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def _from_distribution() -> bool:
    quietly = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    update, install = ["apt-get", "update", "-qq"], ["apt-get", "install", "-qq", "-y", "chromium"]
    return any(
        all(subprocess.run(step, env=quietly, check=False).returncode == 0 for step in steps)
        for steps in ([install], [update, install])
    )


if __name__ == "__main__":
    if find() is None:
        print("==> Bringing a browser", flush=True)
        bring()

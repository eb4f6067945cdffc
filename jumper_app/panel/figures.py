"""How numbers, dates, sizes and names of languages are written."""

from datetime import datetime

import phonenumbers

KIB, MIB = 1024, 1024 * 1024

LANGUAGES = {
    "ar": "Arabic",
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "hi": "Hindi",
    "id": "Indonesian",
    "it": "Italian",
    "nl": "Dutch",
    "pl": "Polish",
    "pt": "Portuguese",
    "tr": "Turkish",
}


def language(code: str) -> str:
    """A language's name by its code (``es``, ``pt_BR``); the code itself if it has none here."""
    return LANGUAGES.get(code.replace("-", "_").partition("_")[0].lower(), code)


def phone(number: str) -> str:
    """``+525512345678`` → ``+52 55 1234 5678``; what is no number stays as it is."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def day(at: datetime) -> str:
    """A date for a card: ``3 Mar 2026``. ``at`` stands in the reader's zone already."""
    return f"{at.day} {at:%b %Y}"


BROWSERS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"),
            ("Safari/", "Safari"))  # fmt: skip
SYSTEMS = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
           ("Mac OS X", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux"))  # fmt: skip


def browser(user_agent: str) -> str:
    """``Chrome on Windows``; what names itself otherwise is a browser."""
    name = next((name for mark, name in BROWSERS if mark in user_agent), "A browser")
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "")
    return f"{name} on {system}" if system else name


def file_size(size: int) -> str:
    """``312 KB``, ``4.2 MB``; empty when not known. ``size`` in bytes."""
    if size <= 0:
        return ""
    return f"{size / MIB:.1f} MB" if size >= MIB else f"{max(1, round(size / KIB))} KB"


def map_address(latitude: float, longitude: float) -> str:
    """Where a place can be looked at; opened only when an agent clicks it."""
    return f"https://www.openstreetmap.org/?mlat={latitude:.5f}&mlon={longitude:.5f}"


def order_line(quantity: int, product: str, price: str, currency: str) -> str:
    """``2 × shoe-40 · 129 EUR``."""
    cost = f" · {price} {currency}".rstrip() if price else ""
    return f"{quantity} × {product}{cost}"

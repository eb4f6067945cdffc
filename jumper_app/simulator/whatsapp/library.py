"""The demo business's templates: every kind of part, several languages, some not to be sent.

Their form is Meta's own. Source: Graph API > WhatsApp Business Account > Message Templates;
WhatsApp > Templates > Components; read 2026-11-22.
"""

from typing import Any

from .config import Template

Part = dict[str, Any]


def _text_header(text: str, *examples: str) -> Part:
    example: Part = {"example": {"header_text": list(examples)}} if examples else {}
    return {"type": "HEADER", "format": "TEXT", "text": text, **example}


def _file_header(kind: str) -> Part:
    handle = f"https://scontent.example.com/{kind.lower()}"
    return {"type": "HEADER", "format": kind, "example": {"header_handle": [handle]}}


def _body(text: str, *examples: str, **named: str) -> Part:
    example: Part = {}
    if examples:
        example = {"example": {"body_text": [list(examples)]}}
    if named:
        rows = [{"param_name": name, "example": value} for name, value in named.items()]
        example = {"example": {"body_text_named_params": rows}}
    return {"type": "BODY", "text": text, **example}


def _footer(text: str) -> Part:
    return {"type": "FOOTER", "text": text}


def _buttons(*buttons: Part) -> Part:
    return {"type": "BUTTONS", "buttons": list(buttons)}


def _reply(text: str) -> Part:
    return {"type": "QUICK_REPLY", "text": text}


def _link(text: str, url: str, *examples: str) -> Part:
    example: Part = {"example": list(examples)} if examples else {}
    return {"type": "URL", "text": text, "url": url, **example}


NAMED = "NAMED"
SHOP = "https://trailhead.example.com"

TEMPLATES = (
    Template(
        *("order_update", "en", "UTILITY"),
        (
            _text_header("Your order is on its way"),
            _body(
                "Hi {{first_name}}, order *{{order_number}}* will reach you on {{delivery_date}}.",
                first_name="Maya",
                order_number="10482",
                delivery_date="Tuesday 24 November",
            ),
            _footer("Reply STOP to opt out"),
            _buttons(_link("Track parcel", f"{SHOP}/track")),
        ),
        parameter_format=NAMED,
        quality="GREEN",
    ),
    Template(
        *("order_update", "de", "UTILITY"),
        (
            _text_header("Deine Bestellung ist unterwegs"),
            _body(
                "Hallo {{first_name}}, Bestellung *{{order_number}}* kommt am {{delivery_date}} "
                "bei dir an.",
                first_name="Maya",
                order_number="10482",
                delivery_date="Dienstag, 24. November",
            ),
            _footer("Antworte STOP, um keine Nachrichten mehr zu erhalten"),
            _buttons(_link("Paket verfolgen", f"{SHOP}/de/track")),
        ),
        parameter_format=NAMED,
        quality="GREEN",
    ),
    Template(
        *("appointment_reminder", "en_US", "UTILITY"),
        (
            _body(
                "Hello {{1}}, your workshop appointment is on {{2}}. Will you be there?",
                "Jonas",
                "Monday at 9:30",
            ),
            _buttons(_reply("Yes, I will"), _reply("Find another time")),
        ),
        quality="GREEN",
    ),
    Template(
        *("appointment_reminder", "es", "UTILITY"),
        (
            _body("Hola {{1}}, tu cita en el taller es el {{2}}. ¿Vendrás?", "Maya", "lunes"),
            _buttons(_reply("Sí, allí estaré"), _reply("Buscar otra hora")),
        ),
    ),
    Template(
        *("conversation_follow_up", "en", "UTILITY"),
        (
            _body(
                "Hi {{first_name}}, this is {{agent_name}} of Trailhead Outfitters. We had no "
                "chance to finish our conversation. Shall we go on?",
                first_name="Priya",
                agent_name="Ana",
            ),
            _buttons(_reply("Yes, please"), _reply("No, all done")),
        ),
        parameter_format=NAMED,
        quality="GREEN",
    ),
    Template(
        *("return_label", "en", "UTILITY"),
        (
            _file_header("DOCUMENT"),
            _body(
                "Hi {{1}}, here is your return label. Drop the parcel off by {{2}}.", "Li", "Friday"
            ),
            _buttons(
                _link("Find a drop-off", f"{SHOP}/return/{{{{1}}}}", f"{SHOP}/return/R-2041"),
                {"type": "PHONE_NUMBER", "text": "Call us", "phone_number": "+15550783881"},
            ),
        ),
    ),
    Template(
        *("autumn_sale", "en_US", "MARKETING"),
        (
            _file_header("IMAGE"),
            _body("{{1}}, our autumn sale is on: {{2}} off all boots until Sunday.", "Maya", "25%"),
            _footer("Not interested? Tap Stop promotions"),
            _buttons(
                {"type": "COPY_CODE", "text": "Copy offer code", "example": ["AUTUMN25"]},
                _reply("Stop promotions"),
            ),
        ),
        quality="YELLOW",
    ),
    Template(
        *("store_opening", "fr", "MARKETING"),
        (
            {"type": "HEADER", "format": "LOCATION"},
            _body(
                "Bonjour {{1}}, notre nouvelle boutique ouvre samedi. Passez nous voir !", "Chloé"
            ),
            _buttons({"type": "PHONE_NUMBER", "text": "Appeler", "phone_number": "+33155507838"}),
        ),
    ),
    Template(
        *("care_instructions", "en", "UTILITY"),
        (
            _file_header("VIDEO"),
            _body("How to wax a zip in *two* minutes. _Candle wax works, oil does not._"),
        ),
    ),
    Template(
        *("back_in_stock", "en", "MARKETING"),
        (
            _text_header("{{1}} is back", "The blue jacket"),
            _body(
                "Hi {{1}}! It was ~€129~ and is *€99* now. Your code: ```{{2}}```\n\n"
                "It is kept for you until tonight.",
                "Ines",
                "BLUE-99",
            ),
            _footer("Trailhead Outfitters"),
            _buttons(_link("Buy now", f"{SHOP}/p/{{{{1}}}}", f"{SHOP}/p/blue-jacket")),
        ),
    ),
    Template(
        *("feedback_request", "ar", "UTILITY"),
        (
            _body("مرحبًا {{1}}، كيف كانت تجربتك معنا؟", "أميرة"),
            _buttons(_reply("ممتازة"), _reply("يمكن أن تكون أفضل")),
        ),
    ),
    Template(
        *("spring_sale", "en", "UTILITY"),
        (_body("Hi {{1}}, everything is half price this week!", "Maya"),),
        status="REJECTED",
        reason="TAG_CONTENT_MISMATCH",
    ),
    Template(
        *("price_drop", "en", "MARKETING"),
        (_body("{{1}}, the price of {{2}} has dropped.", "Maya", "your tent"),),
        status="PAUSED",
        quality="RED",
    ),
    Template(
        *("loyalty_launch", "pt_BR", "MARKETING"),
        (_body("Olá {{1}}, o nosso programa de pontos começou.", "Lucas"),),
        status="PENDING",
    ),
    Template(
        *("login_code", "en", "AUTHENTICATION"),
        (
            _body("*{{1}}* is your verification code.", "123456"),
            _buttons(
                _link("Copy code", "https://www.whatsapp.com/otp/code/?code=otp{{1}}", "otp123456")
            ),
        ),
    ),
    Template(
        *("new_arrivals", "en", "MARKETING"),
        (
            _body("{{1}}, these came in this week.", "Maya"),
            {"type": "CAROUSEL", "cards": [{"components": [_body("Boots")]}]},
        ),
    ),
)

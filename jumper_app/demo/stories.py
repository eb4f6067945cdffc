"""Who the demo's customers are and what was said. Times are minutes before the seeding."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from jumper_app.channels.contract import Advert, Content

HOUR = 60
DAY = 24 * HOUR

Speaker = Literal[
    "customer", "ana", "ben", "note:ana", "note:ben", "bot", "resolve:ana", "resolve:ben"
]


@dataclass(frozen=True)
class Spoken:
    """What a customer says about the message ``back`` messages before."""

    verb: str
    """``reacts``, ``edits`` or ``deletes``."""
    back: int
    emoji: str = ""


@dataclass(frozen=True)
class Line:
    """One thing said. ``bot`` lets the bot answer what came before; its text is its own.

    Attributes:
        content: What a customer sends instead of typed words.
        quotes: How many messages before the one stands that this one answers.
        spoken: It is no message, but speaks of one.
    """

    ago_min: float
    who: Speaker
    text: str = ""
    content: Content | None = None
    quotes: int = 0
    forwarded: bool = False
    advert: Advert | None = None
    spoken: Spoken | None = None


@dataclass(frozen=True)
class Story:
    """One customer.

    Attributes:
        key: How the channel knows them: digits of a number, a page-scoped id.
        hides_number: WhatsApp keeps the phone number back.
        script: The file that holds its lines, if they are many.
    """

    name: str
    key: str
    lines: tuple[Line, ...] = ()
    channel: str = "whatsapp"
    username: str = ""
    hides_number: bool = False
    seen: bool = False
    """Ana has read all of it."""
    script: Path | None = None


CLUB = Path(__file__).with_name("club.txt")
"""A hiking club's five months with the shop."""


def lines(*said: tuple[float, Speaker, str]) -> tuple[Line, ...]:
    """What was said, line by line."""
    return tuple(Line(*line) for line in said)


def to_the_bot(ago_min: float, *texts: str) -> tuple[Line, ...]:
    """The customer writes, the bot answers, and so on."""
    said: list[Line] = []
    for number, text in enumerate(texts):
        said += [
            Line(ago_min - number * 2, "customer", text),
            Line(ago_min - number * 2 - 0.1, "bot"),
        ]
    return tuple(said)


STORIES = (
    Story(
        "Maya Ramírez",
        "5215512345678",
        lines(
            (
                2 * DAY + 20,
                "customer",
                "Hi! My trail shoes arrived but the left one is a 40 and the right one a 41 😅",
            ),
            (2 * DAY + 19.9, "bot", ""),
            (2 * DAY + 18, "customer", "Talk to a person"),
            (2 * DAY + 17.9, "bot", ""),
            (
                2 * DAY + 11,
                "note:ben",
                "Batch 118 was mixed up, we have six. Replace them, no return needed.",
            ),
            (
                DAY + 2 * HOUR,
                "ana",
                "So sorry, Maya! I'll send you a matching pair today, and you can keep these.",
            ),
            (3, "customer", "Wow, thank you!! Size 40 please 🙏"),
        ),
        username="maya.r",
    ),
    Story(
        "Jonas Okafor",
        "4915112345601",
        lines(
            (90, "customer", "Is the workshop open on Monday morning?"),
            (80, "ana", "It is, from 9:00. Shall I put you down for a slot?"),
            (30, "customer", "Yes please, half past nine"),
            (12, "ana", "Done. Bring the bike and the receipt, that is all we need."),
            (4, "customer", "Great, see you on Monday then"),
        ),
        seen=True,
    ),
    Story(
        "Amira Haddad",
        "971501234502",
        lines(
            (6 * HOUR, "customer", "هل يمكنني تغيير عنوان التسليم؟"),
            (5.5 * HOUR, "ana", "نعم، بالتأكيد. ما هو العنوان الجديد؟"),
            (5.2 * HOUR, "customer", "شارع الوصل 14، دبي"),
            (5.1 * HOUR, "ana", "تم التغيير."),
            (5 * HOUR, "customer", "شكرًا جزيلاً!"),
        ),
    ),
    Story(
        "Elin Lund",
        "46701234503",
        lines(
            (19.6 * HOUR, "customer", "My parcel says delivered but I have nothing here"),
            (19 * HOUR, "ana", "That is annoying. Could you send the order number?"),
        ),
        seen=True,
    ),
    Story(
        "Li Tan",
        "6591234504",
        lines(
            (27 * HOUR, "customer", "Hi, my messenger bag came today, and something is off"),
            (26.5 * HOUR, "ana", "Oh no. Could you describe what you see?"),
            (
                23.4 * HOUR,
                "customer",
                "This is what came out of the box. The strap is torn on one side.",
            ),
            (23.38 * HOUR, "customer", "Can I get a new one before Friday?"),
        ),
    ),
    Story(
        "Priya Kapoor",
        "919812345605",
        lines(
            (3 * DAY, "customer", "The zip is stuck again"),
            (
                3 * DAY - 30,
                "ana",
                "Try a little candle wax on the teeth, it works wonders. Let us know how it went.",
            ),
        ),
        seen=True,
    ),
    Story(
        "Tom Becker",
        "4915212345606",
        lines(
            (5 * HOUR, "customer", "I returned the tent two weeks ago and still see no money"),
            (4.5 * HOUR, "ben", "I am looking into it right now, Tom."),
            (3.2 * HOUR, "note:ben", "Refund approved by accounting, goes out tomorrow."),
        ),
    ),
    Story(
        "Sofía Aguilar",
        "34612345607",
        lines(
            (2 * HOUR, "customer", "The code SUMMER does not work in my basket"),
            (100, "ben", "It ended on Sunday, but I have applied it to your basket anyway."),
            (60, "customer", "You are the best, thank you"),
            (55, "resolve:ben", ""),
        ),
    ),
    Story("Noah Fischer", "4917612345608", to_the_bot(9, "Hello")),
    Story("Chloé Martin", "33612345609", to_the_bot(16, "Bonjour, hi", "My order")),
    Story("Lucas Pereira", "5511912345610", to_the_bot(25, "oi", "Returns")),
    Story("Hannah Schulz", "4916012345611", to_the_bot(40, "Where is my package?")),
    Story("Kenji Sato", "819012345612", to_the_bot(55, "Do you ship to Japan?", "Something else")),
    Story("Olivia Brown", "447412345613", to_the_bot(70, "Hi there", "My order", "Yes")),
    Story("Mateo Rossi", "393312345614", to_the_bot(2 * HOUR, "Ciao", "Returns", "No")),
    Story("Zuzana Nováková", "420602345615", to_the_bot(2.5 * HOUR, "Dobrý den")),
    Story("Emeka Obi", "2348012345616", to_the_bot(3 * HOUR, "Good morning", "My order")),
    Story("Freya Nielsen", "4520123417", to_the_bot(4 * HOUR, "Hej, are you open today?")),
    Story("Ali Demir", "905321234518", to_the_bot(5 * HOUR, "Merhaba", "Something else")),
    Story("Grace Kim", "821012345619", to_the_bot(7 * HOUR, "Hi!", "Returns")),
    Story(
        "Daniel Cohen",
        "972501234520",
        to_the_bot(14, "Hi", "agent"),
    ),
    Story(
        "Isabella Conti",
        "393401234521",
        (
            *to_the_bot(34, "Salve, I need a person please", "agent"),
            Line(20, "customer", "Is anybody there?"),
        ),
    ),
    Story(
        "William Clarke",
        "447512345622",
        (*to_the_bot(50, "Hello", "Returns"), *to_the_bot(44, "Talk to a person")),
    ),
    Story(
        "quiet.fox",
        "16505550123",
        to_the_bot(28, "hey", "My order"),
        username="quiet.fox",
        hides_number=True,
    ),
    Story(
        "Ines Almeida",
        "351912345624",
        lines(
            (8 * DAY, "customer", "Do you have the blue jacket in M?"),
            (8 * DAY - 20, "ben", "Two left. Shall I keep one for you?"),
            (8 * DAY - 25, "customer", "Yes! I'll come on Saturday"),
            (7 * DAY, "resolve:ben", ""),
        ),
    ),
    Story(
        "Arjun Mehta",
        "919912345625",
        lines(
            (30 * HOUR, "customer", "Any news about my repair?"),
            (
                29 * HOUR,
                "ben",
                "The part arrives tomorrow; we will write as soon as it is mounted.",
            ),
        ),
    ),
    Story(
        "Nora Haugen",
        "4791234526",
        lines(
            (47, "customer", "Can I pay by invoice?"),
            (41, "ben", "You can, up to 500 €. Just choose it at the checkout."),
            (38, "customer", "Perfect 👍"),
        ),
    ),
    Story(
        "Yuki Tanaka",
        "818012345627",
        lines(
            (26 * HOUR, "customer", "The lamp flickers when it is cold"),
            (25.5 * HOUR, "ana", "Thank you for telling us. Could you send a short video of it?"),
            (9 * HOUR, "customer", "I will film it tonight"),
        ),
    ),
    Story(
        "Marta Zielińska",
        "48601234529",
        script=CLUB,
        username="marta.w.gorach",
    ),
)
"""Maya's is the story that a first visitor opens."""

"""The demo's visitors of the website: what they wrote in its chat."""

from .stories import DAY, HOUR, Line, Speaker, Story

Said = tuple[float, Speaker, str]


def _visitor(name: str, *said: Said, seen: bool = False) -> Story:
    key = name.partition(" ")[0].lower()
    lines = tuple(Line(*one) for one in said)
    return Story(name, f"web-{key}", lines, channel="webchat", seen=seen)


def _asks_the_bot(name: str, ago_min: float, *texts: str) -> Story:
    """A visitor whom the bot answers each time."""
    said: list[Said] = []
    for number, text in enumerate(texts):
        at = ago_min - number * 2
        said.append((at, "customer", text))
        said.append((at - 0.1, "bot", ""))
    return _visitor(name, *said)


WEB_STORIES = (
    _visitor(
        "Vera Lind",
        (26, "customer", "Hi, does the two-person tent fit into a 40 litre backpack?"),
        (24, "ana", "It does, with room for your sleeping bag beside it. Packed it is 42 × 15 cm."),
        (22, "customer", "And the poles? I fly with hand luggage only."),
        (20, "ana", "They are 39 cm folded, so they go in as well. Shall I put one aside for you?"),
        (6, "customer", "Yes please, the green one!"),
    ),
    _visitor(
        "Henrik Dahl",
        (
            3 * HOUR,
            "customer",
            "The page says “only 2 left” for the waxed jacket in L. Is that so?",
        ),
        (
            2.9 * HOUR,
            "ben",
            "True when I looked just now. Would you like me to hold one until 18:00?",
        ),
        (2.8 * HOUR, "customer", "That would be great, thank you"),
        (2.7 * HOUR, "note:ben", "Waxed jacket L is on the shelf behind the till, name on it."),
        seen=True,
    ),
    _visitor(
        "Layla Mansour",
        (95, "customer", "مرحبًا، هل تشحنون إلى عمّان؟"),
        (90, "ana", "نعم، خلال خمسة أيام عمل. الشحن مجاني فوق 150 يورو."),
        (88, "customer", "ممتاز، شكرًا لك"),
    ),
    _visitor(
        "Tomáš Dvořák",
        (27 * HOUR, "customer", "My discount code is refused at the checkout: WINTER10"),
        (
            26.8 * HOUR,
            "ben",
            "It needs a basket of 80 € or more. Yours is at 74, if I see it right?",
        ),
        (26.7 * HOUR, "customer", "Ah! Then I add a pair of socks :)"),
        (26.6 * HOUR, "resolve:ben", ""),
    ),
    _visitor(
        "Noor Bakker",
        (18, "customer", "I ordered twice by accident, can you cancel one?"),
        (15, "customer", "Order numbers 20817 and 20818"),
    ),
    _asks_the_bot("Pedro Alvarez", 4, "Hello"),
    _asks_the_bot("Ingrid Moe", 13, "Hi!", "Returns"),
    _asks_the_bot("Marcus Webb", 31, "do you have gift cards", "Something else"),
    _asks_the_bot("Sakura Ito", 48, "Hello", "My order", "Yes"),
    _asks_the_bot("Fatou Diallo", 64, "Bonjour", "Talk to a person"),
    _visitor(
        "Greta Olsen",
        (5 * DAY, "customer", "Which shoes would you take for wet granite?"),
        (5 * DAY - 12, "ana", "The ones with the soft sole. They wear faster, but they hold."),
        (5 * DAY - 20, "customer", "Honest answer, thanks. Ordered!"),
        (5 * DAY - 30, "resolve:ana", ""),
        seen=True,
    ),
    _visitor(
        "Anton Weiss",
        (7 * HOUR, "customer", "Is the workshop course on Saturday full?"),
        (6.8 * HOUR, "ben", "One place is left, 10:00 to 13:00. Bring what you want to mend."),
        (2 * HOUR, "customer", "I'll take it. Can my daughter (14) come along?"),
    ),
)

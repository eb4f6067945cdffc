"""The flow that answers first: it greets, says that it is automated, and asks what it is about."""

from jumper_app.bots.definition import (
    Ask,
    Branch,
    Case,
    End,
    Equals,
    Flow,
    HandOver,
    Hears,
    Option,
    Say,
)

TALK_TO_A_PERSON = Option(label="Talk to a person", value="person")
TOPICS = (
    Option(label="My order", value="order"),
    Option(label="Returns", value="returns"),
    Option(label="Something else", value="other"),
    TALK_TO_A_PERSON,
)
ORDER_WORDS = ("order", "orders", "delivery", "delivered", "package", "parcel", "tracking")
RETURN_WORDS = ("return", "returns", "refund", "exchange", "send back", "send it back")

WELCOME = Flow(
    name="Welcome",
    description="Greets, asks what it is about, answers the usual, brings in a person.",
    start="greet",
    nodes={
        "greet": Say(
            text="Hello {{customer.first_name|there}}, thank you for writing! "
            "I'm an automated assistant and I answer the usual questions at once. "
            'Whenever you would rather talk to a person, just write "agent".',
            next="topic",
        ),
        "topic": Ask(
            prompt="What is it about?",
            choices=TOPICS,
            save_to="topic",
            max_retries=0,
            next="by_topic",
            on_invalid="by_words",
        ),
        "by_words": Branch(
            cases=(
                Case(when=Hears(words=RETURN_WORDS), next="returns"),
                Case(when=Hears(words=ORDER_WORDS), next="order"),
            ),
            otherwise="topic_again",
        ),
        "topic_again": Ask(
            prompt="Sorry, I did not quite get that. Which of these comes closest?",
            choices=TOPICS,
            save_to="topic",
            retry_text='I still do not understand, sorry. Tap one of these, or write "agent" '
            "and a person will read your message.",
            max_retries=1,
            next="by_topic",
        ),
        "by_topic": Branch(
            cases=(
                Case(when=Equals(variable="topic", value="order"), next="order"),
                Case(when=Equals(variable="topic", value="returns"), next="returns"),
                Case(when=Equals(variable="topic", value="other"), next="question"),
            ),
            otherwise="person",
        ),
        "order": Say(
            text="As soon as your order leaves us you get a message with a tracking link, which "
            "always shows where it is. No link yet? Then we are still packing it.",
            next="helped",
        ),
        "returns": Say(
            text="Something not right? Pack it the way it came to you, keep the receipt for the "
            "postage, and have your order number at hand. A colleague will then tell you "
            "where to send it.",
            next="helped",
        ),
        "helped": Ask(
            prompt="Did that help?",
            choices=(
                Option(label="Yes, thank you", value="yes"),
                Option(label="Another question", value="another"),
                Option(label="No, a person please", value="person"),
            ),
            save_to="helped",
            retry_text="Sorry, I only understand these three. Which one is it?",
            max_retries=1,
            next="by_helped",
        ),
        "by_helped": Branch(
            cases=(
                Case(when=Equals(variable="helped", value="yes"), next="goodbye"),
                Case(when=Equals(variable="helped", value="another"), next="topic"),
            ),
            otherwise="person",
        ),
        "question": Ask(
            prompt="Of course. Tell me in a sentence or two what you need, and I will bring in "
            "the right person.",
            save_to="question",
            retry_text="Could you put it into a few words for me? I cannot open files yet.",
            next="person",
        ),
        "person": HandOver(
            text="Thank you. I'm passing you to a colleague, who can read all of this and "
            "will answer you right here.",
            reason="Wants to talk to a person",
        ),
        "goodbye": End(
            text="Happy to help. Write to us again whenever you like!",
            outcome="helped",
        ),
    },
    announcement="",
    person_text="I'm passing you to a colleague, who can read all of this and "
    "will answer you right here.",
    resume_text="It's the automated assistant again. Let's go on where we were:",
)

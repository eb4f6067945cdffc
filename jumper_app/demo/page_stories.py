"""The demo's customers on Messenger: some within a day, some within a week, some beyond it."""

from .stories import DAY, HOUR, Story, lines, to_the_bot

PAGE_STORIES = (
    Story(
        "Mia Lindqvist",
        "6201188743190022",
        lines(
            (52, "customer", "Hej! Is the green tent in your window still there?"),
            (47, "ana", "It is, one left. Shall we put it aside for you?"),
            (44, "customer", "Yes please, until Saturday 🙏"),
            (41, "ana", "Done. It waits under your name at the till."),
            (8, "customer", "Perfect, thank you Ana!"),
        ),
        channel="messenger",
    ),
    Story("Oscar Dubois", "6301188743190023", to_the_bot(11, "Salut!"), channel="messenger"),
    Story(
        "Leila Nasser",
        "6401188743190024",
        to_the_bot(95, "Hello", "My order"),
        channel="messenger",
    ),
    Story(
        "Viktor Horák",
        "6501188743190025",
        (*to_the_bot(36, "Hi there"), *to_the_bot(33, "I want to talk to a person")),
        channel="messenger",
    ),
    Story(
        "Aisha Bello",
        "6601188743190026",
        lines(
            (26 * HOUR, "customer", "Do you repair tent poles?"),
            (25.5 * HOUR, "ben", "We do. Bring it in, it takes two days."),
            (25.2 * HOUR, "customer", "Great. What would it cost?"),
        ),
        channel="messenger",
    ),
    Story(
        "Samuel Osei",
        "6701188743190027",
        lines(
            (3 * DAY, "customer", "My headlamp died after one week 😕"),
            (3 * DAY - 40, "ana", "That should not happen. Could you send us the receipt?"),
            (3 * DAY - 90, "customer", "I will look for it tonight"),
            (2 * DAY, "note:ana", "Third one of this model. Replace it even without a receipt."),
        ),
        channel="messenger",
    ),
    Story(
        "Clara Jensen",
        "6801188743190028",
        lines(
            (5 * DAY, "customer", "Are the climbing shoes true to size?"),
            (5 * DAY - 25, "ben", "They run small; most people take one size up."),
        ),
        channel="messenger",
        seen=True,
    ),
    Story(
        "Diego Fuentes",
        "6901188743190029",
        lines(
            (6.8 * DAY, "customer", "Can I still change the colour of my backpack?"),
            (6.7 * DAY, "ana", "Yes, until it ships. Which colour would you like?"),
        ),
        channel="messenger",
    ),
    Story(
        "Hana Kim",
        "7001188743190030",
        lines(
            (8 * DAY, "customer", "When does the winter sale begin?"),
            (8 * DAY - 30, "ben", "In the first week of December. We will post it here."),
        ),
        channel="messenger",
    ),
    Story(
        "Pavel Novotný",
        "7101188743190031",
        lines(
            (15 * DAY, "customer", "Thanks for the quick delivery!"),
            (15 * DAY - 10, "ana", "Thank you for writing, Pavel. Enjoy the trip!"),
            (14.9 * DAY, "resolve:ana", ""),
        ),
        channel="messenger",
    ),
    Story(
        "Zara Malik",
        "7201188743190032",
        lines(
            (9 * HOUR, "customer", "The link to my invoice does not open"),
            (8.8 * HOUR, "ben", "Sorry about that. I have sent it to your e-mail address."),
            (8.6 * HOUR, "customer", "Got it, thanks"),
            (8.5 * HOUR, "resolve:ben", ""),
        ),
        channel="messenger",
    ),
    Story(
        "Tomás Pinto",
        "7301188743190033",
        to_the_bot(3.5 * HOUR, "Olá", "Returns"),
        channel="messenger",
    ),
)

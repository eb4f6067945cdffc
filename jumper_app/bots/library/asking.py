"""Asks what a person needs to know before they answer, then hands over."""

from jumper_app.bots.definition import Ask, Flow, HandOver, Say

ASK_THEN_HAND_OVER = Flow(
    name="Ask, then hand over",
    description="Asks for the order number and the question, then brings in a person.",
    start="begin",
    nodes={
        "begin": Say(
            text="A colleague will be with you in a moment. Two questions, so that they can help "
            "at once.",
            next="order",
        ),
        "order": Ask(
            prompt='What is your order number? Without one, just write "none".',
            save_to="order_number",
            max_retries=1,
            on_invalid="question",
            next="question",
        ),
        "question": Ask(
            prompt="And what can we do for you?",
            save_to="question",
            retry_text="Could you put it into a few words?",
            max_retries=1,
            on_invalid="person",
            next="person",
        ),
        "person": HandOver(
            text="Thank you. A colleague has it all and answers you right here.",
            reason="Order number and question were asked",
        ),
    },
)

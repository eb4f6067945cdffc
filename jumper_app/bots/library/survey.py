"""Three questions after an order; who is not happy may talk to a person."""

from jumper_app.bots.definition import (
    AtLeast,
    Branch,
    Case,
    Choices,
    End,
    Flow,
    HandOver,
    Option,
    Say,
    Survey,
    SurveyQuestion,
    Way,
)

HOW_HAPPY = (
    Option(label="Very happy", value="very_happy", score=5),
    Option(label="Happy", value="happy", score=4),
    Option(label="Neither", value="neither", score=3),
    Option(label="Unhappy", value="unhappy", score=2),
    Option(label="Very unhappy", value="very_unhappy", score=1),
)
GOOD = 7
"""Of the ten points that the two questions with choices give together."""

SURVEY = Flow(
    name="Quick survey",
    description="Three short questions after an order. Answers and score are kept.",
    start="begin",
    nodes={
        "begin": Say(
            text="Hello {{customer.first_name|there}}! Three short questions about your last "
            "order, half a minute at most.",
            next="questions",
        ),
        "questions": Survey(
            questions=(
                SurveyQuestion(
                    key="order", prompt="How happy are you with what you got?", choices=HOW_HAPPY
                ),
                SurveyQuestion(
                    key="service", prompt="And with how we treated you?", choices=HOW_HAPPY
                ),
                SurveyQuestion(
                    key="better", prompt="What should we do better? A few words are enough."
                ),
            ),
            score_to="score",
            timeout_s=24 * 3600,
            on_timeout="later",
            next="by_score",
        ),
        "by_score": Branch(
            cases=(Case(when=AtLeast(variable="score", number=GOOD), next="happy"),),
            otherwise="sorry",
        ),
        "happy": End(text="Thank you! That helps us, and it makes our day.", outcome="happy"),
        "sorry": Choices(
            prompt="Thank you for telling us, and we are sorry. Would you like to talk to a "
            "person about it?",
            options=(
                Way(label="Yes, please", value="yes", next="person"),
                Way(label="No, thank you", value="no", next="unhappy"),
            ),
            max_retries=1,
            on_invalid="person",
        ),
        "person": HandOver(
            text="A colleague can read your answers and will write to you right here.",
            reason="Not happy in the quick survey",
        ),
        "unhappy": End(text="Understood. We will do better.", outcome="unhappy"),
        "later": End(outcome="not finished"),
    },
)

"""Outside the office hours: says so, takes the question down, and leaves it to a person."""

from jumper_app.bots.definition import Ask, Branch, Case, Flow, HandOver, InHours

AWAY = Flow(
    name="Away message",
    description="Outside office hours: says so, takes the question down. Within them: a person.",
    start="by_hour",
    nodes={
        "by_hour": Branch(
            cases=(Case(when=InHours(), next="support"),),
            otherwise="closed",
        ),
        "support": HandOver(
            text="Thank you for writing! A colleague reads this and answers you right here.",
            reason="Wants to talk to support",
        ),
        "closed": Ask(
            prompt="Thank you for writing! Nobody is in the office right now. Tell us in a few "
            "words what you need, and you are the first whom we answer in the morning.",
            save_to="question",
            answer="text",
            max_retries=1,
            on_invalid="noted",
            timeout_s=12 * 3600,
            on_timeout="noted",
            next="noted",
        ),
        "noted": HandOver(
            text="Noted, thank you. A colleague answers you right here as soon as we open.",
            reason="Wrote outside office hours",
        ),
    },
)

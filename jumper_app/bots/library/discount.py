"""A code from a pool: one for each customer, and no code ever twice."""

from jumper_app.bots.definition import Discount, End, Flow

POOL = "Welcome back"
"""The pool that the flow draws from until somebody names another."""

DISCOUNT = Flow(
    name="Discount code",
    description=f"Gives the customer a code of the pool “{POOL}”, once.",
    start="draw",
    nodes={
        "draw": Discount(
            pool=POOL, save_to="code", given="given", already="already", exhausted="exhausted"
        ),
        "given": End(
            text="Here is something for you, {{customer.first_name|with our thanks}}: the code "
            "{{code|…}} takes 10 % off your next order.",
            outcome="given",
        ),
        "already": End(
            text="You have a code from us already: {{code|…}}. It still counts.", outcome="already"
        ),
        "exhausted": End(
            text="All codes of this offer have been given out, sorry. We will tell you when there "
            "are new ones.",
            outcome="exhausted",
        ),
    },
)

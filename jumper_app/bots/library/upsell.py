"""One product that goes with an order: a card with *Buy* and *Details*."""

from jumper_app.bots.definition import Choices, End, Flow, HandOver, Mark, Product, Say, Way

UPSELL = Flow(
    name="Upsell",
    description="Offers one product that goes with the order, with Buy and Details.",
    start="begin",
    nodes={
        "begin": Say(
            text="{{customer.first_name|Hello}}, many who bought what you bought also took this:",
            next="card",
        ),
        "card": Product(
            title="Waterproofing spray",
            price="€ 12.90",
            link="https://example.com/waterproofing-spray",
            buy="wants_it",
            details="details",
            timeout_s=24 * 3600,
            on_timeout="silent",
        ),
        "details": Choices(
            prompt="It keeps boots and jackets dry for about three months, and it is free of "
            "PFAS. One can is enough for two pairs of boots. Shall we add it to your order?",
            options=(
                Way(label="Yes, add it", value="yes", next="wants_it"),
                Way(label="No, thank you", value="no", next="declined"),
            ),
            max_retries=1,
            timeout_s=24 * 3600,
            on_timeout="silent",
        ),
        "wants_it": Mark(add_tags=("upsell",), next="person"),
        "person": HandOver(
            text="Great choice! A colleague adds it to your order and confirms it right here.",
            reason="Wants to buy: Waterproofing spray",
        ),
        "declined": End(text="No problem. Enjoy your order!", outcome="declined"),
        "silent": End(outcome="no answer"),
    },
)

"""Where a node leads, and what a customer can tap there. Pure."""

from .nodes import (
    Ask,
    Branch,
    Choices,
    Discount,
    End,
    GoTo,
    HandOver,
    Node,
    Option,
    Product,
    Survey,
    Wait,
)

BUY, DETAILS = "buy", "details"
"""What comes back from the two buttons of a product."""


def ways_out(node: Node) -> tuple[str, ...]:
    """Every node that may come next, in the order they are written."""
    if isinstance(node, Ask | Survey | Choices | Product):
        return (*_answered(node), *node.ways_aside)
    if isinstance(node, HandOver | End | GoTo):
        return _last_ways(node)
    match node:
        case Branch():
            return (*(case.next for case in node.cases), node.otherwise)
        case Discount():
            return (node.given, node.already, node.exhausted)
        case Wait() if node.on_reply:
            return (node.next, node.on_reply)
        case _:
            return (node.next,)


def _last_ways(node: HandOver | End | GoTo) -> tuple[str, ...]:
    """Of a node that may end the flow: where it goes on if it does not."""
    match node:
        case HandOver() if node.nobody:
            return (node.nobody,)
        case GoTo() if node.returns:
            return (node.next,)
        case _:
            return ()


def _answered(node: Ask | Survey | Choices | Product) -> tuple[str, ...]:
    """Where the answers lead."""
    match node:
        case Choices():
            return tuple(way.next for way in node.options)
        case Product():
            return (node.buy, node.details)
        case _:
            return (node.next,)


def options_of(node: Node) -> tuple[tuple[Option, ...], ...]:
    """The sets of choices that a node offers, one for each question it asks."""
    match node:
        case Ask():
            return (node.choices,)
        case Choices():
            return (node.options,)
        case Survey():
            return tuple(question.choices for question in node.questions)
        case Product():
            return (buttons_of(node),)
        case _:
            return ()


def buttons_of(product: Product) -> tuple[Option, ...]:
    """*Buy* and *Details*."""
    return (
        Option(label=product.buy_label, value=BUY),
        Option(label=product.details_label, value=DETAILS),
    )

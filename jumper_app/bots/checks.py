"""What is wrong with a flow, in sentences for the person who draws it."""

from collections import Counter
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

from .nodes import Ask, Branch, Choices, End, GoTo, HandOver, Node, Option, Product, Survey, Wait
from .text import words
from .ways import options_of, ways_out

Nodes = Mapping[str, Node]
WAITS = (Ask, Choices, Survey, Product, Wait)


def problems(start: str, nodes: Nodes) -> tuple[str, ...]:
    """Everything that keeps a flow from running, or nothing.

    Where ways lead to no node the other checks wait: they would only say it again.
    """
    broken = (*_bad_ways(start, nodes), *_bad_choices(nodes))
    if broken:
        return broken
    return (*_unreachable(start, nodes), *_endless(nodes), *_loops(nodes))


def _bad_ways(start: str, nodes: Nodes) -> Iterator[str]:
    if start not in nodes:
        yield f"The flow starts at '{start}', which does not exist."
    for name, node in nodes.items():
        if isinstance(node, Branch) and not node.otherwise:
            yield f"'{name}' does not say what happens otherwise."
        yield from _bad_ways_of(name, node, nodes)


def _bad_ways_of(name: str, node: Node, nodes: Nodes) -> Iterator[str]:
    ways = ways_out(node)
    if isinstance(node, Branch) and not node.otherwise:
        ways = ways[:-1]
    for way in ways:
        if not way:
            yield f"'{name}' is a dead end: it does not say what comes next."
        elif way not in nodes:
            yield f"'{name}' leads to '{way}', which does not exist."


def _bad_choices(nodes: Nodes) -> Iterator[str]:
    for name, node in nodes.items():
        for options in options_of(node):
            for twice in _repeated(option.value for option in options):
                yield f"'{name}' has two choices with the value '{twice}'."
            for twice in _repeated(_spoken(option) for option in options):
                yield f"'{name}' has two choices that read '{twice}'."
        if isinstance(node, Survey):
            for twice in _repeated(question.key for question in node.questions):
                yield f"'{name}' has two questions with the key '{twice}'."


def _spoken(option: Option) -> str:
    return " ".join(words(option.label)) or option.label


def _repeated(values: Iterator[str]) -> Iterator[str]:
    return (value for value, times in Counter(values).items() if times > 1)


def _unreachable(start: str, nodes: Nodes) -> Iterator[str]:
    ahead = {name: ways_out(node) for name, node in nodes.items()}
    reached = _reached({start}, ahead)
    for name in nodes:
        if name not in reached:
            yield f"'{name}' is never reached."


def _endless(nodes: Nodes) -> Iterator[str]:
    """Nodes from which no way leads to an end or to a person."""
    behind: dict[str, tuple[str, ...]] = dict.fromkeys(nodes, ())
    for name, node in nodes.items():
        for way in ways_out(node):
            behind[way] = (*behind[way], name)
    ends = {name for name, node in nodes.items() if _may_end(node)}
    finishing = _reached(ends, behind)
    for name in nodes:
        if name not in finishing:
            yield f"'{name}' is a dead end: no way leads from it to an end or a person."


def _may_end(node: Node) -> bool:
    """Can a run end here, or leave for a flow that ends of itself?"""
    return isinstance(node, End | HandOver) or (isinstance(node, GoTo) and not node.returns)


def _reached(starts: set[str], ways: Mapping[str, tuple[str, ...]]) -> set[str]:
    reached: set[str] = set()
    waiting = list(starts)
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting.extend(ways[name])
    return reached


def _loops(nodes: Nodes) -> Iterator[str]:
    """The first circle that a run could go round without waiting for the customer."""
    steps = {name: ways_out(node) for name, node in nodes.items() if not isinstance(node, WAITS)}
    try:
        TopologicalSorter(steps).prepare()
    except CycleError as error:
        circle: list[str] = error.args[1]
        way = " → ".join(f"'{name}'" for name in reversed(circle))
        yield f"{way} is a loop that never waits for the customer."

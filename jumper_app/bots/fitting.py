"""Can a channel carry what a flow sends? Pure."""

from collections.abc import Iterator

from jumper_app.channels.contract import Channel

from .definition import Flow
from .nodes import Ask, Choices, Say, SendMedia, SendTemplate


def misfits(flow: Flow, channel: Channel) -> tuple[str, ...]:
    """What the channel cannot carry, in sentences; nothing when all of it can."""
    return tuple(dict.fromkeys(_misfits(flow, channel)))


def _misfits(flow: Flow, channel: Channel) -> Iterator[str]:
    name, limits = channel.wording.name, channel.limits
    for node in flow.nodes.values():
        match node:
            case SendMedia() if node.kind not in limits.media:
                yield f"{name} does not take files of this kind: {node.kind}."
            case SendTemplate() if not channel.window.template:
                yield f"{name} has no templates."
            case Say() if len(node.text) > limits.text:
                yield f"{name} takes at most {limits.text} characters."
            case Ask() | Choices() if len(node.prompt) > limits.text:
                yield f"{name} takes at most {limits.text} characters."
            case _:
                pass

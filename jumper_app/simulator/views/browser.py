"""The parts of the page that live in the browser; their other half is ``assets/simulator.js``."""

import reflex as rx

LIBRARY = "$/public/simulator.js"


class DemoClock(rx.Component):
    """The demo clock, ticking. ``form``: ``full`` (with seconds), ``time`` or ``day``."""

    library = LIBRARY
    tag = "DemoClock"
    at: rx.Var[str]
    form: rx.Var[str]


class TimeOfDay(rx.Component):
    """The time of day in the reader's zone."""

    library = LIBRARY
    tag = "TimeOfDay"
    at: rx.Var[str]


class ChatDay(rx.Component):
    """The day that begins between two messages."""

    library = LIBRARY
    tag = "ChatDay"
    at: rx.Var[str]
    before: rx.Var[str]


class ChatFeed(rx.Component):
    """The messages of a phone; stays at the end."""

    library = LIBRARY
    tag = "ChatFeed"
    chat: rx.Var[str]
    last: rx.Var[str]
    mine: rx.Var[bool]
    typing: rx.Var[bool]
    label: rx.Var[str]


class VoiceNote(rx.Component):
    """A player: a button, a wave, a length."""

    library = LIBRARY
    tag = "VoiceNote"
    src: rx.Var[str]
    play: rx.Var[str]
    pause: rx.Var[str]

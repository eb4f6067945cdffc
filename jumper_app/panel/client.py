"""The few components that run in the browser; their other half is in ``assets/``."""

from typing import Any

import reflex as rx
from reflex.vars import VarData
from reflex_base.utils.imports import ImportVar
from reflex_components_core.el.element import Element

LIBRARY = "$/public/live.js"
WINDOW = "$/public/window.js"


class ServerClock(rx.Component):
    """Sets the page's clock by the server's, so that moments are right on a wrong machine.

    ``at``: changes whenever the server's clock may have been moved.
    """

    library = LIBRARY
    tag = "ServerClock"
    at: rx.Var[str]


class Age(rx.Component):
    """How long ago, growing by itself: ``now``, ``4 m``, ``Fri``. ``at``: ISO time."""

    library = LIBRARY
    tag = "Age"
    at: rx.Var[str]


class Since(rx.Component):
    """For how long, growing by itself: ``20 s``, ``2 h 5 m``. ``at``: ISO time."""

    library = LIBRARY
    tag = "Since"
    at: rx.Var[str]


class Until(rx.Component):
    """How long until then, counting down: ``29 m``, ``12 s``. ``at``: ISO time."""

    library = LIBRARY
    tag = "Until"
    at: rx.Var[str]


class LocalTime(rx.Component):
    """The time of day in an IANA ``zone``."""

    library = LIBRARY
    tag = "LocalTime"
    zone: rx.Var[str]


class Moment(rx.Component):
    """A moment in the reader's zone: ``tomorrow 09:43``.

    ``only``: ``day`` for ``3 Mar 2026``; ``second`` for ``14:02:11``, with a day but today's.
    """

    library = LIBRARY
    tag = "Moment"
    at: rx.Var[str]
    only: rx.Var[str]
    before: rx.Var[str]


class WindowChip(rx.Component):
    """The reply window, counting down: sets ``data-urgency`` to green, amber, red or closed.

    ``closes_at``: ISO time or empty (never closes). ``shut``: closed whatever the time
    says. ``brief``: for a row, in hours while there are more than six.
    """

    library = LIBRARY
    tag = "WindowChip"
    closes_at: rx.Var[str]
    shut: rx.Var[bool]
    brief: rx.Var[bool]
    closed_word: rx.Var[str]


class ReplyWindow(rx.Component):
    """Tells the page until when the open conversation takes replies, as ``WindowChip`` does."""

    library = WINDOW
    tag = "ReplyWindow"
    closes_at: rx.Var[str]
    bots_until: rx.Var[str]
    shut: rx.Var[bool]
    shut_to_bots: rx.Var[bool]


class ReplyButton(rx.Component):
    """A button that needs the reply window open for ``speaker``; ``why`` says why it is off."""

    library = WINDOW
    tag = "ReplyButton"
    speaker: rx.Var[str]
    why: rx.Var[str]


class WhenClosed(rx.Component):
    """Shows its children while the reply window is closed for ``speaker``."""

    library = WINDOW
    tag = "WhenClosed"
    speaker: rx.Var[str]


class Steady(rx.Component):
    """Controls that take each other's place without losing the focus to nobody.

    ``next``: a selector of where the focus goes first; else it stays inside.
    """

    library = "$/public/focus.js"
    tag = "Steady"
    next: rx.Var[str]


class Connection(rx.Component):
    """Is the page live? Sets ``data-state`` to live, reconnecting or offline."""

    library = LIBRARY
    tag = "Connection"
    errors: rx.Var[int]
    ready: rx.Var[bool]
    titles: rx.Var[dict[str, str]]
    labels: rx.Var[dict[str, str]]


class CopyButton(rx.Component):
    """Copies ``text`` and says so."""

    library = LIBRARY
    tag = "CopyButton"
    text: rx.Var[str]
    label: rx.Var[str]
    done: rx.Var[str]


class DownloadForm(rx.Component):
    """A form whose answer is a file; ``failed`` is said when there is none."""

    library = LIBRARY
    tag = "DownloadForm"
    action: rx.Var[str]
    failed: rx.Var[str]


class Fold(rx.Component):
    """A section that can be folded; this browser remembers it by ``name``."""

    library = LIBRARY
    tag = "Fold"
    name: rx.Var[str]
    summary: rx.Var[str]


class ListGap(rx.Component):
    """Asks for the whole list when the browser missed one of its ``patches``."""

    library = LIBRARY
    tag = "ListGap"
    base: rx.Var[Any]
    patches: rx.Var[Any]
    on_gap: rx.EventHandler[rx.event.no_args_event_spec]


class KeptScroll(rx.Component):
    """A scrolling box that stands where it stood when it comes back on another page."""

    library = LIBRARY
    tag = "KeptScroll"
    name: rx.Var[str]


class RowLink(rx.Component):
    """A link that knows by the address whether it is the chosen one (``aria-current``)."""

    library = "react-router"
    tag = "NavLink"
    to: rx.Var[str]
    prefetch: rx.Var[str]


class SheetButton(rx.Component):
    """Opens the popover with id ``sheet``, except where ``wide`` matches."""

    library = LIBRARY
    tag = "SheetButton"
    sheet: rx.Var[str]
    wide: rx.Var[str]
    label: rx.Var[str]


class Styled(rx.Component):
    """Words with their *bold* and _italic_ as WhatsApp draws them; text nodes only."""

    library = "$/public/styled.js"
    tag = "Styled"
    text: rx.Var[str]


class BeginsConversation(rx.Component):
    """A button that asks whom to write to first; its dialog is ``templates.view``'s."""

    library = "$/public/template.js"
    tag = "BeginsConversation"
    label: rx.Var[str]


class OtherFlow(rx.Component):
    """An item of a menu that asks which flow to start; its dialog is ``flows.view``'s."""

    library = "$/public/flows.js"
    tag = "OtherFlow"
    conversation: rx.Var[str]


class DropdownMenuContent(rx.Component):
    """What a menu shows, inside the page's main landmark; see ``pieces.menu``.

    Items of a menu insist on this name of their parent.
    """

    library = "$/public/menus.js"
    tag = "MenuContent"
    variant: rx.Var[str]
    align: rx.Var[str]


class AlertSetting(rx.Component):
    """Asks the browser whether it may notify, and whether it shall ring; kept by the browser."""

    library = "$/public/alerts.js"
    tag = "AlertSetting"
    words: rx.Var[dict[str, str]]


class PostForm(Element):
    """A form that the browser itself posts, past Reflex."""

    tag = "form"
    method: rx.Var[str]
    action: rx.Var[str]


class FileLink(Element):
    """A link that saves a file; Reflex's own would look for a page there."""

    tag = "a"
    href: rx.Var[str]
    download: rx.Var[str]


def folded(base: rx.Var[Any], patches: rx.Var[Any], row: type) -> Any:
    """The list that ``patches`` make of ``base``, added up in the browser."""
    return rx.Var(
        _js_expr=f"foldRows({base!s}, {patches!s})",
        _var_type=list[row],
        _var_data=VarData.merge(
            base._get_all_var_data(),
            patches._get_all_var_data(),
            VarData(imports={LIBRARY: [ImportVar(tag="foldRows", install=False)]}),
        ),
    ).to(list[row])

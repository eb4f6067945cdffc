"""The template picker: one dialog for the whole panel."""

import reflex as rx

from . import look
from .browser import TemplateDialog
from .state import TemplateState
from .words import SAID


def template_dialog() -> rx.Component:
    """Draws nothing until somebody opens it."""
    return TemplateDialog.create(
        version=TemplateState.version,
        answer=TemplateState.answer,
        words=SAID,
        looked=TemplateState.looked,
        on_send=TemplateState.send,
        on_begin=TemplateState.begin,
        on_look=TemplateState.look_up,
        on_refresh=TemplateState.refresh,
        style=look.STYLE,
    )

"""In the band: when the bot goes on by itself, and the two things that change it."""

import reflex as rx

from jumper_app.panel import client, theme, words

from .state import OwnershipState

HERE = OwnershipState.conversation


def countdown() -> rx.Component:
    """When the bot goes on by itself. A timer: its ticking is not read aloud."""
    left = rx.el.small(
        words.RESUMES_IN,
        " ",
        client.Until.create(at=OwnershipState.resumes_at),
        role="timer",
        custom_attrs={"data-testid": "auto-resume"},
    )
    more = _small(words.MORE_TIME, "auto-resume-more", OwnershipState.more_time(HERE))
    cancel = _small(words.STAY_SILENT, "auto-resume-cancel", OwnershipState.stay_silent(HERE))
    return rx.el.span(left, rx.cond(OwnershipState.mine, rx.fragment(more, cancel)), style=COUNTING)


def _small(label: str, test_id: str, on_click: rx.event.EventType[()]) -> rx.Component:
    return rx.el.button(
        label, type="button", on_click=on_click, custom_attrs={"data-testid": test_id}
    )


COUNTING = {
    "display": "flex",
    "flex_wrap": "wrap",
    "align_items": "center",
    "gap": "2px 8px",
    "font_size": theme.SIZE_META,
    "line_height": "16px",
    "& small": {"font_size": "inherit", "font_variant_numeric": "tabular-nums"},
    "& button": {
        "min_height": "24px",
        "padding": "2px 6px",
        "border": "0",
        "border_radius": theme.RADIUS_CHIP,
        "background": theme.CHOSEN_STRONGER,
        "color": "inherit",
        "font": "inherit",
        "cursor": "pointer",
        "&:focus-visible": theme.FOCUS_RING,
    },
}

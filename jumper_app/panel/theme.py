"""Every colour, size and measure of the screen, named once.

Colours are steps of Radix scales, so that each has its counterpart in the dark.
Steps: 1-2 ground, 3-5 surfaces (rest, hover, chosen), 6-8 lines, 9-10 filled, 11-12 text.
"""

from typing import Any

import reflex as rx

# --- Theme ----------------------------------------------------------------------

ACCENT = "iris"
GRAY = "slate"

FONT = "'Inter', ui-sans-serif, system-ui, sans-serif"
TABULAR = "tabular-nums"
"""Figures of equal width, for times and counts."""


def radix_theme() -> rx.Component:
    """The Radix theme that every page stands in."""
    return rx.theme(
        accent_color=ACCENT,
        gray_color=GRAY,
        radius="large",
        scaling="100%",
        panel_background="solid",
        has_background=True,
        appearance="inherit",
    )


# --- Colours: grounds, lines, text ------------------------------------------------

GROUND = rx.color("gray", 1)
GROUND_SIDE = rx.color("gray", 2)
"""Rail and contact card."""
SURFACE = rx.color("gray", 3)
SURFACE_HOVER = rx.color("gray", 4)
SURFACE_OFF = rx.color("gray", 4)
"""A button that has nothing to do yet."""
CHOSEN = rx.color("accent", 3)
"""The open row, the ownership band."""
CHOSEN_STRONG = rx.color("accent", 4)
CHOSEN_STRONGER = rx.color("accent", 5)
FILLED = rx.color("accent", 9)
FILLED_HOVER = "color-mix(in srgb, var(--accent-9) 88%, black)"
"""Darker in both themes, so that white stays readable on it."""
ON_FILLED = "white"
LINE = rx.color("gray", 4)
LINE_STRONG = rx.color("gray", 6)
"""Around cards and buttons."""
LINE_FIELD = rx.color("gray", 9)
"""Around fields: an edge that carries meaning, at least 3:1."""
TEXT = rx.color("gray", 12)
TEXT_QUIET = rx.color("gray", 11)
TEXT_ACCENT = rx.color("accent", 11)
TEXT_ON_CHOSEN = rx.color("accent", 12)
FOCUS = rx.color("accent", 9)
SHADE = "rgba(0, 0, 0, 0.4)"
"""Behind dialogs."""

VEIL = "color-mix(in srgb, var(--accent-3) 88%, transparent)"
"""Over the page while files are dragged across it."""

AMBER_TEXT = "var(--jumper-amber-text)"
"""Amber 11 is too pale on amber 3 in the light theme; set in ``assets/styles/base.css``."""

# --- Colours: who spoke -----------------------------------------------------------

BUBBLE_CUSTOMER = rx.color("gray", 3)
BUBBLE_AGENT = rx.color("accent", 9)
BUBBLE_BOT = rx.color("accent", 4)
BUBBLE_BOT_LINE = rx.color("accent", 7)
TEXT_CUSTOMER = rx.color("gray", 12)
TEXT_AGENT = "white"
TEXT_BOT = rx.color("accent", 12)
CHOICE_LINE = rx.color("accent", 6)
READ_TICK = "#9fe0ff"
"""The two ticks of a message that was read, on the agent's filled bubble."""
NOTE = rx.color("amber", 2)
NOTE_STRONG = rx.color("amber", 3)
NOTE_MARK = rx.color("amber", 5)
"""Someone's name in a note."""
NOTE_LINE = rx.color("amber", 6)
NOTE_TEXT = rx.color("amber", 12)
NOTE_TEXT_QUIET = AMBER_TEXT
NOTE_FILLED = rx.color("amber", 9)
ON_NOTE_FILLED = "#4f3422"
"""Amber 12 of the light theme in both: amber 9 is equally bright in the dark."""
STATUS_TEXT = rx.color("gray", 11)
UNREAD_LINE = rx.color("red", 7)
UNREAD_TEXT = rx.color("red", 11)

# --- Colours: urgency and state ------------------------------------------------------

CHIP = {
    "gray": (rx.color("gray", 3), rx.color("gray", 11)),
    "amber": (rx.color("amber", 3), AMBER_TEXT),
    "red": (rx.color("red", 3), rx.color("red", 11)),
    "accent": (rx.color("accent", 4), rx.color("accent", 11)),
    "green": (rx.color("grass", 3), rx.color("grass", 11)),
}
"""Tone of a chip: its ground and its text."""
GOOD = rx.color("grass", 9)
GOOD_HALO = rx.color("grass", 5)
SLOW = rx.color("amber", 9)
SLOW_HALO = rx.color("amber", 5)
BAD = rx.color("red", 9)
BAD_HALO = rx.color("red", 5)
BAD_TEXT = rx.color("red", 11)
BAD_SURFACE = rx.color("red", 3)
ALERT = "#ce2c31"
"""The counting dot on the rail: Radix red 11 (light), 5.2:1 under white in both themes."""
TIP = "#1c2024"
ON_TIP = "white"
ON_TIP_QUIET = "rgba(255, 255, 255, 0.75)"

TONES = ("orange", "blue", "violet", "pink", "teal", "brown", "grass", "cyan", "amber", "plum")
"""Scales for faces; a person keeps one for ever (see ``pieces.tone_of``)."""
TONE_GROUND_STEP = 4
TONE_TEXT_STEP = 12

# --- Colours: a customer's phone ----------------------------------------------------

PHONE_RIM = TIP
"""The rim of a drawn phone, dark in both themes."""
PHONE_RIM_LINE = rx.color("gray", 7)
PHONE_WALL = rx.color("gray", 3)
PHONE_THEIRS = rx.color("gray", 1)
PHONE_MINE = rx.color("grass", 4)
PHONE_MINE_DEEP = rx.color("grass", 5)
PHONE_MINE_TEXT = rx.color("grass", 12)
PHONE_READ = rx.color("blue", 11)
"""The ticks of a customer's message that an agent has read."""

# --- Sizes ----------------------------------------------------------------------------

SIZE_TITLE = "16px"
SIZE_BODY = "14px"
SIZE_SMALL = "13px"
SIZE_META = "12px"
SIZE_TINY = "11px"
LINE_HEIGHT = "20px"

REGULAR = "400"
MEDIUM = "500"
SEMIBOLD = "600"

RAIL_WIDTH = "56px"
LIST_WIDTH = "336px"
LIST_WIDTH_NARROW = "300px"
CARD_WIDTH = "304px"
HEADER_HEIGHT = "60px"
TOUCH = "24px"
"""The least height and width of anything that can be clicked."""

AVATAR_ROW = 40
AVATAR_HEADER = 36
AVATAR_CARD = 64
AVATAR_MESSAGE = 24
AVATAR_ME = 30
"""Diameters of faces, in px."""

ICON_BAR = 18
ICON_BUTTON = 16
ICON_LINE = 13
"""Sizes of icons, in px."""
ICON_STROKE = 1.75

RADIUS_BUBBLE = "16px"
RADIUS_BUBBLE_TIGHT = "5px"
RADIUS_CARD = "14px"
RADIUS_NOTE = "12px"
RADIUS_BAND = "11px"
RADIUS_BUTTON = "8px"
RADIUS_FIELD = "9px"
RADIUS_CHIP = "6px"
RADIUS_RAIL = "10px"
BUBBLE_WIDTH = "76%"
BUBBLE_WIDTH_NARROW = "88%"

SHADOW_CARD = "0 1px 2px rgba(0, 0, 0, 0.04)"
SHADOW_MENU = "0 12px 40px rgba(0, 0, 0, 0.15)"
SHADOW_TIP = "0 6px 20px rgba(0, 0, 0, 0.27)"

MOTION = "120ms ease-out"
"""For what appears by the agent's own hand; what arrives does not move."""

# --- Widths of the window ----------------------------------------------------------------

WIDE = "@media (min-width: 1180px)"
"""The contact card has a column of its own."""
NOT_WIDE = "@media (max-width: 1179.98px)"
PHONE = "@media (max-width: 767.98px)"
"""One pane at a time."""

SLIM = "@container (max-width: 639.98px)"
SLIMMER = "@container (max-width: 439.98px)"
"""How wide the pane is in which something stands, whatever the window's width."""

# --- Habits ----------------------------------------------------------------------------

FOCUS_RING: dict[str, Any] = {
    "outline": f"2px solid {FOCUS}",
    "outline_offset": "2px",
}
"""For ``_focus_visible``."""
FOCUS_RING_INSIDE: dict[str, Any] = {
    "outline": f"2px solid {FOCUS}",
    "outline_offset": "-2px",
}
STYLED_WORDS: dict[str, Any] = {
    "& .bold": {"font_weight": SEMIBOLD},
    "& .italic": {"font_style": "italic"},
    "& .struck": {"text_decoration": "line-through"},
    "& .code": {"font_family": "ui-monospace, monospace", "font_size": "0.94em"},
}
"""Words as WhatsApp marks them; see ``assets/styled.js``."""
ELLIPSIS: dict[str, Any] = {
    "white_space": "nowrap",
    "overflow": "hidden",
    "text_overflow": "ellipsis",
    "min_width": "0",
}
"""One line, cut with an ellipsis."""

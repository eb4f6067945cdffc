"""How the picker looks: the rules of its classes, in the theme's colours."""

from typing import Any

from jumper_app.panel import pieces, theme

from .preview_look import PREVIEW

FIELD: dict[str, Any] = {
    "width": "100%",
    "height": "36px",
    "padding": "0 11px",
    "border": f"1px solid {theme.LINE_FIELD}",
    "border_radius": theme.RADIUS_FIELD,
    "background": theme.GROUND,
    "color": theme.TEXT,
    "font": "inherit",
    "&::placeholder": {"color": theme.TEXT_QUIET, "opacity": "1"},
    "&:focus-visible": {**theme.FOCUS_RING_INSIDE},
    "&[aria-invalid=true]": {"border_color": theme.BAD},
}


def _button(style: dict[str, Any], hover: dict[str, Any]) -> dict[str, Any]:
    plain = {name: value for name, value in style.items() if not name.startswith("_")}
    return {
        **plain,
        "&:hover:not(:disabled)": hover,
        "&:focus-visible": theme.FOCUS_RING,
        "&:disabled": {
            "background": theme.SURFACE_OFF,
            "color": theme.TEXT_QUIET,
            "border_color": "transparent",
            "cursor": "default",
        },
    }


FRAME: dict[str, Any] = {
    "margin": "auto",
    "width": "min(780px, calc(100vw - 24px))",
    "max_width": "none",
    "max_height": "none",
    "padding": "0",
    "border": "0",
    "border_radius": "16px",
    "overflow": "hidden",
    "background": theme.GROUND,
    "color": theme.TEXT,
    "box_shadow": theme.SHADOW_MENU,
    "&::backdrop": {"background": theme.SHADE},
    "& .inside": {
        "display": "flex",
        "flex_direction": "column",
        "height": "min(560px, calc(100dvh - 24px))",
        theme.PHONE: {"height": "calc(100dvh - 24px)"},
    },
    "& header": {
        "display": "flex",
        "align_items": "center",
        "justify_content": "space-between",
        "flex": "none",
        "padding": "14px 12px 8px 20px",
    },
    "& h2": {"margin": "0", "font_size": theme.SIZE_TITLE, "font_weight": theme.SEMIBOLD},
    "& .halves": {
        "display": "grid",
        "grid_template_columns": "minmax(0, 1fr) 310px",
        "flex": "1",
        "min_height": "0",
        theme.PHONE: {"grid_template_columns": "minmax(0, 1fr)", "grid_template_rows": "1fr auto"},
    },
    "& .half": {"display": "flex", "flex_direction": "column", "min_height": "0"},
    "& .nothing": {
        "margin": "auto",
        "padding": "32px 20px",
        "display": "flex",
        "flex_direction": "column",
        "align_items": "center",
        "gap": "10px",
        "text_align": "center",
        "color": theme.TEXT_QUIET,
    },
    "& .quiet": {"color": theme.TEXT_QUIET, "font_size": theme.SIZE_META},
    "& .space": {"flex": "1"},
    "& .main-button": _button(pieces.PRIMARY_STYLE, {"background": theme.FILLED_HOVER}),
    "& .outline-button": _button(pieces.OUTLINE_STYLE, {"background": theme.SURFACE}),
    "& .quiet-button": _button(pieces.QUIET_STYLE, {"background": theme.SURFACE}),
    "& .icon-button": {
        **_button(pieces.QUIET_STYLE, {"background": theme.SURFACE}),
        "width": "32px",
        "padding": "0",
    },
    "& .refusal": {
        "margin": "0 20px 8px",
        "padding": "7px 11px",
        "border_radius": theme.RADIUS_BUTTON,
        "background": theme.BAD_SURFACE,
        "color": theme.BAD_TEXT,
        "font_size": theme.SIZE_SMALL,
    },
}

CHOOSE: dict[str, Any] = {
    "& .choose": {"display": "flex", "flex_direction": "column", "min_height": "0", "flex": "1"},
    "& .search": {
        "display": "flex",
        "align_items": "center",
        "gap": "8px",
        "flex": "none",
        "margin": "4px 20px 8px",
        "padding_inline_start": "11px",
        "border": f"1px solid {theme.LINE_FIELD}",
        "border_radius": theme.RADIUS_FIELD,
        "color": theme.TEXT_QUIET,
        "&:focus-within": theme.FOCUS_RING_INSIDE,
        "& input": {**FIELD, "border": "0", "padding": "0", "outline": "0"},
        "& input:focus-visible": {"outline": "0"},
    },
    "& .options": {
        "flex": "1",
        "min_height": "0",
        "overflow_y": "auto",
        "scrollbar_width": "thin",
        "padding": "0 12px",
    },
    "& .section": {
        "padding": "8px 8px 4px",
        "font_size": theme.SIZE_TINY,
        "font_weight": theme.SEMIBOLD,
        "color": theme.TEXT_QUIET,
    },
    "& .option": {
        "display": "flex",
        "flex_direction": "column",
        "gap": "1px",
        "padding": "7px 8px",
        "border_radius": theme.RADIUS_BUTTON,
        "cursor": "pointer",
        "&[aria-selected=true]": {"background": theme.CHOSEN_STRONG},
        "&[aria-disabled=true]": {"cursor": "default"},
    },
    "& .option-name": {
        "display": "flex",
        "align_items": "baseline",
        "gap": "8px",
        "font_weight": theme.MEDIUM,
        "overflow_wrap": "anywhere",
    },
    "& .option[aria-disabled=true] .option-name": {"color": theme.TEXT_QUIET},
    "& .option-line": {
        **theme.ELLIPSIS,
        "font_size": theme.SIZE_SMALL,
        "color": theme.TEXT_QUIET,
    },
    "& .fresh": {
        "display": "flex",
        "align_items": "center",
        "justify_content": "space-between",
        "gap": "8px",
        "flex": "none",
        "padding": "8px 12px 10px 20px",
        "border_top": f"1px solid {theme.LINE}",
        "font_size": theme.SIZE_META,
        "color": theme.TEXT_QUIET,
    },
}

FILL: dict[str, Any] = {
    "& .fill": {"display": "flex", "flex_direction": "column", "min_height": "0", "flex": "1"},
    "& .about": {
        "margin": "0",
        "padding": "0 20px 10px",
        "color": theme.TEXT_QUIET,
        "font_size": theme.SIZE_SMALL,
        "overflow_wrap": "anywhere",
    },
    "& .fields": {
        "flex": "1",
        "min_height": "0",
        "overflow_y": "auto",
        "scrollbar_width": "thin",
        "padding": "2px 20px 12px",
        "display": "flex",
        "flex_direction": "column",
        "gap": "14px",
    },
    "& .field": {
        "display": "flex",
        "flex_direction": "column",
        "gap": "5px",
        "font_size": theme.SIZE_SMALL,
        "& > label, & > .label": {"color": theme.TEXT_QUIET},
        "& > input": FIELD,
        "& > .outline-button": {"align_self": "flex-start"},
    },
    "& label.field": {"color": theme.TEXT_QUIET},
    "& .field > select": {**FIELD, "cursor": "pointer"},
    "& .tick": {
        "display": "flex",
        "align_items": "flex-start",
        "gap": "9px",
        "font_size": theme.SIZE_SMALL,
        "cursor": "pointer",
        "& input": {"margin": "3px 0 0", "accent_color": theme.FILLED},
    },
    "& .wrong": {"margin": "0", "color": theme.BAD_TEXT, "font_size": theme.SIZE_META},
    "& .offers": {
        "display": "flex",
        "flex_wrap": "wrap",
        "gap": "4px",
        "&[hidden]": {"display": "none"},
        "& button": {
            "min_height": theme.TOUCH,
            "max_width": "100%",
            "padding": "0 9px",
            "border": "0",
            "border_radius": theme.RADIUS_CHIP,
            "background": theme.SURFACE,
            "color": theme.TEXT,
            "font": "inherit",
            "font_size": theme.SIZE_META,
            "cursor": "pointer",
            **theme.ELLIPSIS,
            "&[aria-selected=true], &:hover": {
                "background": theme.CHOSEN_STRONG,
                "color": theme.TEXT_ACCENT,
            },
        },
    },
    "& .file": {
        "display": "flex",
        "align_items": "center",
        "gap": "8px",
        "padding": "2px 2px 2px 11px",
        "border": f"1px solid {theme.LINE_STRONG}",
        "border_radius": theme.RADIUS_FIELD,
        "& bdi": {**theme.ELLIPSIS, "flex": "1"},
        "& progress": {"width": "90px", "height": "6px", "accent_color": theme.FILLED},
    },
    "& .place": {
        "display": "grid",
        "grid_template_columns": "1fr 1fr",
        "gap": "10px",
        "margin": "0",
        "padding": "0",
        "border": "0",
        "min_width": "0",
        "& legend": {"padding": "0 0 6px", "font_weight": theme.MEDIUM},
    },
    "& .end": {
        "display": "flex",
        "align_items": "center",
        "gap": "10px",
        "flex": "none",
        "padding": "10px 20px 16px 12px",
        "& .quiet": {theme.PHONE: {"display": "none"}},
    },
}

STYLE: dict[str, Any] = {**FRAME, **CHOOSE, **FILL, **PREVIEW, **theme.STYLED_WORDS}

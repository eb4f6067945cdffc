"""How photos, voice notes, places and cards look in a chat."""

from typing import Any

from jumper_app.panel import theme


def _street(angle: int, at: int) -> str:
    """A street on the drawn map: ``angle`` in degrees, ``at`` in percent of the way."""
    clear = f"transparent {at}%, {theme.PHONE_THEIRS} {at}% {at + 4}%, transparent {at + 4}%"
    return f"linear-gradient({angle}deg, {clear})"


MEDIA: dict[str, Any] = {
    "& .photo": {
        "display": "block",
        "width": "236px",
        "max_width": "calc(100% + 10px)",
        "aspect_ratio": "4 / 3",
        "object_fit": "cover",
        "margin": "-2px -5px 4px",
        "border_radius": "9px",
        "background": theme.SURFACE_HOVER,
    },
    "& .voice": {
        "display": "flex",
        "align_items": "center",
        "gap": "8px",
        "width": "216px",
        "max_width": "100%",
        "padding": "3px 0",
        "& > button": {
            "display": "grid",
            "place_items": "center",
            "flex": "none",
            "width": "34px",
            "height": "34px",
            "border": "0",
            "border_radius": "50%",
            "background": theme.FILLED,
            "color": theme.ON_FILLED,
            "cursor": "pointer",
            "&:hover": {"background": theme.FILLED_HOVER},
            "&:focus-visible": theme.FOCUS_RING,
        },
        "& .wave": {
            "flex": "1",
            "height": "26px",
            "display": "flex",
            "align_items": "center",
            "gap": "2px",
        },
        "& .wave i": {
            "flex": "1",
            "border_radius": "1px",
            "background": "currentColor",
            "opacity": "0.35",
        },
        "& .wave i[data-played]": {"opacity": "1"},
        "& .length": {"font_size": theme.SIZE_TINY, "font_variant_numeric": theme.TABULAR},
    },
    "& .place": {
        "display": "block",
        "width": "228px",
        "max_width": "100%",
        "color": "inherit",
        "text_decoration": "none",
        "border_radius": "9px",
        "&:focus-visible": theme.FOCUS_RING,
    },
    "& .map": {
        "display": "grid",
        "place_items": "center",
        "height": "104px",
        "margin": "-2px -5px 5px",
        "border_radius": "9px",
        "color": theme.BAD_TEXT,
        "background_color": theme.CHIP["green"][0],
        "background_image": f"{_street(24, 46)}, {_street(112, 60)}, {_street(90, 22)}",
    },
    "& .person": {
        "display": "flex",
        "align_items": "center",
        "gap": "10px",
        "min_width": "180px",
        "padding": "3px 2px",
        "font_weight": theme.MEDIUM,
        "overflow_wrap": "anywhere",
    },
    "& .person small, & .place small, & .document small": {
        "display": "block",
        "font_weight": theme.REGULAR,
        "font_size": theme.SIZE_META,
        "opacity": "0.75",
    },
    "& .document": {
        "display": "flex",
        "align_items": "center",
        "gap": "10px",
        "min_width": "180px",
        "padding": "6px 4px",
        "color": "inherit",
        "text_decoration": "none",
        "border_radius": "9px",
        "overflow_wrap": "anywhere",
        "& b": {"font_weight": theme.MEDIUM},
        "&:focus-visible": theme.FOCUS_RING,
    },
    "& .sticker": {"display": "block", "width": "128px", "height": "128px"},
    "& .other": {"display": "flex", "align_items": "center", "gap": "7px", "font_style": "italic"},
}

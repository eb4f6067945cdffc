"""Faces: of customers with their channel's mark, of agents, of the bot."""

import re
import zlib
from typing import Any

import reflex as rx

from jumper_app.panel import theme

from .marks import Text, icon


def initials_of(name: str) -> str:
    """Two letters for a face: ``Maya Ramírez`` → ``MR``, ``Visitor 4821`` → ``VI``.

    Of a bare phone number the last two digits.
    """
    parts = [part for part in name.split() if part[0].isalpha()]
    if not parts:
        return "".join(re.findall(r"\w", name))[-2:].upper() or "?"
    letters = parts[0][0] + parts[-1][0] if len(parts) > 1 else parts[0][:2]
    return letters.upper()


def tone_of(public_id: str) -> str:
    """The colour that a person keeps for ever, one of ``theme.TONES``."""
    return theme.TONES[zlib.crc32(public_id.encode()) % len(theme.TONES)]


def picture_at(public_id: str) -> str:
    """Where a customer's picture is served; empty for none."""
    return f"/media/{public_id}" if public_id else ""


def face(initials: Text, tone: Text, size: int, picture: Text = "", **props: Any) -> rx.Component:
    """A round face, ``size`` px wide: initials, and over them the picture, if it can be had.

    A picture without another text draws nothing while it is broken: the initials stay.
    """
    return rx.el.span(
        initials,
        _portrait(picture, size),
        **_face_style(size),
        background=rx.color(tone, theme.TONE_GROUND_STEP),  # pyright: ignore[reportArgumentType]
        color=rx.color(tone, theme.TONE_TEXT_STEP),  # pyright: ignore[reportArgumentType]
        aria_hidden="true",
        **props,
    )


def _portrait(picture: Text, size: int) -> rx.Component:
    if isinstance(picture, str) and not picture:
        return rx.fragment()
    drawn = rx.el.img(
        src=picture,
        alt="",
        width=f"{size}px",
        height=f"{size}px",
        loading="lazy",
        decoding="async",
        position="absolute",
        inset="0",
        border_radius="50%",
        object_fit="cover",
        custom_attrs={"data-testid": "portrait"},
    )
    return rx.cond(picture != "", drawn)


def bot_face(size: int = theme.AVATAR_MESSAGE, **props: Any) -> rx.Component:
    """The bot's face: its icon in the accent colour."""
    return rx.el.span(
        icon("bot", size=round(size * 0.58)),
        **_face_style(size),
        background=theme.CHOSEN_STRONG,
        color=theme.TEXT_ACCENT,
        aria_hidden="true",
        **props,
    )


def _face_style(size: int) -> dict[str, Any]:
    return {
        "display": "grid",
        "position": "relative",
        "place_items": "center",
        "flex": "none",
        "width": f"{size}px",
        "height": f"{size}px",
        "border_radius": "50%",
        "font_weight": theme.SEMIBOLD,
        "font_size": f"{max(10, round(size * 0.35))}px",
        "line_height": "1",
        "user_select": "none",
    }


def channel_disc(channel: Text, size: int, ground: Any = theme.GROUND) -> rx.Component:
    """The small coloured mark of a channel, ringed by what it stands on; none for none."""
    disc = rx.el.img(
        src=channel_icon(channel),
        alt="",
        width=f"{size}px",
        height=f"{size}px",
        border_radius="50%",
        box_shadow=f"0 0 0 2px {ground}",
        background=ground,
        position="absolute",
        right="-2px",
        bottom="-2px",
    )
    return rx.cond(channel, disc)


def channel_icon(channel: Text) -> str:
    """Where a channel's mark is served, as its description draws it."""
    return f"/channels/{channel}.svg"


def avatar(who: Any, size: int, ground: Any = theme.GROUND) -> rx.Component:
    """A customer's face with the mark of the channel. ``who``: a row that holds both."""
    channel = who["channel"]
    return rx.el.span(
        face(who["initials"], who["tone"], size, who["picture"]),
        channel_disc(channel, max(13, round(size * 0.35)), ground),
        position="relative",
        display="inline-block",
        flex="none",
        height=f"{size}px",
    )

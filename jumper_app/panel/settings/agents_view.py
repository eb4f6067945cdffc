"""``/settings/agents``: how it is drawn."""

from typing import Any

import reflex as rx

from jumper_app.panel import pieces, theme

from . import fields, frame, words
from .agents import AgentsState
from .fields import field


def agents_page() -> rx.Component:
    """Everyone who answers here, and the form to invite one more."""
    return frame.page(
        "agents",
        words.SETTINGS_AGENTS,
        words.AGENTS_INTRO,
        frame.for_admins(_link(), _people(), _invite()),
    )


def _link() -> rx.Component:
    link = rx.el.div(
        fields.code(AgentsState.link, "one-time-link"),
        fields.copy_button(AgentsState.link),
        pieces.icon_button("x", words.FORGET_LINK, on_click=AgentsState.forget_link),
        display="flex",
        gap="8px",
        align_items="center",
        margin="8px 0",
    )
    return rx.cond(
        AgentsState.link,
        rx.el.section(
            rx.el.p(AgentsState.link_title, font_weight=theme.MEDIUM),
            link,
            rx.el.p(words.LINK_ONCE, font_size=theme.SIZE_META),
            role="status",
            aria_label=words.LINK_TITLE,
            style=LINK_STYLE,
        ),
    )


LINK_STYLE: dict[str, Any] = {
    "margin_top": "20px",
    "padding": "14px 16px",
    "border": f"1px solid {theme.NOTE_LINE}",
    "border_radius": theme.RADIUS_NOTE,
    "background": theme.NOTE,
    "color": theme.NOTE_TEXT,
}


def _people() -> rx.Component:
    return rx.cond(
        AgentsState.loaded,
        fields.framed_list(AgentsState.agents, _person),
        rx.fragment(pieces.skeleton_row(), pieces.skeleton_row()),
    )


def _person(person: Any) -> rx.Component:
    return rx.el.li(
        pieces.face(person["initials"], person["tone"], theme.AVATAR_HEADER),
        rx.el.div(
            rx.el.p(
                person["name"],
                rx.cond(person["me"], f" ({words.YOU})", ""),
                font_weight=theme.MEDIUM,
                overflow_wrap="anywhere",
            ),
            fields.quiet(person["email"]),
            flex="1 1 160px",
            min_width="0",
        ),
        _standing(person),
        _actions(person),
        key=person["id"],
        custom_attrs={"data-testid": "agent", "data-agent": person["email"]},
        style=fields.ITEM_STYLE,
    )


def _standing(person: Any) -> rx.Component:
    """Disabled, invited, or their role."""
    return rx.cond(
        person["active"],
        rx.cond(
            person["invited"],
            pieces.chip(words.INVITED, tone="amber"),
            pieces.chip(person["role_name"]),
        ),
        pieces.chip(words.DISABLED, tone="red"),
    )


def _actions(person: Any) -> rx.Component:
    agent = person["id"]
    by_role = rx.cond(
        person["role"] == "admin",
        _item(words.MAKE_AGENT, AgentsState.change_role(agent, "agent")),
        _item(words.MAKE_ADMIN, AgentsState.change_role(agent, "admin")),
    )
    return rx.dropdown_menu.root(
        rx.dropdown_menu.trigger(
            pieces.icon_button("ellipsis", words.ACTIONS, test_id="agent-actions")
        ),
        rx.dropdown_menu.content(
            rx.cond(
                person["invited"],
                _item(words.NEW_LINK, AgentsState.invite_again(agent)),
                _item(words.RESET_LINK, AgentsState.make_reset_link(agent)),
            ),
            by_role,
            rx.cond(
                person["active"],
                _item(words.DISABLE, AgentsState.disable(agent)),
                _item(words.ENABLE, AgentsState.enable(agent)),
            ),
            align="end",
        ),
    )


def _item(label: str, event: rx.event.EventSpec) -> rx.Component:
    return rx.dropdown_menu.item(label, on_select=event)


def _invite() -> rx.Component:
    errors: Any = AgentsState.errors
    return fields.card(
        words.INVITE_TITLE,
        fields.form(
            fields.pairs(
                field(words.FIELD_PERSON, "name", errors["name"]),
                field(words.FIELD_EMAIL, "email", errors["email"], type="email"),
            ),
            _roles(),
            fields.buttons(pieces.primary_button(words.INVITE, test_id="invite", type="submit")),
            key=AgentsState.invited,
            on_submit=AgentsState.invite,
        ),
        intro=words.INVITE_INTRO,
    )


def _roles() -> rx.Component:
    return rx.el.div(
        _role("agent", checked=True),
        _role("admin", checked=False),
        rx.el.span(words.ROLE_HINT, font_size=theme.SIZE_META, color=theme.TEXT_QUIET),
        role="radiogroup",
        aria_label=words.FIELD_ROLE,
        display="flex",
        flex_wrap="wrap",
        gap="6px 16px",
        align_items="center",
    )


def _role(role: str, *, checked: bool) -> rx.Component:
    return rx.el.label(
        rx.el.input(
            type="radio",
            name="role",
            value=role,
            default_checked=checked,
            width="16px",
            height="16px",
            accent_color=theme.FILLED,
        ),
        words.ROLES[role],
        display="inline-flex",
        gap="8px",
        align_items="center",
        min_height=theme.TOUCH,
    )

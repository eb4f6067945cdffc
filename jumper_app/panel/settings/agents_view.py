"""``/settings/agents``: how it is drawn."""

from typing import Any

import reflex as rx

from jumper_app.panel import client, pieces, theme

from . import fields, frame, words
from .agents import AgentsState
from .fields import field
from .session_list import session_list


def agents_page() -> rx.Component:
    """Everyone who answers here, and the form to invite one more."""
    return frame.page(
        "agents",
        words.SETTINGS_AGENTS,
        words.AGENTS_INTRO,
        frame.for_admins(_link(), _people(), _invite(), _sessions(), _disable()),
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
            fields.quiet(person["email"], _seen(person)),
            flex="1 1 160px",
            min_width="0",
        ),
        _standing(person),
        _actions(person),
        key=person["id"],
        custom_attrs={"data-testid": "agent", "data-agent": person["email"]},
        style=fields.ITEM_STYLE,
    )


def _seen(person: Any) -> rx.Component:
    """When they last did something, of those who can sign in."""
    signed_in = rx.fragment(words.SEEN, client.Age.create(at=person["seen_at"]))
    return rx.cond(
        person["active"] & ~person["invited"].to(bool),
        rx.fragment(" · ", rx.cond(person["seen_at"] != "", signed_in, words.NOT_SIGNED_IN)),
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
    return pieces.menu(
        pieces.icon_button("ellipsis", words.ACTIONS, test_id="agent-actions"), *_offered(person)
    )


def _offered(person: Any) -> tuple[rx.Component, ...]:
    """What an admin can do about someone."""
    agent = person["id"]
    return (
        rx.cond(
            person["invited"],
            _item(words.NEW_LINK, AgentsState.invite_again(agent)),
            rx.fragment(
                _item(words.SESSIONS, AgentsState.show_sessions(agent)),
                _item(words.RESET_LINK, AgentsState.make_reset_link(agent)),
            ),
        ),
        rx.cond(
            person["role"] == "admin",
            _item(words.MAKE_AGENT, AgentsState.change_role(agent, "agent")),
            _item(words.MAKE_ADMIN, AgentsState.change_role(agent, "admin")),
        ),
        rx.cond(
            person["active"],
            _item(words.DISABLE, AgentsState.ask_to_disable(agent)),
            _item(words.ENABLE, AgentsState.enable(agent)),
        ),
    )


def _item(label: str, event: rx.event.EventSpec) -> rx.Component:
    return rx.menu.item(label, on_select=event)


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


def _sessions() -> rx.Component:
    """Where someone is signed in."""
    rows: Any = AgentsState.sessions
    everywhere = pieces.danger_button(
        words.END_ALL_SESSIONS, test_id="end-all-sessions", on_click=AgentsState.end_all_sessions
    )
    return rx.dialog.root(
        rx.dialog.content(
            rx.dialog.title(AgentsState.chosen["name"], size="4", margin_bottom="2px"),
            rx.dialog.description(words.SESSIONS_HINT, style=fields.TOLD_STYLE),
            rx.cond(
                rows.length() > 0,
                session_list(rows, AgentsState.end_session),
                fields.quiet(words.NO_SESSIONS),
            ),
            fields.buttons(
                pieces.quiet_button(words.CLOSE, on_click=AgentsState.close),
                rx.cond(rows.length() > 0, everywhere),
            ),
            max_width="480px",
            style=fields.DIALOG_STYLE,
        ),
        open=AgentsState.asked == "sessions",
        on_open_change=AgentsState.close,
    )


def _disable() -> rx.Component:
    """The question before someone is shut out."""
    title = rx.fragment(
        *words.DISABLE_TITLE[:1], AgentsState.chosen["name"], words.DISABLE_TITLE[1]
    )
    return rx.alert_dialog.root(
        rx.alert_dialog.content(
            rx.alert_dialog.title(title, size="4", margin_bottom="2px"),
            rx.alert_dialog.description(words.DISABLE_HINT, style=fields.TOLD_STYLE),
            fields.buttons(
                pieces.quiet_button(words.KEEP, on_click=AgentsState.close),
                pieces.danger_button(
                    words.DISABLE_REALLY,
                    test_id="disable-really",
                    on_click=AgentsState.disable(AgentsState.chosen["id"]),
                ),
            ),
            max_width="440px",
            style=fields.DIALOG_STYLE,
        ),
        open=AgentsState.asked == "disable",
    )

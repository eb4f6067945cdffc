"""Asking for leave to write later. Each form of it that Meta has had is one function.

Sources: Messenger Platform > Notification messages, One-time notification, read 2026-11-22. A
further form is one more entry of ``FORMS``; what comes back is read in ``happenings.optin``.
"""

from collections.abc import Callable, Mapping

from jumper_app.channels.contract import OptInForm, OutOptIn
from jumper_app.channels.loose import Object
from jumper_app.channels.meta.failures import BadRequest

from .limits import MAX_OPT_IN_TITLE, MAX_PAYLOAD


def opt_in(said: OutOptIn) -> Object:
    """The request as a template. Raises BadRequest when Meta would."""
    if not said.title.strip() or len(said.title) > MAX_OPT_IN_TITLE:
        raise BadRequest(detail=f"The title has 1 to {MAX_OPT_IN_TITLE} characters.")
    if not said.payload.strip() or len(said.payload) > MAX_PAYLOAD:
        raise BadRequest(detail=f"What comes back has 1 to {MAX_PAYLOAD} characters.")
    return {"attachment": {"type": "template", "payload": FORMS[said.form](said)}}


def recurring(said: OutOptIn) -> Object:
    """Leave to write as often as it lasts."""
    return {
        "template_type": "notification_messages",
        "title": said.title,
        "payload": said.payload,
    }


def one_time(said: OutOptIn) -> Object:
    """Leave to write once, within a year."""
    return {
        "template_type": "one_time_notif_req",
        "title": said.title,
        "payload": said.payload,
    }


FORMS: Mapping[OptInForm, Callable[[OutOptIn], Object]] = {
    "recurring": recurring,
    "one_time": one_time,
}

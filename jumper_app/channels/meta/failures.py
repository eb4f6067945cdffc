"""Why Meta did not take a message. Each member answers for itself; see ``SendFailed``.

SendFailed
├── NotReached         nothing left this machine: try again
├── Unanswered         it left, no answer came: never blindly again
├── Temporary          Meta is unwell and says so: try again
├── Throttled          too fast for the account
│   └── PairThrottled  too fast for this one customer
├── OutOfWindow        the reply window is closed, whatever our clock says
├── Undeliverable      this customer cannot get this message
│   ├── HeldBack       Meta chose not to deliver
│   └── NeedsPhone     a user id is not enough for this message
├── MediaRefused       the file is too large, broken or of a wrong kind
├── TemplateRefused    the template and the request do not fit
├── BadRequest         we asked for something impossible: our mistake
└── OwnerMustAct       somebody has to do something at Meta; the account waits
    ├── TokenRefused
    ├── PermissionMissing
    └── AccountBlocked

FetchFailed            a customer's file could not be had (also a SendFailed, by contract)
├── FileGone
├── FileTooLarge
└── FileDamaged
"""

from jumper_app.errors import SendFailed


class NotReached(SendFailed):
    """Nothing of the message left this machine."""

    code = "not_reached"
    retryable = True
    for_agent = "Meta could not be reached."
    to_do = "You can send it again."


class Unanswered(SendFailed):
    """The request left, and no answer that we understand came back."""

    code = "unanswered"
    maybe_sent = True
    for_agent = "No answer came. The customer may have this message, or may not."
    to_do = "Please check before you send it again."


class Temporary(SendFailed):
    """Meta answered that something is wrong on its side for a while."""

    code = "temporary"
    retryable = True
    for_agent = "Meta has a problem at the moment."
    to_do = "You can send it again later."


class Throttled(SendFailed):
    """More messages than the account may send at a time."""

    code = "throttled"
    retryable = True
    pauses = "account"
    for_agent = "Meta asks us to slow down."
    to_do = "You can send it again later."


class PairThrottled(Throttled):
    """More messages than one customer may get at a time."""

    code = "pair_throttled"
    pauses = "recipient"
    for_agent = "Meta asks for more time between the messages to this customer."


class OutOfWindow(SendFailed):
    """Meta says that the reply window is closed. Its word counts, not our clock."""

    code = "out_of_window"
    closes_window = True
    for_agent = "The reply window is closed; this message was not delivered."
    to_do = "You can send it again once the customer has written."


class Undeliverable(SendFailed):
    """This customer cannot get this message."""

    code = "undeliverable"
    for_agent = "This customer cannot receive this message."
    to_do = "Please reach them in another way."


class HeldBack(Undeliverable):
    """Meta protects the customer from more messages, or the customer does."""

    code = "held_back"
    for_agent = "Meta chose not to deliver this message."
    to_do = "Please do not send it again today."


class NeedsPhone(Undeliverable):
    """A user id alone is not enough for this message, and we know no number."""

    code = "needs_phone"
    for_agent = "This message needs the customer's phone number, which we do not know."
    to_do = "Please ask the customer for it."


class MediaRefused(SendFailed):
    """The file is too large, broken or of a kind that is not taken."""

    code = "media_refused"
    for_agent = "This file was not accepted."
    to_do = "Please send another one, or the same in another format."


class TemplateRefused(SendFailed):
    """The template is missing, paused, or its fields do not fit."""

    code = "template_refused"
    templates_changed = True
    for_agent = "This template cannot be sent as it is."
    to_do = "Please choose another one."


class BadRequest(SendFailed):
    """We asked for something that Meta does not know or take: our mistake."""

    code = "bad_request"
    alarming = True
    for_agent = "This message was refused."
    for_admin = (
        "Meta refused a message as impossible. If it happens again, report it with the code"
        " that stands here."
    )
    to_do = "Your administrator can see why."


class OwnerMustAct(SendFailed):
    """Nothing goes out until somebody does something in Meta's settings."""

    code = "owner_must_act"
    alarming = True
    pauses = "account"
    for_agent = "This channel needs your administrator: Meta has paused it."
    for_admin = (
        "Meta sends nothing for this account until its registration or name is put right in"
        " Meta's Business settings. Then test the connection."
    )
    to_do = "Send this again when that is done."


class TokenRefused(OwnerMustAct):
    """The access token is wrong, expired or withdrawn."""

    code = "token_refused"
    for_agent = "This channel must be connected again by your administrator."
    for_admin = (
        "Meta does not accept the access token any more. Make a new one in Meta's Business"
        " settings and save it below under Secrets."
    )


class PermissionMissing(OwnerMustAct):
    """The token may not do this."""

    code = "permission_missing"
    for_agent = "This channel lacks a permission; your administrator can grant it at Meta."
    for_admin = (
        "The access token lacks a permission. Test the connection to see which, grant it in"
        " Meta's Business settings, and save a new token below under Secrets."
    )


class AccountBlocked(OwnerMustAct):
    """Meta has restricted or locked the account."""

    code = "account_blocked"
    for_agent = "Meta has restricted this account; your administrator must act."
    for_admin = (
        "Meta has restricted or locked this account. Ask for a review under Business support"
        " at Meta, and test the connection when it is lifted."
    )


class FetchFailed(SendFailed):
    """A customer's file could not be fetched."""

    code = "fetch_failed"
    for_agent = "This file could not be fetched."


class FileGone(FetchFailed):
    """Meta no longer has the file."""

    code = "file_gone"
    for_agent = "This file is no longer available. Please ask the customer to send it again."


class FileTooLarge(FetchFailed):
    """The file is larger than we keep."""

    code = "file_too_large"
    for_agent = "This file is too large."


class FileDamaged(FetchFailed):
    """What arrived is not what Meta announced."""

    code = "file_damaged"
    retryable = True
    for_agent = "This file arrived damaged."

"""Why a visitor is refused. The widget words these by their code, in the visitor's language."""

from jumper_app.errors import BadInput, NotAllowed, NotFound, TooManyRequests


class NoSuchChat(NotFound):
    """No chat goes by this key, or it was removed."""

    code = "no_chat"
    for_agent = "This chat is not open."


class NotAVisitor(NotAllowed):
    """The request does not say whose it is."""

    code = "no_visitor"
    for_agent = "Please reload this page."


class Spent(NotAllowed):
    """An anonymous name that by now belongs to somebody who signed in opens nothing."""

    code = "spent"
    for_agent = "Please begin a new conversation."


class BadIdentity(NotAllowed):
    """The site's word about who is signed in there does not count."""

    code = "bad_identity"
    for_agent = "The site could not say who you are."


class Unreadable(BadInput):
    """The body is no message."""

    code = "unreadable"


class TooFast(TooManyRequests):
    """More than a person writes.

    Attributes:
        retry_after_s: When it may be tried again, in seconds.
    """

    code = "too_fast"
    retry_after_s = 10


class Crowded(TooFast):
    """Too many others ask at this moment."""

    code = "crowded"
    retry_after_s = 5


class TooManyToday(TooFast):
    """More than a conversation needs in a day."""

    code = "too_many_today"
    retry_after_s = 3600


class TooManyNewcomers(TooFast):
    """More new visitors from one address than a household has."""

    code = "too_many_newcomers"
    retry_after_s = 3600


class TooManyFiles(TooFast):
    """More files than a conversation needs in an hour."""

    code = "too_many_files"
    retry_after_s = 3600


class TooManyStreams(TooFast):
    """More open chats from one address than a household has."""

    code = "too_many_streams"
    retry_after_s = 60


class FileTooLarge(BadInput):
    """More bytes than a file may have."""

    code = "file_too_large"


class FileKind(BadInput):
    """None of the kinds that are taken, damaged, or not what its name says."""

    code = "file_kind"


class NoRoom(BadInput):
    """Too many strangers' files wait, or the disk is nearly full."""

    code = "no_room"

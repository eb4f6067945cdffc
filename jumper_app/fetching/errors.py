"""Why a link was not opened. Nothing here tells what a guarded network looks like inside."""

from jumper_app.errors import Refused


class LinkRefused(Refused):
    """It leads nowhere that is public: no such name, a private network, nobody answers."""

    code = "link_refused"
    for_agent = (
        "Jumper could not open this link. It must be public: try it in a private window "
        "of your browser."
    )


class NoLink(LinkRefused):
    """It is not the address of a file on the web."""

    code = "no_link"
    for_agent = "This is not a link that can be opened. It begins with https:// or http://."


class NothingThere(LinkRefused):
    """A public server answered, and not with the file."""

    code = "nothing_there"
    for_agent = "There is no file at this link, or one has to sign in to see it."


class LinkTooLarge(LinkRefused):
    """More bytes than anybody can use."""

    code = "link_too_large"
    for_agent = "The file at this link is too large to be sent here."


class LinkTooSlow(LinkRefused):
    """It did not come in time."""

    code = "link_too_slow"
    for_agent = "The file at this link did not arrive in time. Please try again, or upload it."

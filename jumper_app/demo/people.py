"""How each channel knows the demo's customers."""

from collections.abc import Callable

from jumper_app.channels.contract import Identity, IdentityKind, Person
from jumper_app.simulator.webchat.known import identity_of, secret_of

from .stories import Story


def person(story: Story) -> Person:
    """Who writes in a story, as the story's channel tells it."""
    return TOLD[story.channel](story)


def _on_whatsapp(story: Story) -> Person:
    names = [Identity(kind=IdentityKind.BSUID, value=f"DE.{story.key[::-1]}0000{story.key}")]
    if not story.hides_number:
        names.append(Identity(kind=IdentityKind.WA_ID, value=story.key))
    return Person(
        identities=tuple(names),
        name=story.name,
        username=story.username,
        phone="" if story.hides_number else f"+{story.key}",
    )


def _on_messenger(story: Story) -> Person:
    return Person(identities=(Identity(kind=IdentityKind.PSID, value=story.key),), name=story.name)


def _on_the_site(story: Story) -> Person:
    secret = secret_of(story.name)
    email = f"{story.key.removeprefix('web-')}@example.com"
    return Person(identities=(identity_of(secret),), name=story.name, email=email)


TOLD: dict[str, Callable[[Story], Person]] = {
    "whatsapp": _on_whatsapp,
    "messenger": _on_messenger,
    "webchat": _on_the_site,
}

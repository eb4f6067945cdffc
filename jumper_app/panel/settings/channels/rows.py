"""What the channels' pages draw: rows without any secret."""

from typing import TypedDict

from jumper_app.channels import CHANNELS
from jumper_app.channels.contract import Channel, Finding, FormField, Option, OptionValue, Verdict
from jumper_app.conversations.accounts import AccountView, FlowChoice
from jumper_app.panel.figures import phone

from . import words


class KindRow(TypedDict):
    """A channel that can be connected."""

    key: str
    name: str
    summary: str
    href: str


class AccountRow(TypedDict):
    """One connected account."""

    id: str
    href: str
    channel: str
    channel_name: str
    name: str
    address: str
    standing: str
    """``good``, ``bad``, ``paused`` or ``removed``."""
    standing_name: str
    demo: bool
    alarm: str
    first: str
    """Who answers first, in words."""


class FieldRow(TypedDict):
    """One line of a form that a channel asks to be filled in."""

    name: str
    label: str
    help: str
    type: str
    mode: str
    secret: bool
    value: str


class ChoiceRow(TypedDict):
    """One of several values."""

    value: str
    label: str


class OptionRow(TypedDict):
    """A switch or a text of an account."""

    name: str
    label: str
    help: str
    kind: str
    on: bool
    text: str
    choices: list[ChoiceRow]


class FindingRow(TypedDict):
    """What a test found, or what the provider told."""

    title: str
    verdict: str
    text: str
    can_subscribe: bool
    at: str


class StepRow(TypedDict):
    """A step of connecting. ``number``: as people count; ``done``: how much with it is done."""

    step: int
    number: str
    label: str
    place: str
    done: str


class ShownRow(TypedDict):
    """A value to be copied, for instance the verify token."""

    name: str
    label: str
    value: str


def kinds() -> list[KindRow]:
    """Every channel that there is."""
    return [
        KindRow(
            key=key,
            name=channel.wording.name,
            summary=channel.setup.summary,
            href=f"/settings/channels/connect/{key}",
        )
        for key, channel in CHANNELS.items()
    ]


def account_row(account: AccountView, *, works: bool = True) -> AccountRow:
    """How an account stands. ``works``: as far as the last test knows."""
    standing = standing_of(account, works=works)
    return AccountRow(
        id=account.public_id,
        href=f"/settings/channels/{account.public_id}",
        channel=account.channel,
        channel_name=CHANNELS[account.channel].wording.name,
        name=account.name,
        address=phone(account.address) or account.external_id,
        standing=standing,
        standing_name=words.STANDINGS[standing],
        demo=account.demo,
        alarm=account.alarm,
        first=words.answers_first(account.flow_name),
    )


def standing_of(account: AccountView, *, works: bool = True) -> str:
    """The one word for an account; a key of ``words.STANDINGS``."""
    if not account.active:
        return "removed"
    if account.paused:
        return "paused"
    return "bad" if account.alarm or not works else "good"


def flow_rows(flows: list[FlowChoice]) -> list[ChoiceRow]:
    """Who may answer first: people, or one of the flows."""
    people = ChoiceRow(value="", label=words.PEOPLE_FIRST)
    bots = [ChoiceRow(value=one.public_id, label=words.bot_first(one.name)) for one in flows]
    return [people, *bots]


def field_row(field: FormField, value: str = "") -> FieldRow:
    """A line of the form; ``value`` is never a secret's."""
    return FieldRow(
        name=field.name,
        label=field.label if field.required else words.optional(field.label),
        help=field.help,
        type={"secret": "password", "phone": "tel"}.get(field.kind, "text"),
        mode="numeric" if field.kind == "digits" else "text",
        secret=field.kind == "secret",
        value=value,
    )


def step_rows(labels: dict[int, str]) -> list[StepRow]:
    """The steps in their order, counted from 1."""
    most = len(labels)
    return [
        StepRow(
            step=step,
            number=str(number),
            label=label,
            place=words.step_of(number, most),
            done=f"{100 * number // most}%",
        )
        for number, (step, label) in enumerate(labels.items(), start=1)
    ]


def asked_for(channel: Channel) -> list[FormField]:
    """The fields that an admin fills in; the others get a value of our own."""
    return [field for field in channel.form if not field.made_here]


def option_row(option: Option, value: OptionValue) -> OptionRow:
    """An option with the value that counts now."""
    choices = [ChoiceRow(value=each, label=label) for each, label in option.choices]
    return OptionRow(
        name=option.name,
        label=option.label,
        help=option.help,
        kind=option.kind,
        on=value is True,
        text=value if isinstance(value, str) else "",
        choices=choices,
    )


def finding_row(finding: Finding, at: str = "") -> FindingRow:
    """A finding. ``at``: ISO time, empty when it is of now."""
    return FindingRow(
        title=finding.title,
        verdict=finding.verdict,
        text=finding.text,
        can_subscribe=finding.can_subscribe and finding.verdict is Verdict.BAD,
        at=at,
    )

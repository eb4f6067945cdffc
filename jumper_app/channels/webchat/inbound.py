"""A visitor's body → items of the contract."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from jumper_app.channels.contract import (
    Content,
    Inbound,
    Item,
    Media,
    MediaRef,
    Parked,
    Person,
    Receipt,
    ReceiptState,
    Text,
)
from jumper_app.channels.loose import clean, clean_text, obj, text

from .posts import Post, Sender, Written, external_id


def parse(body: Any, received_at: datetime) -> Sequence[Item]:
    """What a visitor's browser handed in. Its time is ours: a browser's clock may say anything."""
    try:
        post = Post.model_validate(body)
    except ValidationError:
        return [Parked(account=text(obj(clean(body)).get("account"), 64), kind="post", raw=None)]
    items: list[Item] = list(_receipts(post, received_at))
    if post.written is not None:
        items.append(_message(post, post.written, received_at))
    return items


def accounts_in(body: Any) -> frozenset[str]:
    """The account that a body is for."""
    account = text(obj(clean(body)).get("account"), 64)
    return frozenset({account} if account else ())


def _message(post: Post, written: Written, received_at: datetime) -> Inbound:
    return Inbound(
        account=post.account,
        external_id=external_id(post.sender.identity, written.id),
        sender=_person(post.sender),
        sent_at=received_at,
        content=_content(written),
    )


def _person(sender: Sender) -> Person:
    return Person(
        identities=(sender.identity,),
        name=clean_text(sender.name).strip(),
        email=clean_text(sender.email).strip(),
        language=sender.language,
        timezone=sender.timezone,
    )


def _content(written: Written) -> Content:
    words = clean_text(written.text)
    if written.file is None:
        return Text(text=words, payload=written.choice, from_button=bool(written.choice))
    ref = MediaRef(
        provider_id=written.file.place,
        mime=written.file.mime,
        filename=clean_text(written.file.filename),
    )
    return Media(kind=written.file.kind, media=ref, caption=words)


def _receipts(post: Post, at: datetime) -> Iterator[Receipt]:
    if post.seen is None:
        return
    told = (
        (ReceiptState.DELIVERED, post.seen.delivered),
        (ReceiptState.READ, post.seen.read),
    )
    for state, references in told:
        for reference in references:
            yield Receipt(
                account=post.account,
                external_id=reference,
                our_reference=reference,
                state=state,
                at=at,
            )

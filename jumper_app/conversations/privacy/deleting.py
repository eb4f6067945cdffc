"""Deleting messages with everything that hangs on them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete
from sqlmodel import col, select

from jumper_app.conversations.attachments import path_of
from jumper_app.db import Work
from jumper_app.models import (
    Attachment,
    Echoed,
    Mention,
    Message,
    Outbox,
    Reaction,
    ReceiptRow,
    Said,
    Wake,
)


@dataclass(frozen=True)
class Deleted:
    """What went.

    Attributes:
        messages: How many.
        files: Public ids of their files. Their bytes go after the commit (``unlink``).
        conversations: Whose messages they were.
    """

    messages: int = 0
    files: tuple[str, ...] = ()
    conversations: tuple[int, ...] = ()


def delete_messages(work: Work, keys: Sequence[int]) -> Deleted:
    """Delete these messages. What the log says about them stays: it holds numbers only."""
    rows = work.exec(select(Message).where(col(Message.id).in_(keys))).all()
    if not rows:
        return Deleted()
    files = work.exec(
        select(Attachment.public_id).where(col(Attachment.message_id).in_(keys))
    ).all()
    work.exec(delete(Attachment).where(col(Attachment.message_id).in_(keys)))
    work.exec(delete(Outbox).where(col(Outbox.message_id).in_(keys)))
    work.exec(delete(Wake).where(col(Wake.message_id).in_(keys)))
    work.exec(delete(Mention).where(col(Mention.message_id).in_(keys)))
    work.exec(delete(Reaction).where(col(Reaction.message_id).in_(keys)))
    for account_id in {row.account_id for row in rows}:
        mine = [row for row in rows if row.account_id == account_id]
        told = [row.external_id for row in mine if row.external_id]
        forget_told(work, account_id, told, [row.public_id for row in mine])
    for row in rows:
        work.expunge(row)
    work.exec(delete(Message).where(col(Message.id).in_(keys)))
    conversations = {row.conversation_id for row in rows}
    return Deleted(len(rows), tuple(files), tuple(sorted(conversations)))


def forget_told(
    work: Work, account_id: int, external_ids: Sequence[str], references: Sequence[str] = ()
) -> None:
    """Delete reactions, edits, receipts and echoes, which are kept by the provider's id."""
    for table, ids in ((Said, Said.about), (Echoed, Echoed.external_id)):
        told = (col(table.account_id) == account_id) & col(ids).in_(external_ids)
        work.exec(delete(table).where(told))
    work.exec(
        delete(ReceiptRow).where(
            col(ReceiptRow.account_id) == account_id,
            col(ReceiptRow.external_id).in_(external_ids)
            | col(ReceiptRow.our_reference).in_(references),
        )
    )


def unlink(files: Sequence[str]) -> None:
    """Delete the bytes of files whose rows are gone.

    If the process dies before, they are strays, which are swept away later.
    """
    for public_id in files:
        path_of(public_id).unlink(missing_ok=True)

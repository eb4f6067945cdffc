"""How far a message of ours has come. Pure: any order of news gives the same tick."""

from collections.abc import Iterable

from jumper_app.channels.contract import ReceiptState
from jumper_app.models import Delivery

ARRIVED = {
    ReceiptState.DELIVERED: Delivery.DELIVERED,
    ReceiptState.READ: Delivery.READ,
    ReceiptState.PLAYED: Delivery.READ,
}
"""News that proves arrival, and so outweighs a failure."""


def tick(base: Delivery, news: Iterable[ReceiptState]) -> Delivery:
    """Join what we know ourselves with everything the provider has said.

    Args:
        base: What our own sending says: queued, sent, failed or unknown.
        news: All receipts so far, in any order, repeated or not.
    """
    said = set(news)
    if arrived := {ARRIVED[state] for state in said if state in ARRIVED}:
        return Delivery.READ if Delivery.READ in arrived else Delivery.DELIVERED
    if ReceiptState.FAILED in said:
        return Delivery.FAILED
    return Delivery.SENT if ReceiptState.SENT in said else base

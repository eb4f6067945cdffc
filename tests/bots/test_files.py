"""Files that a flow sends: every message has a copy of its own, which nothing sweeps away."""

import os
import time

from jumper_app.bots.definition import End, Flow, SendMedia
from jumper_app.bots.runs import answer_next
from jumper_app.bots.shelf import publish
from jumper_app.conversations.attachments import path_of
from jumper_app.conversations.attachments.room import STRAYS_LIVE
from jumper_app.models import Attachment
from tests import make
from tests.house import every, take
from tests.make import NOON

PICTURE = "a" * 32
FLOW = Flow(
    name="Picture",
    start="picture",
    announcement="",
    nodes={
        "picture": SendMedia(kind="image", file=PICTURE, next="end"),
        "end": End(outcome="done"),
    },
)


def test_the_copy_of_an_old_file_is_no_stray_before_its_commit(db):
    def shop(work):
        make.account(work).flow_id = publish(work, FLOW, NOON).id
        work.add(Attachment(public_id=PICTURE, mime="image/png", size=3, created_at=NOON))

    db.write(shop)
    place = path_of(PICTURE)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(b"png")
    long_ago = time.time() - 2 * STRAYS_LIVE.total_seconds()
    os.utime(place, (long_ago, long_ago))
    take(db, make.inbound("Hello"))
    assert db.write(answer_next, now=NOON)
    _, copy = every(db, Attachment)
    assert path_of(copy.public_id).read_bytes() == b"png"
    assert path_of(copy.public_id).stat().st_mtime > long_ago + STRAYS_LIVE.total_seconds()
    place.unlink()
    path_of(copy.public_id).unlink()

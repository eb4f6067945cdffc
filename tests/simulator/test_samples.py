import io
import struct

from PIL import Image

from jumper_app.simulator import samples
from jumper_app.simulator.whatsapp import media_rules


def pages(sound: bytes):
    """(flags, granule, packets) of every Ogg page, read back by the format's own rules."""
    while sound:
        assert sound[:4] == b"OggS"
        flags, granule = struct.unpack_from("<Bq", sound, 5)
        sizes = sound[27 : 27 + sound[26]]
        start, packets = 27 + len(sizes), []
        for size in sizes:
            packets.append(sound[start : start + size])
            start += size
        yield flags, granule, packets
        sound = sound[start:]


def test_the_photo_may_be_sent_on_whatsapp():
    assert media_rules.why_not("image", "image/jpeg", samples.photo()) == ""
    assert Image.open(io.BytesIO(samples.photo())).size == (640, 480)


def test_the_voice_note_is_one_second_of_mono_ogg_opus():
    head, tags, sound = pages(samples.voice_note())
    assert head[2][0][:8] == b"OpusHead"
    assert head[2][0][9] == 1
    assert tags[2][0][:8] == b"OpusTags"
    assert (sound[0], sound[1], len(sound[2])) == (4, 48_000, 50)


def test_the_checksum_of_a_page_is_oggs():
    page = samples.voice_note()[: 27 + 1 + 19]
    blank = page[:22] + bytes(4) + page[26:]
    assert struct.unpack_from("<I", page, 22)[0] == bitwise(blank)


def bitwise(page: bytes) -> int:
    """Polynomial division, bit by bit, over the page and 32 zero bits."""
    value = int.from_bytes(page + bytes(4), "big")
    for bit in range(value.bit_length() - 1, 31, -1):
        if value >> bit & 1:
            value ^= 0x104C11DB7 << (bit - 32)
    return value

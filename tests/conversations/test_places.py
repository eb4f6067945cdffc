"""Places out of links and coordinates, as people paste them."""

import re
import time
from contextlib import suppress

import pytest

from jumper_app.conversations.places import NOTHING, OFF_EARTH, SHORT, degrees, read_place
from jumper_app.errors import BadInput

GATE = (52.5162746, 13.3777041)

LINKS = [
    "https://www.google.com/maps/place/Brandenburger+Tor/@52.51,13.37,17z/data=!3m1!4b1!4m6!3m5"
    "!1s0x47a851c655f20989:0x26bbfb4e84674c63!8m2!3d52.5162746!4d13.3777041!16zL20vMDZfOGs",
    "https://www.google.de/maps/@52.5162746,13.3777041,15z",
    "https://www.google.com/maps?q=52.5162746,13.3777041",
    "https://maps.google.com/maps?q=loc:52.5162746,13.3777041&z=15",
    "https://maps.google.com/?ll=52.5162746,13.3777041",
    "https://www.google.com/maps/search/?api=1&query=52.5162746%2C13.3777041",
    "https://www.google.com/maps/search/52.5162746,+13.3777041",
    "https://www.google.com/maps/dir/?api=1&destination=52.5162746,13.3777041",
    "https://maps.apple.com/?ll=52.5162746,13.3777041&q=Brandenburger%20Tor",
    "https://maps.apple.com/place?coordinate=52.5162746,13.3777041&name=Brandenburger%20Tor",
    "http://maps.apple.com/?daddr=52.5162746,13.3777041",
    "https://www.openstreetmap.org/?mlat=52.5162746&mlon=13.3777041#map=19/52.5/13.3",
    "https://www.openstreetmap.org/#map=17/52.5162746/13.3777041",
    "https://www.openstreetmap.org/way/518071791#map=17.5/52.5162746/13.3777041&layers=N",
    "https://www.bing.com/maps?cp=52.5162746~13.3777041&lvl=16",
    "https://www.waze.com/ul?ll=52.5162746%2C13.3777041&navigate=yes",
    "geo:52.5162746,13.3777041",
    "geo:52.5162746,13.3777041;u=35?z=16",
    "52.5162746, 13.3777041",
    "52.5162746 13.3777041",
    "52.5162746N, 13.3777041E",
    "  52.5162746;13.3777041  ",
]


@pytest.mark.parametrize("pasted", LINKS)
def test_a_place_is_read_out_of_what_people_paste(pasted):
    place = read_place(pasted)
    assert (place.latitude, place.longitude) == GATE


@pytest.mark.parametrize(
    ("pasted", "name"),
    [
        (LINKS[0], "Brandenburger Tor"),
        (LINKS[8], "Brandenburger Tor"),
        (LINKS[9], "Brandenburger Tor"),
        (LINKS[2], ""),
        ("https://www.google.com/maps/place/Caf%C3%A9+Einstein/@52.5,13.4,17z", "Café Einstein"),
    ],
)
def test_a_place_keeps_its_name(pasted, name):
    assert read_place(pasted).name == name


@pytest.mark.parametrize(
    ("pasted", "where"),
    [
        ("33°51′31.2″S 151°12′51.5″E", (-33.8586667, 151.2143056)),
        ("40° 26' 46\" N, 79° 58' 56\" W", (40.4461111, -79.9822222)),
        ("34.6S, 58.38W", (-34.6, -58.38)),
        ("-34.6, -58.38", (-34.6, -58.38)),
        ("0,0", (0, 0)),
        ("90,-180", (90, -180)),
    ],
)
def test_every_corner_of_the_earth_can_be_written(pasted, where):
    place = read_place(pasted)
    assert (place.latitude, place.longitude) == pytest.approx(where)


@pytest.mark.parametrize(
    ("pasted", "sentence"),
    [
        ("https://maps.app.goo.gl/xYz123", SHORT),
        ("https://goo.gl/maps/abc", SHORT),
        ("https://osm.org/go/0MZxAuQ", SHORT),
        ("https://www.google.com/maps/place/Berlin", NOTHING),
        ("https://example.com/", NOTHING),
        ("Brandenburger Tor", NOTHING),
        ("52.5", NOTHING),
        ("https://[broken", NOTHING),
        ("91,0", OFF_EARTH),
        ("0,180.1", OFF_EARTH),
        ("https://maps.google.com/?ll=95.5,13.3", OFF_EARTH),
    ],
)
def test_what_is_no_place_says_what_to_do(pasted, sentence):
    with pytest.raises(BadInput, match=re.escape(sentence)):
        read_place(pasted)


@pytest.mark.parametrize(
    ("written", "value"),
    [("52.5", 52.5), ("52,5", 52.5), (" -7 ", -7.0), ("−7", -7.0), ("+0.1", 0.1), ("90", 90.0),
     ("90.1", None), ("", None), ("nan", None), ("1e1", None), ("5 2", None), ("inf", None),
     ("9" * 50, None)],
)  # fmt: skip
def test_degrees_are_numbers_on_the_earth(written, value):
    assert degrees(written, 90) == value


@pytest.mark.parametrize("piece", ["1,", "@1.", "/place/", "!3d1", "°1'", "loc:1,1 ", "&q=1"])
def test_reading_never_takes_long(piece):
    spent = time.process_time()
    with suppress(BadInput):
        read_place(f"https://maps.google.com/maps/{piece * 50_000}")
    assert time.process_time() - spent < 0.5

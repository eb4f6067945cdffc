"""What a file is, by its content; and what it may be called."""

import pytest

from jumper_app.conversations.attachments.kinds import BY_MIME, identify, look
from jumper_app.conversations.attachments.names import LONGEST, plain_name
from jumper_app.errors import BadInput
from tests import files


@pytest.fixture
def file(tmp_path):
    def make(content):
        path = tmp_path / "file"
        path.write_bytes(content)
        return path

    return make


@pytest.mark.parametrize("mime", BY_MIME)
def test_every_type_is_known_by_its_content_alone(file, mime):
    _, content = files.named(mime)
    assert identify(file(content), "").mime == mime


@pytest.mark.parametrize("mime", BY_MIME)
def test_a_name_must_agree_with_the_content(file, mime):
    name, content = files.named(mime)
    assert identify(file(content), name.upper()).mime == mime
    with pytest.raises(BadInput, match=r"ends in \.exe"):
        identify(file(content), f"{name}.exe")


@pytest.mark.parametrize("mime", [one for one in BY_MIME if not one.startswith("image/")])
def test_a_files_content_may_not_go_by_another_types_name(file, mime):
    _, content = files.named(mime)
    with pytest.raises(BadInput):
        identify(file(content), "photo.jpg")


def test_a_picture_may_have_any_pictures_name_for_it_is_made_anew(file):
    assert identify(file(files.picture("PNG")), "photo.jpg").mime == "image/png"


@pytest.mark.parametrize("content", [b"", b"\x00" * 50, b"\x1b[31mred", "naïve".encode("utf-16")])
def test_what_nobody_knows_is_nothing(file, content):
    if content.startswith(b"\x1b"):
        assert identify(file(content), "").mime == "text/plain"
    else:
        assert look(file(content)) is None


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(files.film(b"isom")[:-1], id="cut-short"),
        pytest.param(files.box(b"ftyp", b"isom"), id="without-a-table"),
        pytest.param(files.box(b"ftyp", b"isom") + bytes(8), id="a-box-of-nothing"),
        pytest.param(files.film(b"evil"), id="an-unknown-brand"),
    ],
)
def test_a_film_is_whole(file, content):
    assert look(file(content)) is None


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("order 7.pdf", "order 7.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\a.txt", "a.txt"),
        ("a\x00b\n\r.txt", "ab.txt"),
        ('a"b<c>.pdf', "a_b_c_.pdf"),
        ("photo\u202egnp.exe", "photognp.exe"),
        ("...", "file"),
        ("", "file"),
        (".htaccess", "htaccess"),
        ("CON.txt", "_CON.txt"),
        ("Müller — Angebot 😀.pdf", "Müller — Angebot 😀.pdf"),
        ("x" * 300 + ".txt", "x" * (LONGEST - 4) + ".txt"),
    ],
)
def test_a_name_loses_what_hides_or_leads_elsewhere(given, kept):
    assert plain_name(given) == kept


def test_a_name_can_be_given_another_ending():
    assert plain_name("holiday.heic", ".jpg") == "holiday.jpg"

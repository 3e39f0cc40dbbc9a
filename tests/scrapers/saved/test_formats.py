"""Each format of saved pages, as its tools write it; and files that are none, or worse."""

import base64
import gzip
import io
import json
import quopri
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scrapers.saved.folder import files_in
from scrapers.saved.formats import format_of, formats
from scrapers.saved.part import DamagedPageError, trimmed
from scrapers.saved.places import address_in, archived_at, day_in
from scrapers.saved.reading import parts_of, read_file
from tests.fake_session import HOME, NOW, rules
from tests.saved_files import MAKERS, SAVED_AT, har, mhtml, put, record, single_file, warc
from tests.scrapers.saved.shelved import shelf_of

URL = "https://www.linkedin.com/company/acme"
BODY = "<html><title>Acme</title><h1>Acme</h1><p>1,234 followers — Größe</p></html>".encode()


@pytest.mark.parametrize("name", MAKERS)
def test_each_format_gives_the_page_its_address_and_its_day(name: str, tmp_path: Path) -> None:
    path = put(tmp_path, name, MAKERS[name](URL, BODY))
    (part,) = parts_of(path)
    assert part.url == URL
    assert BODY in part.body
    assert part.media.startswith("text/html")
    assert part.at == (None if name == "chrome.htm" else SAVED_AT)


@pytest.mark.parametrize("name", MAKERS)
def test_a_file_is_told_by_its_bytes_when_people_renamed_it(name: str, tmp_path: Path) -> None:
    path = put(tmp_path, "renamed.html", MAKERS[name](URL, BODY))
    assert [part.url for part in parts_of(path)] == [URL]


@pytest.mark.parametrize("name", MAKERS)
@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_a_file_that_was_cut_off_costs_itself(name: str, share: float, tmp_path: Path) -> None:
    whole = MAKERS[name](URL, BODY * 50)
    put(tmp_path, name, whole[: int(len(whole) * share)])
    shelf = shelf_of(tmp_path)
    for page in shelf.pages:  # what came before the cut may be read
        assert page.url == URL
    assert shelf.pages or shelf.notes()


@pytest.mark.parametrize("name", MAKERS)
@pytest.mark.parametrize("start", [0, 1, 7])
def test_a_spoiled_file_never_raises(name: str, start: int, tmp_path: Path) -> None:
    spoiled = bytearray(MAKERS[name](URL, BODY * 20))
    spoiled[start::11] = b"\x00" * len(spoiled[start::11])
    put(tmp_path, name, bytes(spoiled))
    shelf = shelf_of(tmp_path)
    assert shelf.pages or shelf.notes()
    for note in shelf.notes():
        assert note.detail
        assert note.help


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.html", b"", "empty"),
        ("blank.mhtml", b" \r\n ", "empty"),
        ("picture.html", b"\x89PNG\r\n\x1a\n" + bytes(500), "no page of the web: it holds no HTML"),
        ("photo.png", b"\x89PNG\r\n\x1a\n", "no saved page: those end in"),
        ("list.har", b"[1, 2]", "no HAR file: it holds no entries"),
        ("deep.har", b'{"log": {"entries": ' + b"[" * 100_000, "no HAR file, or cut off"),
        ("text.warc", b"WARC/1.0\r\nnonsense", "holds no page"),
        ("not.wacz", b"PK\x03\x04 nothing", "no WACZ file, or damaged"),
        ("mail.mht", b"From: a\r\nContent-Type: multipart/related\r\n\r\n--x\r\n", "holds no page"),
    ],
)
def test_what_is_no_saved_page_is_named_with_the_reason(
    name: str, content: bytes, words: str, tmp_path: Path
) -> None:
    put(tmp_path, name, content)
    (note,) = shelf_of(tmp_path).notes()
    assert note.what == f"saved/{name}"
    assert note.detail.startswith(words)
    assert not note.incomplete


def _zipped(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as whole:
        for name, content in files.items():
            whole.writestr(name, content)
    return stream.getvalue()


def test_an_archive_that_unpacks_to_too_much_is_left_alone(tmp_path: Path) -> None:
    bomb = _zipped({f"archive/{n}.warc": bytes(21 * 1024 * 1024) for n in range(10)})
    assert len(bomb) < 1_000_000
    put(tmp_path, "bomb.wacz", bomb)
    (note,) = shelf_of(tmp_path).notes()
    assert note.detail == "holds more than is read of one file"


def test_an_archive_in_an_archive_is_not_unpacked(tmp_path: Path) -> None:
    put(tmp_path, "nested.wacz", _zipped({"archive/inner.wacz": _zipped({"a.warc": b"WARC"})}))
    (note,) = shelf_of(tmp_path).notes()
    assert note.detail == "holds no web archive"


def test_names_in_an_archive_lead_nowhere(tmp_path: Path) -> None:
    put(tmp_path / "saved", "up.wacz", _zipped({"../../out.warc.gz": warc(URL, BODY)}))
    assert [page.url for page in shelf_of(tmp_path / "saved").pages] == [URL]
    assert [path.name for path in tmp_path.iterdir()] == ["saved"]


def test_only_answers_with_success_to_plain_requests_are_taken_of_a_record() -> None:
    recorded = json.loads(har(URL, BODY))
    (good,) = recorded["log"]["entries"]
    posted = {**good, "request": {**good["request"], "method": "POST"}}
    failed = {**good, "response": {**good["response"], "status": 403}}
    picture = {
        **good,
        "response": {"status": 200, "content": {"mimeType": "image/png", "text": "x"}},
    }
    recorded["log"]["entries"] = [posted, failed, picture, "odd", None, good]
    parts = list(formats()["HAR"].read(json.dumps(recorded).encode()))
    assert [part.url for part in parts] == [URL]


def test_a_har_with_text_is_utf8_whatever_the_server_said() -> None:
    record = json.loads(har(URL, BODY))
    content = record["log"]["entries"][0]["response"]["content"]
    content.update(mimeType="text/html; charset=windows-1252", text=BODY.decode(), encoding="")
    (part,) = formats()["HAR"].read(json.dumps(record).encode())
    assert (part.media, part.body) == ("text/html; charset=utf-8", BODY)


def test_the_page_of_a_message_is_that_of_its_address_and_no_frame() -> None:
    (part,) = formats()["MHTML"].read(mhtml(URL, BODY))
    assert part.body == BODY + b"" or part.body.strip() == BODY
    assert b"9 followers" not in part.body


def test_pictures_within_a_page_are_left_out() -> None:
    picture = base64.b64encode(bytes(3_000_000)).decode()
    page = f'<img src="data:image/png;base64,{picture}"><p>1,234 followers'.encode()
    assert trimmed(page) == b'<img src="data:,"><p>1,234 followers'


@pytest.mark.parametrize(
    ("page", "left"),
    [
        (b"<title>(3) Acme (@acme) / X</title>", b"<title>Acme (@acme) / X</title>"),
        (b"<title dir=ltr>\n (99+) Acme", b"<title dir=ltr>\n Acme"),
        (b'<meta property="og:title" content="(12) Acme">', b'<meta property="og:title" content="Acme">'),
        (b"<title>Acme (2019)</title>", b"<title>Acme (2019)</title>"),
        (b"<p>(3) Acme", b"<p>(3) Acme"),
    ],
)  # fmt: skip
def test_the_readers_unread_messages_are_left_out_of_titles(page: bytes, left: bytes) -> None:
    assert trimmed(page) == left


WAYBACK = "https://web.archive.org/web/20261115101112/https://www.linkedin.com/company/acme"


def test_a_page_of_the_wayback_machine_is_of_its_own_day_and_address(tmp_path: Path) -> None:
    body = (
        f'<html><head><script src="https://web-static.archive.org/x.js"></script>'
        f'<link rel="canonical" href="{WAYBACK}"></head><body>'
        "<!-- BEGIN WAYBACK TOOLBAR INSERT --><p>99 followers</p><!-- END WAYBACK TOOLBAR INSERT -->"
        '<a href="/web/20261115101112/https://acme.example/">site</a>'
        "<!-- FILE ARCHIVED ON 10:11:12 Nov 15, 2026 AND RETRIEVED FROM THE INTERNET ARCHIVE -->"
    ).encode()
    (part,) = parts_of(put(tmp_path, "wayback.html", body))
    assert part.url == URL
    assert part.at == datetime(2026, 11, 15, 10, 11, 12, tzinfo=UTC)
    assert b"99 followers" not in part.body
    assert b'<a href="https://acme.example/">' in part.body


@pytest.mark.parametrize(
    ("address", "plain", "day"),
    [
        (WAYBACK, URL, "2026-11-15 10:11:12"),
        (WAYBACK.replace("/https", "id_/https"), URL, "2026-11-15 10:11:12"),
        (WAYBACK.replace("20261115101112", "99999999999999"), URL, "None"),
        ("https://acme.example/web/2026/", "https://acme.example/web/2026/", "None"),
        ("", "", "None"),
    ],
)
def test_addresses_of_the_wayback_machine(address: str, plain: str, day: str) -> None:
    url, at = archived_at(address)
    assert (url, str(at).removesuffix("+00:00")) == (plain, day)


@pytest.mark.parametrize(
    ("body", "address"),
    [
        ('<meta property="og:url" content="https://a.example/x?a=1&amp;b=2">', "https://a.example/x?a=1&b=2"),
        ('<link rel="canonical" href="https://a.example/1"><meta property=og:url content=https://a.example/2>', "https://a.example/1"),
        ("<!-- saved from url=(0013)about:internet --><p>x", ""),
        ("<!-- saved from url=(0021)file:///C:/x/acme.html -->", ""),
    ],
)  # fmt: skip
def test_an_address_is_where_the_file_keeps_it(body: str, address: str) -> None:
    assert address_in(body.encode()) == address


@pytest.mark.parametrize(
    ("day", "at"),
    [
        ("Sun Nov 29 2026 14:36:49 GMT+0100 (Mitteleuropäische Normalzeit)", "2026-11-29 13:36:49"),
        ("2026-11-29T13:36:49.000Z", "2026-11-29 13:36:49"),
        ("Sun Nov 41 2026 14:36:49 GMT+0100", "None"),
        ("yesterday, more or less", "None"),
    ],
)
def test_the_day_of_single_file(day: str, at: str) -> None:
    body = f"<!--\n Page saved with SingleFile \n url: {URL} \n saved date: {day}\n-->"
    assert str(day_in(body.encode())).removesuffix("+00:00") == at


def test_a_day_that_cannot_be_is_that_of_the_file(tmp_path: Path) -> None:
    put(tmp_path, "a.html", single_file(URL, BODY, datetime(1990, 1, 1, tzinfo=UTC)))
    (page,) = shelf_of(tmp_path).pages
    assert page.at == SAVED_AT


def test_no_name_makes_a_file_what_its_bytes_are_not() -> None:
    assert format_of("x.zip", b"PK\x05\x06") is None
    assert format_of("x.exe", b"MZ\x90") is None


def test_a_compressed_archive_with_an_endless_body_ends(tmp_path: Path) -> None:
    endless = warc(URL, b"<html>" + bytes(40_000_000))
    assert len(endless) < 1_000_000
    path = put(tmp_path, "zeros.warc.gz", endless)
    (part,) = parts_of(path)
    assert len(part.body) <= 10 * 1024 * 1024


def test_what_cannot_be_opened_is_told(tmp_path: Path) -> None:
    path = put(tmp_path, "a.html", BODY)
    (file,), _ = files_in(tmp_path)
    path.unlink()
    read = read_file(rules(), file, frozenset(), NOW)
    assert read.problem.startswith("cannot be read (No such file")


def test_an_archive_that_is_no_archive(tmp_path: Path) -> None:
    path = put(tmp_path, "a.warc.gz", gzip.compress(b"hello" * 10))
    with pytest.raises(DamagedPageError):
        list(parts_of(path))


def _entry(**content: str) -> dict[str, object]:
    (entry,) = json.loads(har(URL, BODY))["log"]["entries"]
    return {**entry, "response": {"status": 200, "content": content}}


@pytest.mark.parametrize(
    ("entry", "count"),
    [
        ({**_entry(mimeType="", text="<!DOCTYPE html><p>x")}, 1),
        ({**_entry(mimeType="x-unknown", text="<html><p>x")}, 1),
        ({**_entry(mimeType="x-unknown", text="PNG")}, 0),
        ({**_entry(mimeType="text/html", text="####", encoding="base64")}, 0),
        ({**_entry(mimeType="text/html", text="  ")}, 0),
        ({**_entry(), "response": {"status": 304, "content": {"mimeType": "text/html", "text": "<p>"}}}, 1),
        ({**_entry(), "response": {"status": 304, "content": {"mimeType": "text/html"}}}, 0),
    ],
)  # fmt: skip
def test_what_a_record_says_of_an_answer_may_lack(entry: dict[str, object], count: int) -> None:
    recorded = {"log": {"entries": [entry]}}
    assert len(list(formats()["HAR"].read(json.dumps(recorded).encode()))) == count


@pytest.mark.parametrize("charset", ["utf-16", "unicode"])
def test_what_old_browsers_save_in_utf16_is_read(charset: str, tmp_path: Path) -> None:
    text = f"<html><p>1,234 followers <a href={HOME}>é</a>"
    message = (
        'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"\n\n--b\n'
        f"Content-Type: text/html; charset={charset}\nContent-Location: {URL}\n"
        "Content-Transfer-Encoding: quoted-printable\n\n"
    )
    body = quopri.encodestring(text.encode("utf-16"))
    put(tmp_path, "old.mht", message.encode() + body + b"\n--b--\n")
    put(tmp_path, "old.html", f"<!-- saved from url=(29){URL} -->{text}".encode("utf-16"))
    pages = shelf_of(tmp_path).pages
    assert len(pages) == 2
    for page in pages:
        assert text.encode() in page.body
        assert page.media == "text/html; charset=utf-8"
        assert page.homes


def test_a_page_that_was_cut_off_in_an_archive_is_named_and_what_came_before_is_read(
    tmp_path: Path,
) -> None:
    put(tmp_path, "cut.warc.gz", warc(f"{URL}1", BODY) + warc(URL, BODY * 9)[:-30])
    shelf = shelf_of(tmp_path)
    assert [page.url for page in shelf.pages] == [f"{URL}1"]
    assert [trouble.detail for trouble in shelf.troubles] == ["damaged, or cut off"]


def test_pages_that_are_packed_in_a_way_that_is_not_read_are_told(tmp_path: Path) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: br\r\n\r\n"
    put(tmp_path, "br.warc.gz", record("response", URL, head + b"\x8b\x00\x80abc\x03"))
    put(tmp_path, "good.warc.gz", warc(URL, BODY))
    shelf = shelf_of(tmp_path)
    assert [page.file for page in shelf.pages] == ["good.warc.gz"]
    assert "not read (br)" in shelf.troubles[0].detail

"""Where a redirect leads, however its address is written."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from audit.model.exchange import Page
from scrapers.fetch.redirects import target_of
from scrapers.fetch.wire import Answer
from tests.hostile import page, serving
from tests.scrapers.fetch.test_fetch import get

HOME = "https://www.acme.example/alt/"
NOW = datetime(2026, 11, 24, tzinfo=UTC)


@pytest.mark.parametrize(
    ("location", "expected"),
    [
        ("/neu/", "https://www.acme.example/neu/"),
        ("neu/", "https://www.acme.example/alt/neu/"),
        ("?lang=de", "https://www.acme.example/alt/?lang=de"),
        ("//acme.example/neu", "https://acme.example/neu"),
        (" /neue seite/ ", "https://www.acme.example/neue%20seite/"),
        ("/caf%C3%A9/", "https://www.acme.example/caf%C3%A9/"),
        ("/caf%C3%83%C2%A9/", "https://www.acme.example/caf%C3%A9/"),
        (
            "/%C3%90%C2%B1%C3%90%C2%BB%C3%90%C2%BE%C3%90%C2%B3",
            "https://www.acme.example/%D0%B1%D0%BB%D0%BE%D0%B3",
        ),
        ("/caf%C3%83%C2%A9/%C3%A9", "https://www.acme.example/caf%C3%83%C2%A9/%C3%A9"),
        ("/%E3%83%8B%E3%83%A5", "https://www.acme.example/%E3%83%8B%E3%83%A5"),
        ("/caf%E9/", "https://www.acme.example/caf%E9/"),
        ("https://m%C3%BCller.example/", "https://xn--mller-kva.example/"),
    ],
)
def test_a_redirect_leads_where_a_browser_goes(location: str, expected: str) -> None:
    headers = (("location", location),)
    answer = Answer(url=HOME, status=301, headers=headers, wire=b"", at=NOW)
    assert target_of(answer) == expected


@pytest.mark.parametrize("path", ["/café/", "/блог/"])
async def test_an_address_in_raw_utf_8_is_followed(tmp_path: Path, path: str) -> None:
    sent = b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " + path.encode() + b"\r\n\r\n"
    escaped = "".join(f"%{byte:02X}" if byte > 127 else chr(byte) for byte in path.encode())
    with serving({"/": sent, escaped: page("here")}) as site:
        (answer,) = await get(tmp_path, site.url + "/")
    assert isinstance(answer, Page)
    assert answer.url == site.url + escaped

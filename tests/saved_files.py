"""Pages as people save them: one page, put into a folder in each format, as each tool writes it."""

import base64
import gzip
import io
import json
import os
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Protocol

SAVED_AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
"""When the pages of tests were saved: four days before the runs of tests."""


def single_file(url: str, body: bytes, at: datetime = SAVED_AT) -> bytes:
    """As SingleFile writes it: a comment behind the doctype, in the words of scripts."""
    day = at.strftime("%a %b %d %Y %H:%M:%S GMT+0000 (Coordinated Universal Time)")
    head = f"<!--\n Page saved with SingleFile \n url: {url} \n saved date: {day}\n-->"
    return b"<!DOCTYPE html> " + head.encode() + body


def browser_html(url: str, body: bytes, at: datetime = SAVED_AT) -> bytes:
    """As Chrome and Edge write it; the day is that of the file."""
    del at
    return f"<!DOCTYPE html>\n<!-- saved from url=({len(url):04}){url} -->\n".encode() + body


def mhtml(url: str, body: bytes, at: datetime = SAVED_AT) -> bytes:
    """As Chromium prints it: the page, then a style and a frame that are no pages to read."""
    message = EmailMessage(policy=SMTP)
    message["From"] = "<Saved by Blink>"
    message["Snapshot-Content-Location"] = url
    message["Subject"] = "=?utf-8?Q?(7)_A_title?="
    message["Date"] = at
    message["MIME-Version"] = "1.0"
    boundary = "----MultipartBoundary--x----"
    kind = f'multipart/related; type="text/html"; boundary="{boundary}"'
    head = "".join(f"{key}: {value}\r\n" for key, value in message.items())
    parts = (
        ("text/html", "<frame@mhtml.blink>", url, body),
        ("text/css", "", "cid:css-1@mhtml.blink", b"p { color: red }"),
        ("text/html", "<frame-2@mhtml.blink>", "https://ads.example/frame", b"<p>9 followers"),
    )
    text = f"{head}Content-Type: {kind}\r\n\r\n\r\n".encode()
    for media, name, place, content in parts:
        about = f"--{boundary}\r\nContent-Type: {media}\r\n"
        about += f"Content-ID: {name}\r\n" if name else ""
        about += f"Content-Transfer-Encoding: base64\r\nContent-Location: {place}\r\n\r\n"
        text += about.encode() + base64.encodebytes(content).replace(b"\n", b"\r\n") + b"\r\n"
    return text + f"--{boundary}--\r\n".encode()


def har(url: str, body: bytes, at: datetime = SAVED_AT) -> bytes:
    """As the developer tools of browsers write it, with the reader's own cookie in it."""
    entry = {
        "startedDateTime": at.isoformat().replace("+00:00", ".000Z"),
        "request": {
            "method": "GET",
            "url": url,
            "headers": [{"name": "cookie", "value": "session=jane.doe@secret.example"}],
        },
        "response": {
            "status": 200,
            "content": {
                "mimeType": "text/html; charset=utf-8",
                "encoding": "base64",
                "text": base64.b64encode(body).decode(),
            },
        },
    }
    return json.dumps({"log": {"version": "1.2", "entries": [entry]}}).encode()


def warc(url: str, body: bytes, at: datetime = SAVED_AT) -> bytes:
    """As archiving tools write it: a request and its response, each compressed alone."""
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    asked = b"GET / HTTP/1.1\r\nCookie: session=jane.doe@secret.example\r\n\r\n"
    return record("request", url, asked, at) + record("response", url, http + body, at)


def record(kind: str, url: str, content: bytes, at: datetime = SAVED_AT) -> bytes:
    """Return one record of an archive, compressed alone."""
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\n"
        f"WARC-Date: {at:%Y-%m-%dT%H:%M:%SZ}\r\nWARC-Record-ID: <urn:uuid:{kind}>\r\n"
        f"Content-Type: application/http; msgtype={kind}\r\nContent-Length: {len(content)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + content + b"\r\n\r\n", 1)


def wacz(url: str, body: bytes, at: datetime = SAVED_AT) -> bytes:
    """As Webrecorder writes it: a ZIP file with an archive, its index and a list of pages."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as whole:
        whole.writestr("archive/data.warc.gz", warc(url, body, at))
        whole.writestr("pages/pages.jsonl", json.dumps({"url": url}))
        whole.writestr("datapackage.json", "{}")
    return stream.getvalue()


class Maker(Protocol):
    """Makes a file of one format from a page, its address and its day."""

    def __call__(self, url: str, body: bytes, at: datetime = SAVED_AT) -> bytes:
        """Return the bytes of the file."""


MAKERS: Mapping[str, Maker] = {
    "single.html": single_file,
    "chrome.htm": browser_html,
    "page.mhtml": mhtml,
    "tools.har": har,
    "web.warc.gz": warc,
    "web.wacz": wacz,
}
"""By the name of a file of each format, how it is made."""


def put(folder: Path, name: str, content: bytes, at: datetime = SAVED_AT) -> Path:
    """Put a file into a folder, last changed at a time."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    os.utime(path, (at.timestamp(), at.timestamp()))
    return path

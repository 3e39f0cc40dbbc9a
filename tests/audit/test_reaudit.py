"""The run after: what has not changed is neither sent nor read again, and all figures are the same."""

import json
import re
import shutil
import socket
import zlib
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path

import pytest

from tests.audit.test_run import run as command
from tests.hostile import Route, Site, page, serving

OF_THE_RUN = re.compile(r"\d{4}-\d\d-\d\d[T ][\d:.]+(?:\+00:00|Z)?|\d{8}T\d{9}(?:-\d+)?")
"""Times and ids of runs, which are others each time."""

HOME = (
    "<html lang=en><title>Acme Pumps</title><h1>Acme Pumps</h1><p>Pumps for all.</p>"
    '<nav><a href="/blog/">Blog</a><a href="/news/">News</a><a href="/about">About us</a></nav>'
    '<footer><a href="https://x.com/acmepumps">X</a></footer></html>'
)
POSTS = "".join(
    f'<article><h2><a href="/blog/{n}">Pump number {n} of many words</a></h2>'
    f'<time datetime="2026-1{n % 2}-{n + 10}">then</time></article>'
    for n in range(1, 5)
)
BLOG = f"<html lang=en><title>Blog</title><main>{POSTS}</main></html>"
NEWS = (
    "<html lang=en><title>News</title><main>"
    + "".join(
        f'<article class="entry"><h3><a href="/news/{n}">News of pumps {n}</a></h3>'
        f'<span class="date">{n} days ago</span></article>'
        for n in range(2, 6)
    )
    + "</main></html>"
)


def tagged(body: str) -> Route:
    """A page with a validator: sent once, and to whoever has no copy of it."""
    tag = f'"{sha256(body.encode()).hexdigest()[:12]}"'
    whole = page(body, extra=f"ETag: {tag}\r\n")
    short = f"HTTP/1.1 304 X\r\nETag: {tag}\r\nConnection: close\r\n\r\n".encode()

    def answer(connection: socket.socket, head: bytes) -> None:
        connection.sendall(short if f"if-none-match: {tag}".encode() in head.lower() else whole)

    return answer


SITE: Mapping[str, Route] = {
    "/": tagged(HOME),
    "/robots.txt": tagged("User-agent: *\nDisallow: /private/\n"),
    "/blog/": tagged(BLOG),
    "/news/": tagged(NEWS),
    "/about": page("<html lang=en><title>About</title><p>No validator here.</p></html>"),
    **{f"/blog/{n}": tagged(f"<title>{n}</title><p>Words on pump {n}.</p>") for n in range(1, 5)},
}


def audited(folder: Path, site: Site, *more: str) -> str:
    """Run once and return the results file without times and ids of runs."""
    file = folder / "c.yaml"
    settings = "{delay_seconds: 0, profiles: false}"
    text = f"settings: {settings}\ncompanies:\n- {{name: Acme Pumps, website: '{site.url}/'}}\n"
    file.write_text(text, "utf-8")
    out = folder / "r.json"
    arguments = ("--allow-private-hosts", "--as-of", "2026-11-24", "--format", "json", "-o", out)
    done = command(file, *arguments, *more)
    assert done.returncode == 0, done.stderr
    return OF_THE_RUN.sub("…", out.read_text("utf-8"))


def readings(folder: Path) -> Path:
    (path,) = (folder / "audit-data" / "readings").iterdir()
    return path


def changed(path: Path, change: Callable[[bytes], bytes]) -> None:
    """Change the text of every entry of a file of readings, with checksums that fit."""
    lines = [line.split(b" ") for line in path.read_bytes().splitlines()]
    texts = [(key, change(zlib.decompress(b64decode(entry)))) for key, entry in lines]
    entries = [key + b" " + b64encode(zlib.compress(text)) for key, text in texts]
    path.write_bytes(b"\n".join(entries))


def test_the_second_run_comes_to_the_same_with_readings_and_without(tmp_path: Path) -> None:
    known, blank = tmp_path / "known", tmp_path / "blank"
    known.mkdir()
    with serving(SITE) as site:
        audited(known, site)
        shutil.copytree(known, blank)
        shutil.rmtree(blank / "audit-data" / "readings")
        assert json.loads(audited(known, site)) == json.loads(audited(blank, site))


def test_the_second_run_asks_what_has_changed_and_gets_no_page_twice(tmp_path: Path) -> None:
    with serving(SITE) as site:
        audited(tmp_path, site)
        before = len(site.requests)
        audited(tmp_path, site)
        first, again = site.requests[:before], site.requests[before:]
    sent = {head.split(b" ")[1].decode() for head in first}
    asked = {head.split(b" ")[1].decode() for head in again if b"if-none-match" in head.lower()}
    assert asked == sent & set(SITE) - {"/about"}
    assert len(again) == before  # politeness is as it was: as many requests, one after the other


def test_the_same_bytes_are_not_read_again(tmp_path: Path) -> None:
    """A title that stands in the readings alone shows that they, and not the pages, were used."""
    with serving(SITE) as site:
        audited(tmp_path, site)
        changed(readings(tmp_path), lambda text: text.replace(b"Pump number", b"Planted word"))
        again = audited(tmp_path, site)
    assert "Planted word 1" in again
    assert "Pump number 1" not in again


def test_what_was_counted_back_from_the_visit_is_read_each_time(tmp_path: Path) -> None:
    with serving(SITE) as site:
        audited(tmp_path, site)
        kept = b"".join(
            zlib.decompress(b64decode(line.split(b" ")[1]))
            for line in readings(tmp_path).read_bytes().splitlines()
        )
    assert b"Pump number 1" in kept
    assert b"News of pumps" not in kept


def test_a_page_that_changed_is_read_anew(tmp_path: Path) -> None:
    web: dict[str, Route] = dict(SITE)
    with serving(web) as site:
        audited(tmp_path, site)
        web["/blog/"] = tagged(BLOG.replace("Pump number 1", "Valve number 1"))
        again = audited(tmp_path, site)
    assert "Valve number 1" in again


@pytest.mark.parametrize("option", ["--archives", "--company", "--run"])
def test_what_is_forgotten_leaves_no_readings(option: str, tmp_path: Path) -> None:
    with serving(SITE) as site:
        audited(tmp_path, site)
        assert readings(tmp_path).is_file()
        (run,) = (path.name for path in (tmp_path / "audit-data" / "archive").iterdir())
        value = {"--archives": [], "--company": ["acme pumps"], "--run": [run]}[option]
        done = command("forget", tmp_path / "c.yaml", option, *value, "--yes")
        assert done.returncode == 0, done.stderr
    assert not (tmp_path / "audit-data" / "readings").exists()
    assert "of what was read on pages" in done.stdout

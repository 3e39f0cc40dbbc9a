"""A real wiki on loopback: DokuWiki, from Debian, run by PHP's own server.

Its pages and its log of changes are files, written here in the form that its manual describes:
a change is a line of time, address, kind, page, user, summary and two empty fields.
"""

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime, time, timedelta
from os import utime
from pathlib import Path

import httpx

from tests.real_served import debian, served, until

SOFTWARE, CONFIGURATION = Path("/usr/share/dokuwiki"), Path("/etc/dokuwiki")
"""Where Debian's package puts the program and its settings."""

AS_OF = date(2026, 11, 1)
PAGES = 24
DAYS = [AS_OF - timedelta(days=2 + 6 * each) for each in range(PAGES)]
"""When each page was made, the newest first."""

START = min(DAYS)
"""When the first page was made."""

EDITED = {2: AS_OF - timedelta(days=1), 5: AS_OF - timedelta(days=3)}
"""When pages were edited a second time, by their place."""

LOCAL = """<?php
$conf['title'] = 'Acme Pump Care';
$conf['savedir'] = '{data}';
$conf['useacl'] = 0;
$conf['rss_update'] = 0;
$conf['recent'] = 20;
$conf['updatecheck'] = 0;
"""
Json = Mapping[str, object]


@contextmanager
def running(port: int) -> Iterator[Json]:
    """Install, seed and start the wiki; what is known of it."""
    # php-cgi satisfies what DokuWiki needs of PHP without a web server.
    debian("php-cgi", "php-cli", "php-xml", "dokuwiki")
    with tempfile.TemporaryDirectory(prefix="dokuwiki-") as name:
        folder = Path(name)
        _configure(folder)
        _write(folder / "data")
        url = f"http://127.0.0.1:{port}"
        command: list[str | Path] = ["php", "-S", f"127.0.0.1:{port}", "-t", folder / "wiki"]
        with served(command, folder / "log"):
            until(lambda: _answers(url), folder / "log")
            yield _truth(url)


def _configure(folder: Path) -> None:
    """Copy the program and its settings, and point both at this folder."""
    shutil.copytree(SOFTWARE, folder / "wiki", ignore_dangling_symlinks=True)
    shutil.copytree(CONFIGURATION, folder / "conf", ignore_dangling_symlinks=True)
    (folder / "conf" / "local.php").write_text(LOCAL.format(data=folder / "data"), "utf-8")
    preload = f"<?php define('DOKU_CONF', '{folder}/conf/');\n"
    (folder / "wiki" / "inc" / "preload.php").write_text(preload, "utf-8")
    for part in (
        "attic",
        "cache",
        "index",
        "locks",
        "log",
        "media",
        "media_attic",
        "media_meta",
        "tmp",
    ):
        (folder / "data" / part).mkdir(parents=True)


def _write(data: Path) -> None:
    """Write the pages, each with its changes, and the log of all changes."""
    (data / "pages").mkdir()
    (data / "meta").mkdir()
    log: list[tuple[int, str]] = []
    links = "\n".join(f"  * [[care{place}]]" for place in range(PAGES))
    for place, made in enumerate(DAYS):
        page, text = f"care{place}", f"====== Care of pump {place} ======\n\nClean it well.\n"
        log += _page(data, page, text, [made, *([EDITED[place]] if place in EDITED else [])])
    text = f"====== Acme Pump Care ======\n\nAll pages:\n\n{links}\n"
    log += _page(data, "start", text, [START])
    lines = "".join(line for _, line in sorted(log))
    (data / "meta" / "_dokuwiki.changes").write_text(lines, "utf-8")


def _page(data: Path, name: str, text: str, days: list[date]) -> list[tuple[int, str]]:
    """Write one page as of its last day; give its changes, each with its time."""
    stamps = [int(datetime.combine(day, time(9, 30), UTC).timestamp()) for day in days]
    kinds = ("C", *"E" * (len(stamps) - 1))
    changes = [
        (stamp, f"{stamp}\t192.0.2.7\t{kind}\t{name}\t\tpump care\t\t\n")
        for stamp, kind in zip(stamps, kinds, strict=True)
    ]
    (data / "meta" / f"{name}.changes").write_text("".join(line for _, line in changes), "utf-8")
    file = data / "pages" / f"{name}.txt"
    file.write_text(text, "utf-8")
    utime(file, (stamps[-1], stamps[-1]))
    return changes


def _answers(url: str) -> bool:
    with suppress(httpx.TransportError):
        return httpx.get(f"{url}/doku.php", trust_env=False, timeout=30).status_code == 200
    return False


def _truth(url: str) -> Json:
    """What the audit has to find."""
    return {
        "url": f"{url}/doku.php",
        "as_of": str(AS_OF),
        "channels": [],
        "dates": [str(day) for day in (*DAYS, START)],
        "last": str(max(*DAYS, *EDITED.values())),
    }

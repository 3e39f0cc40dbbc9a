"""Take a saved file apart; runs in a worker, as a file may come from anywhere."""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from audit.model.value import TOO_FAR_AHEAD
from scrapers.page.rules import Rules
from scrapers.parse.text import unescaped
from scrapers.parse.urls import host_of, normalise, unwrap
from scrapers.saved.folder import FILE_BYTES, SavedFile
from scrapers.saved.formats import format_of, suffixes
from scrapers.saved.page import SavedPage
from scrapers.saved.part import DamagedPageError, SavedPart, is_page

ROOM = 32 * 1024 * 1024
"""What the pages of one file may come to, compressed."""

_HEAD = 8_000
_FIRST_DAY = datetime(1995, 1, 1, tzinfo=UTC)
_LINK = re.compile(rb"https?:(?:\\?/){2}[^\s\"'<>\\]{1,300}", re.I)
_LINKS = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFile:
    """What a file holds: the pages that may be of use, and in words why there is none.

    `nameless`: there is a page, and nothing tells where it was saved. `ahead` is a day that has not
    come yet, on which it is said to have been saved.
    """

    pages: tuple[SavedPage, ...] = ()
    problem: str = ""
    nameless: bool = False
    ahead: datetime | None = None


def parts_of(path: Path) -> Iterator[SavedPart]:
    """Give what a saved file holds.

    Raises:
        DamagedPageError: it is no saved page, too large, or damaged; says so in words.
        OSError: it cannot be read.
    """
    with path.open("rb") as stream:
        content = stream.read(FILE_BYTES + 1)
    if len(content) > FILE_BYTES:
        raise DamagedPageError(f"larger than {FILE_BYTES // 2**20} MB")
    if not content.strip():
        raise DamagedPageError("empty")
    found = format_of(path.name, content[:_HEAD])
    if found is None:
        raise DamagedPageError(f"no saved page: those end in {', '.join(suffixes())}")
    yield from found.read(content)


def read_file(rules: Rules, file: SavedFile, hosts: frozenset[str], now: datetime) -> ReadFile:
    """Return the pages of a file that lie on a platform or on one of `hosts`, those of the list.

    What comes before the damage of a file is read. A page that is said to be of a day after `now`
    is left out: nobody knows how old its figures are.
    """
    pages, problem, size, nameless = list[SavedPage](), "holds no page", 0, False
    ahead: datetime | None = None
    try:
        digest = _digest(file.path)
        for part in parts_of(file.path):
            problem = ""
            nameless = nameless or not part.url
            page = _page(part, file, digest, hosts)
            if not _is_of_use(page.url, rules, hosts):
                continue
            if page.at >= now + TOO_FAR_AHEAD:
                ahead = page.at
                continue
            size += len(page.packed)
            if size > ROOM:
                problem = f"its pages come to more than {ROOM // 2**20} MB"
                break
            pages.append(replace(page, at=min(page.at, now)))
    except DamagedPageError as error:
        problem = str(error)
    except OSError as error:
        problem = f"cannot be read ({error.strerror or 'not a usual file'})"
    return ReadFile(pages=tuple(pages), problem=problem, nameless=nameless, ahead=ahead)


def _digest(path: Path) -> str:
    """Return the SHA-256 of a file, as people can compute it themselves."""
    whole = sha256()
    with path.open("rb") as stream:
        while piece := stream.read(2**20):
            whole.update(piece)
    return whole.hexdigest()


def _page(part: SavedPart, file: SavedFile, digest: str, hosts: frozenset[str]) -> SavedPage:
    """Return an answer of a file as a page, with the file's day where it says none.

    Programs that know no day write that of an unset clock, which is none.
    """
    is_told = part.at is not None and part.at > _FIRST_DAY
    return SavedPage(
        url=_address(part.url),
        at=part.at if part.at is not None and is_told else file.at,
        media=part.media,
        packed=zlib.compress(part.body, 1),
        file=file.name,
        sha256=digest,
        homes=_homes(part, hosts),
    )


def _address(url: str) -> str:
    """Return an address in one form; a query that names its reader (`?email=…`) is left out."""
    head, _, query = url.partition("?")
    return normalise(head if "@" in query or "%40" in query else url) if url else ""


def _homes(part: SavedPart, hosts: frozenset[str]) -> frozenset[str]:
    """Return those of the list's hosts that a page names, also behind a network's own redirect."""
    if not is_page(part.media):
        return frozenset()
    found: set[str] = set()
    for number, match in enumerate(_LINK.finditer(part.body)):
        if number == _LINKS:
            break
        url = unescaped(match[0].decode("utf-8", "replace").replace("\\/", "/"))
        found.add(host_of(unwrap(url)))
    return hosts & found


def _is_of_use(url: str, rules: Rules, hosts: frozenset[str]) -> bool:
    """Tell whether a page lies on a platform or on a site of the list."""
    host = host_of(url)
    return bool(host) and (host in hosts or rules.platforms.knows(host) or _lies_below(host, hosts))


def _lies_below(host: str, hosts: frozenset[str]) -> bool:
    """Tell whether a host is one below a site of the list: blog.acme.example."""
    labels = host.split(".")
    return any(".".join(labels[start:]) in hosts for start in range(1, len(labels) - 1))

"""Keep every exchange as WARC, the standard of web archives, so that a run can be replayed."""

import io
import json
import logging
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from audit.model.exchange import Fetched
from audit.model.read_list import ReadList
from audit.model.value import Reason
from scrapers.fetch.decode import UndecodableError, decoded
from scrapers.fetch.records import LARGEST, Record, packed, packed_head, record_at, records
from scrapers.fetch.thinned import REFERS, place_of
from scrapers.fetch.whole import WholeFile
from scrapers.fetch.wire import Answer, Headers, Trouble, no_answer

log = logging.getLogger(__name__)

REMEMBERED = "urn:social-audit:"
"""Before the name of a value that a replay must find again."""

_PLAIN = "".join(map(chr, range(33, 127)))
"""Signs that a name in an archive keeps; warcio writes %20 for a blank as it reads a record."""


def remembered_as(name: str) -> str:
    """Return under which address of an archive a value is remembered."""
    return REMEMBERED + quote(name, safe=_PLAIN, errors="replace")


_SECRET = frozenset({"authorization", "cookie", "set-cookie", "proxy-authorization", "x-api-key"})
"""Headers whose values are never kept, whoever sends them."""

_UNCHANGED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
_IDENTICAL = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"

_RECALLED = "urn:social-audit:revisit:recalled"
"""Our own kind of `revisit`: the server was not asked, the page is that of the record named."""

SMALLEST = 512
"""Bytes of a body that are worth a reference: the record around it takes about as many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredAnswer:
    """An answer as it is read from the archive: status, headers, body decoded.

    `cut`: reading stopped before the body's end.
    """

    url: str
    status: int
    headers: Headers
    body: bytes
    cut: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """The answers of an archive in their order, and how many places in it could not be read."""

    answers: tuple[Answer | Trouble, ...]
    damaged: int


class Archive:
    """The WARC file of one company's visit; opened with its first record, closed by `with`.

    A record is in the file whole or not at all. Answers that could not be written are counted in
    `lost`, with the first reason in `failed` and the system's number for it in `errno`; the next
    one goes on where the last whole one ends.
    """

    def __init__(self, data_dir: Path, file: str, about: str = "") -> None:
        """Keep records in `file`, a path relative to the data folder; `about` describes the run."""
        self.data_dir, self.file, self._about = data_dir, file, about
        self.out = WholeFile(data_dir, data_dir / file)
        self.failed, self.errno, self.lost = "", 0, 0
        self.hide: Callable[[str], str] = str
        """Blots the user's own keys out of a text; set by whoever knows them."""
        self.earlier: Mapping[str, str] = {}
        """Where the run before has archived an address; the same bytes are not kept twice."""

    def __enter__(self) -> Self:
        """Nothing is written until there is something to write."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """Close the file; a disk that only now says that it is full is remembered, not raised."""
        try:
            self.out.close()
        except OSError as failure:
            self._fail(failure)

    def keep(self, answer: Answer, sent: Headers, name: str = "", posted: str = "") -> Answer:
        """Write request and answer under a name; return the answer with the record that holds it.

        `sent` are the headers of the request, `posted` its body; without `name` it is the address.
        A 304 becomes a `revisit` record, which has no body and names the record whose body holds;
        so does an answer with the very bytes that are archived already, as of a server that knows
        no conditions. Its record is then the one with the body.
        """
        url = name or answer.url
        verb = "POST" if posted else "GET"
        request = StatusAndHeaders(f"{verb} / HTTP/1.1", self._redacted(sent), is_http_request=True)
        self._write("request", url, answer.at, posted.encode("utf-8", "replace"), request, {})
        status = StatusAndHeaders(f"{answer.status} -", self._redacted(answer.headers), "HTTP/1.1")
        if answer.refers_to:
            extra = {"WARC-Profile": _UNCHANGED, REFERS: answer.refers_to}
            record = self._write("revisit", url, answer.at, b"", status, extra)
        elif same := self._same(answer, url):
            extra = {"WARC-Profile": _IDENTICAL, REFERS: same}
            record = self._write("revisit", url, answer.at, b"", status, extra) and same
        else:
            extra = {"WARC-Truncated": "length"} if answer.cut else {}
            record = self._write("response", url, answer.at, answer.wire, status, extra)
        return replace(answer, record=record)

    def recall(self, name: str, url: str, record: str) -> Answer | Trouble:
        """Return the answer of an address that an earlier run archived, as it was and of that time.

        A `revisit` record under `name` refers to it, so that a replay finds it and it stays as long
        as this archive does.
        """
        answer = raw_answer(self.data_dir, record)
        if answer is None or not _is_whole(answer, url):
            detail = "the archived page of an earlier run is not there any more"
            return self.note(no_answer(url, Reason.NOT_CHECKED, detail), name)
        status = StatusAndHeaders(f"{answer.status} -", list(answer.headers), "HTTP/1.1")
        extra = {"WARC-Profile": _RECALLED, REFERS: record}
        self._write("revisit", name, answer.at, b"", status, extra)
        return answer

    def _same(self, answer: Answer, name: str) -> str:
        """Return the place of a record of that name that has the same body; "" where none has."""
        place = self.earlier.get(name, "")
        if not place or answer.status != 200 or answer.cut or len(answer.wire) < SMALLEST:
            return ""
        # All pages of a replay rest on it, and it is small: it must outlast the archive before.
        if name.endswith("/robots.txt"):
            return ""
        before = raw_answer(self.data_dir, place)
        if before is None or before.url != name or before.status != 200 or before.cut:
            return ""
        return place if before.wire == answer.wire else ""

    def note(self, trouble: Trouble, name: str = "") -> Trouble:
        """Write under a name that there was no answer, and why; return the trouble with its record.

        WARC has no record for that; `metadata` may hold anything about an address.
        """
        text = json.dumps({"reason": trouble.reason.value, "detail": self.hide(trouble.detail)})
        record = self._write("metadata", name or trouble.url, trouble.at, text.encode(), None, {})
        return replace(trouble, record=record)

    def remember(self, name: str, value: object) -> object:
        """Write a JSON value that a replay must find again; return it as it will be read then.

        So what JSON changes (a tuple becomes a list) is changed in the live run as well.
        """
        text = json.dumps(value, sort_keys=True)
        self._write("resource", remembered_as(name), datetime.now(UTC), text.encode(), None, {})
        return json.loads(text)

    def _write(
        self,
        kind: str,
        url: str,
        at: datetime,
        payload: bytes,
        http: StatusAndHeaders | None,
        extra: dict[str, str],
    ) -> str:
        """Write one record; return its place (`FILE#OFFSET`).

        A full disk is remembered, and costs no more than the record: its place is "" then. Lost
        requests are not counted, as the answer that follows each is.
        """
        fields = {
            "WARC-Date": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
            "WARC-Record-ID": f"<urn:uuid:{uuid.uuid4()}>",
            **extra,
        }
        content = "application/json" if kind in ("metadata", "resource") else ""
        written = io.BytesIO()
        # Not packed by warcio, whose level 9 can take seconds: see `packed`.
        writer = WARCWriter(written, gzip=False, warc_version="1.1")
        record = writer.create_warc_record(
            self.hide(url),
            kind,
            payload=io.BytesIO(payload),
            length=len(payload),
            warc_content_type=content,
            http_headers=http,
            warc_headers_dict=fields,
        )
        writer.write_record(record)
        try:
            return f"{self.file}#{self._append(packed(written))}"
        except OSError as error:
            self.lost += kind != "request"
            self._fail(error)
            return ""

    def _redacted(self, headers: Headers) -> list[tuple[str, str]]:
        """Return headers as they may be kept: no cookies, nothing that logs in, no user's key.

        Of a cookie that a site sets its name stays: it tells the software, as the live page did.
        """
        return [(name, self.hide(_without_secret(name.lower(), value))) for name, value in headers]

    def _append(self, record: bytes) -> int:
        """Put a record behind the last whole one; return where it begins."""
        if not self.out.size:
            about = {"description": self._about} if self._about else {}
            self.out.append(packed_head((self.data_dir / self.file).name, about))
        return self.out.append(record)

    def _fail(self, error: OSError) -> None:
        """Remember the first failure, and say it in the log."""
        words = f"{self.data_dir / self.file}: {error.strerror or error}"
        log.warning("not archived: %s", words)
        self.failed, self.errno = self.failed or words, self.errno or error.errno or 0


def _without_secret(name: str, value: str) -> str:
    """Return the value of a header (its name in small letters) without what nobody may keep."""
    if name == "set-cookie" and "=" in value:
        return f"{value.partition('=')[0]}=redacted"
    return "redacted" if name in _SECRET else value


def is_kept(data_dir: Path, record: str) -> bool:
    """Tell whether the file of a record still holds it; it may have been deleted since.

    Raises:
        OSError: the file cannot be read.
    """
    return place_of(data_dir, record) is not None


def still_kept(data_dir: Path, fetched: Mapping[str, Fetched]) -> Mapping[str, Fetched]:
    """Return those whose copy is still archived: only those can be asked for on condition."""
    return {url: each for url, each in fetched.items() if _is_readable(data_dir, each.record)}


def whole_lists(data_dir: Path, lists: Iterable[ReadList]) -> tuple[ReadList, ...]:
    """Return the lists of an earlier run whose pages are all still archived."""
    return tuple(
        each
        for each in lists
        if all(_holds(data_dir, page.record, page.url) for page in each.pages)
    )


def _holds(data_dir: Path, record: str, url: str) -> bool:
    """Tell whether a record is there, undamaged, and is the whole answer of an address."""
    answer = raw_answer(data_dir, record)
    return answer is not None and _is_whole(answer, url)


def _is_whole(answer: Answer, url: str) -> bool:
    """Tell whether an archived answer is that of an address, with all of its body."""
    return answer.url == url and not (answer.refers_to or answer.cut)


def _is_readable(data_dir: Path, record: str) -> bool:
    """Tell whether a record is kept, in a file that can be read."""
    try:
        return is_kept(data_dir, record)
    except OSError:
        return False


def raw_answer(data_dir: Path, record: str) -> Answer | None:
    """Read the answer that is archived under a record as it was received; None if it is not there.

    One that refers to another record has no body.
    """
    try:
        place = place_of(data_dir, record)
        if place is None:
            return None
        path, offset = place
        with path.open("rb") as stream:
            kept = record_at(stream, offset)
    except (OSError, OverflowError, ValueError):  # a place that no file has
        return None
    answer = _answer(kept, record) if kept is not None else None
    return answer if isinstance(answer, Answer) else None


def read_record(data_dir: Path, record: str) -> StoredAnswer | None:
    """Read the answer that is archived under a record (`FILE#OFFSET`); None where it is not there.

    A body that cannot be decoded comes as it was received.
    """
    answer = raw_answer(data_dir, record)
    if answer is None:
        return None
    try:
        body, more = decoded(answer.wire, answer.header("content-encoding"), LARGEST)
    except UndecodableError:
        body, more = answer.wire, False
    return StoredAnswer(
        url=answer.url,
        status=answer.status,
        headers=answer.headers,
        body=body,
        cut=more or answer.cut,
    )


def stored_answer(data_dir: Path, record: str, name: str) -> StoredAnswer | None:
    """Read the answer whose body a 304 says still holds; None where it is not that answer.

    It may be gone, or damaged, or cut off, or there is another archive under its name by now.
    """
    stored = read_record(data_dir, record) if record else None
    if stored is None or stored.cut or stored.url != name or not 200 <= stored.status < 300:
        return None
    return stored


def read_archive(path: Path, file: str) -> Opened:
    """Read all answers of an archive in order; what is damaged is counted and left out.

    Raises:
        OSError: the file cannot be opened.
    """
    answers: list[Answer | Trouble] = []
    damaged = 0
    with path.open("rb") as stream:
        try:
            for offset, record in records(stream):
                answer = _answer(record, f"{file}#{offset}") if record is not None else None
                answers += [answer] if answer is not None else []
                damaged += record is None
        except OSError:  # the disk refuses to read on: what came before it is there
            damaged += 1
    return Opened(answers=tuple(answers), damaged=damaged)


def _answer(record: Record, place: str) -> Answer | Trouble | None:
    """Return the value that a WARC record was made from; None for one that no replay needs.

    `place` is where the record is. Requests and the head of the file are such, and records of other
    programs.
    """
    url, at = record.header("WARC-Target-URI"), _date(record.header("WARC-Date"))
    if record.kind == "metadata":
        return _trouble(url, at, record.payload, place)
    if record.kind == "resource" and url.startswith(REMEMBERED):
        return Answer(url=url, status=200, headers=(), wire=record.payload, at=at, record=place)
    if record.kind not in ("response", "revisit") or record.status is None:
        return None
    return Answer(
        url=url,
        status=record.status,
        headers=record.http,
        wire=record.payload,
        at=at,
        record=place,
        cut=bool(record.header("WARC-Truncated")),
        refers_to=record.header(REFERS),
    )


def _trouble(url: str, at: datetime, payload: bytes, place: str) -> Trouble | None:
    """Return the trouble that a `metadata` record holds; None for one of another program."""
    try:
        fields = json.loads(payload)
        reason, detail = Reason(fields["reason"]), str(fields["detail"])
    # RecursionError: Python's JSON reader goes one call deeper for each bracket of a damaged text.
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return Trouble(url=url, reason=reason, detail=detail, at=at, record=place)


def _date(text: str) -> datetime:
    """Return the time of a record; one that cannot be read is the earliest, not today."""
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError, OSError):  # the last two: a year that no zone has
        return datetime(1970, 1, 1, tzinfo=UTC)

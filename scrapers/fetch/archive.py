"""Keep every exchange as WARC, the standard of web archives, so that a run can be replayed."""

import io
import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from audit.model.value import Reason
from scrapers.fetch.decode import UndecodableError, decoded
from scrapers.fetch.limits import BODY_BYTES
from scrapers.fetch.wire import Answer, Headers, Trouble

REMEMBERED = "urn:social-audit:"
"""Before the name of a value that a replay must find again."""

REFERS = "Social-Audit-Refers-To"
_SECRET = frozenset({"authorization", "cookie", "set-cookie", "proxy-authorization", "x-api-key"})
_PROFILE = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
_LARGEST = max(BODY_BYTES.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Archived:
    """What the archive holds under a record: status, headers, body decoded.

    `cut`: reading stopped before the body's end.
    """

    url: str
    status: int
    headers: Headers
    body: bytes
    cut: bool = False


class Archive:
    """The WARC file of one company's visit; opened with its first record, closed by `with`."""

    def __init__(self, data_dir: Path, file: str, about: str = "") -> None:
        """Keep records in `file`, a path relative to the data folder; `about` describes the run."""
        self.data_dir, self.file, self._about = data_dir, file, about
        self._stream: BinaryIO | None = None
        self._writer: WARCWriter | None = None
        self.failed = ""
        self.hide: Callable[[str], str] = str
        """Blots the user's own keys out of a text; set by whoever knows them."""

    def __enter__(self) -> Self:
        """Nothing is written until there is something to write."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """Close the file; each record is complete in itself."""
        if self._stream is not None:
            self._stream.close()
            self._stream = None

    def keep(self, answer: Answer, sent: Headers, name: str = "", posted: str = "") -> Answer:
        """Write request and answer under a name; give the answer with the record that holds it."""
        url = name or answer.url
        verb = "POST" if posted else "GET"
        asked = StatusAndHeaders(f"{verb} / HTTP/1.1", self._redacted(sent), is_http_request=True)
        self._write("request", url, answer.at, posted.encode("utf-8", "replace"), asked, {})
        status = StatusAndHeaders(f"{answer.status} -", self._redacted(answer.headers), "HTTP/1.1")
        if answer.refers_to:
            extra = {"WARC-Profile": _PROFILE, REFERS: answer.refers_to}
            record = self._write("revisit", url, answer.at, b"", status, extra)
        else:
            extra = {"WARC-Truncated": "length"} if answer.cut else {}
            record = self._write("response", url, answer.at, answer.wire, status, extra)
        return replace(answer, record=record)

    def note(self, trouble: Trouble, name: str = "") -> Trouble:
        """Write under a name that there was no answer, and why."""
        text = json.dumps({"reason": trouble.reason.value, "detail": self.hide(trouble.detail)})
        record = self._write("metadata", name or trouble.url, trouble.at, text.encode(), None, {})
        return replace(trouble, record=record)

    def remember(self, name: str, value: object) -> object:
        """Write a JSON value that a replay must find again; give it as it will be read then."""
        text = json.dumps(value, sort_keys=True)
        self._write("resource", REMEMBERED + name, datetime.now(UTC), text.encode(), None, {})
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
        """Write one record; a full disk is remembered, and costs no more than the record."""
        try:
            writer, stream = self._opened()
            offset = stream.tell()
            named = {
                "WARC-Date": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
                "WARC-Record-ID": f"<urn:uuid:{uuid.uuid4()}>",
                **extra,
            }
            content = "application/json" if kind in ("metadata", "resource") else ""
            record = writer.create_warc_record(
                self.hide(url),
                kind,
                payload=io.BytesIO(payload),
                length=len(payload),
                warc_content_type=content,
                http_headers=http,
                warc_headers_dict=named,
            )
            writer.write_record(record)
            stream.flush()
        except OSError as error:
            self.failed = f"{self.file}: {error.strerror or error}"
            return ""
        return f"{self.file}#{offset}"

    def _redacted(self, headers: Headers) -> list[tuple[str, str]]:
        return [
            (name, "redacted" if name.lower() in _SECRET else self.hide(value))
            for name, value in headers
        ]

    def _opened(self) -> tuple[WARCWriter, BinaryIO]:
        if self._writer is None or self._stream is None:
            path = self.data_dir / self.file
            path.parent.mkdir(parents=True, exist_ok=True)
            self._stream = path.open("xb")
            self._writer = WARCWriter(self._stream, gzip=True, warc_version="1.1")
            info = {"software": "social-audit", "format": "WARC File Format 1.1"}
            if self._about:
                info["description"] = self._about
            self._writer.write_record(self._writer.create_warcinfo_record(path.name, info))
        return self._writer, self._stream


def read_record(data_dir: Path, record: str) -> Archived | None:
    """Read what the archive holds under a record (`FILE#OFFSET`); None where it is not there."""
    file, _, offset = record.rpartition("#")
    if not file or not offset.isdigit():
        return None
    try:
        with (data_dir / file).open("rb") as stream:
            stream.seek(int(offset))
            found = next(iter(ArchiveIterator(stream)), None)
            answer = _answer(found, record) if found is not None else None
    except (OSError, ArchiveLoadFailed):
        return None
    if not isinstance(answer, Answer):
        return None
    try:
        body, more = decoded(answer.wire, answer.header("content-encoding"), _LARGEST)
    except UndecodableError:
        body, more = answer.wire, False
    return Archived(
        url=answer.url,
        status=answer.status,
        headers=answer.headers,
        body=body,
        cut=more or answer.cut,
    )


def read_archive(path: Path, file: str) -> list[Answer | Trouble]:
    """Read all answers of an archive in order; a torn last record ends the list."""
    found: list[Answer | Trouble] = []
    with path.open("rb") as stream:
        reader = ArchiveIterator(stream)
        try:
            for record in reader:
                answer = _answer(record, "")
                if answer is not None:
                    found.append(replace(answer, record=f"{file}#{reader.get_record_offset()}"))
        except (ArchiveLoadFailed, EOFError, OSError):
            return found
    return found


def _answer(record: object, place: str) -> Answer | Trouble | None:
    """Turn a WARC record into the value that it was made from."""
    kind = record.rec_type  # type: ignore[attr-defined]  # warcio has no types
    headers = record.rec_headers  # type: ignore[attr-defined]
    url = headers.get_header("WARC-Target-URI") or ""
    at = _date(headers.get_header("WARC-Date") or "")
    if kind == "metadata":
        return _trouble(url, at, record.content_stream().read(), place)  # type: ignore[attr-defined]
    if kind == "resource" and url.startswith(REMEMBERED):
        kept = record.content_stream().read()  # type: ignore[attr-defined]
        return Answer(url=url, status=200, headers=(), wire=kept, at=at, record=place)
    http = record.http_headers  # type: ignore[attr-defined]
    if kind not in ("response", "revisit") or http is None:
        return None
    status = http.get_statuscode()
    return Answer(
        url=url,
        status=int(status) if status and status.isdigit() else 0,
        headers=tuple(http.headers),
        wire=record.raw_stream.read(_LARGEST),  # type: ignore[attr-defined]
        at=at,
        record=place,
        cut=headers.get_header("WARC-Truncated") is not None,
        refers_to=headers.get_header(REFERS) or "",
    )


def _trouble(url: str, at: datetime, payload: bytes, place: str) -> Trouble | None:
    try:
        said = json.loads(payload)
        reason, detail = Reason(said["reason"]), str(said["detail"])
    except (ValueError, KeyError, TypeError):
        return None
    return Trouble(url=url, reason=reason, detail=detail, at=at, record=place)


def _date(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except ValueError:
        return datetime(1970, 1, 1, tzinfo=UTC)

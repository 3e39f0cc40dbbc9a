"""MHTML: a page with its parts as one message (RFC 2557), as Chrome and Edge save it."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import Message
from email.utils import parsedate_to_datetime

from scrapers.saved.part import DamagedPageError, SavedFormat, SavedPart, in_utf8, is_page, trimmed
from scrapers.saved.places import address_in, archived_at, day_in, without_archive

_BEGINS = re.compile(rb"(?:[\w-]{1,40}:[^\n]{0,2000}\n(?:[ \t][^\n]{0,2000}\n){0,20}){1,20}", re.I)


def _begins(head: bytes) -> bool:
    """Tell a message with parts by its first lines, which are headers."""
    lines = _BEGINS.match(head.replace(b"\r\n", b"\n"))
    return lines is not None and b"multipart/related" in lines[0].lower()


def _read(content: bytes) -> Iterator[SavedPart]:
    """Give the page of a message; its frames, styles and pictures are left out."""
    message = message_from_bytes(content)
    pages = [part for part in message.walk() if is_page(part.get_content_type())]
    if not pages:
        raise DamagedPageError("holds no page")
    root = _header(message, "Snapshot-Content-Location")
    part = next((each for each in pages if root and _location(each) == root), pages[0])
    payload = part.get_payload(decode=True)
    body, media = in_utf8(payload if isinstance(payload, bytes) else b"", _media(part))
    if not body.strip():
        raise DamagedPageError("cut off: its page is empty")
    url, archived = archived_at(root or _location(part) or address_in(body))
    yield SavedPart(
        url=url if url.startswith(("http://", "https://")) else address_in(body),
        at=archived or day_in(body) or _day(_header(message, "Date")),
        media=media,
        body=trimmed(without_archive(body)),
    )


def _header(message: Message, name: str) -> str:
    """Return a header in one line; "" where there is none."""
    return "".join(str(message.get(name, "")).split("\n")).strip() if name in message else ""


def _location(part: Message) -> str:
    """Return the address of a part."""
    return _header(part, "Content-Location")


def _media(part: Message) -> str:
    """Return the media type of a part with its charset, where it names one."""
    charset = part.get_content_charset("")
    kind = part.get_content_type()
    return f"{kind}; charset={charset}" if charset else kind


def _day(text: str) -> datetime | None:
    """Return when the message was made; None where it does not say."""
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    return at.replace(tzinfo=at.tzinfo or UTC).astimezone(UTC)


FORMAT = SavedFormat(name="MHTML", suffixes=(".mhtml", ".mht"), begins=_begins, read=_read)

"""Where and when a saved page came from, by what the file itself says."""

import re
from datetime import UTC, datetime

from scrapers.parse.text import unescaped

_HEAD = 500_000
"""Bytes of a page in which its address is looked for."""

_COMMENT = re.compile(rb"<!--(.{0,4000}?)-->", re.S)
_SAVED_FROM = re.compile(rb"saved from url=\(\d{1,6}\)(\S{1,4000})")
"""The line of Chrome, Edge and Internet Explorer."""

_SINGLE_FILE = re.compile(rb"Page saved with SingleFile.{0,400}?\burl:\s{0,9}(\S{1,4000})", re.S)
_SINGLE_FILE_DAY = re.compile(rb"saved date:\s{0,9}([^\r\n<]{10,80})")
_SCRIPT_DAY = re.compile(
    r"[A-Z][a-z]{2} ([A-Z][a-z]{2} \d{2} \d{4} \d{2}:\d{2}:\d{2} GMT[+-]\d{4})"
)
"""How scripts write a day in every language: Sun Nov 29 2026 14:36:49 GMT+0100 (…)."""

_CANONICAL = re.compile(rb"<link\s[^<>]{0,2000}?rel=[\"']?canonical\b[^<>]{0,4000}>", re.I)
_OG_URL = re.compile(rb"<meta\s[^<>]{0,2000}?(?:property|name)=[\"']?og:url\b[^<>]{0,4000}>", re.I)
_VALUE = re.compile(rb"(?:href|content)=[\"']?(https?://[^\s\"'<>]{1,4000})", re.I)

_WAYBACK = re.compile(r"https?://web\.archive\.org/web/(\d{4,14})[a-z_]{0,4}/(https?:/.*)", re.S)
_WAYBACK_PREFIX = re.compile(
    rb"(?:https?:)?(?://web\.archive\.org)?/web/\d{14}(?:[a-z]{2}_)?/(?=https?:/|mailto:)"
)
_WAYBACK_SIGN = re.compile(rb"FILE ARCHIVED ON|web-static\.archive\.org|BEGIN WAYBACK TOOLBAR")
_WAYBACK_TOOLBAR = re.compile(
    rb"<!-- BEGIN WAYBACK TOOLBAR INSERT -->.{0,200000}?<!-- END WAYBACK TOOLBAR INSERT -->", re.S
)
_WAYBACK_DAY = re.compile(rb"FILE ARCHIVED ON (\d\d:\d\d:\d\d [A-Z][a-z]{2} \d{1,2}, \d{4})")


def address_in(body: bytes) -> str:
    """Return where a saved page came from: by the browser's own line, else by the page; or ""."""
    head = body[:_HEAD]
    return archived_at(_by_browser(head) or _by_page(head))[0]


def day_in(body: bytes) -> datetime | None:
    """Return when a page was saved, or archived by the Wayback Machine; None if it says nothing."""
    for comment in _COMMENT.findall(body[:_HEAD]):
        day = _SINGLE_FILE_DAY.search(comment)
        if day is not None and (at := _of_script(day[1].decode("latin-1"))) is not None:
            return at
    archived = _WAYBACK_DAY.search(body)
    if archived is not None:
        return _read_day(archived[1].decode("latin-1"), "%H:%M:%S %b %d, %Y")
    address = _by_browser(body[:_HEAD]) or _by_page(body[:_HEAD])
    return archived_at(address)[1]


def archived_at(url: str) -> tuple[str, datetime | None]:
    """Return the address that one of the Wayback Machine holds, and when; any other as it is."""
    match = _WAYBACK.match(url)
    if match is None:
        return url, None
    stamp = match[1].ljust(14, "0") if len(match[1]) > 6 else ""
    inner = re.sub(r"^(https?):/{1,2}", r"\1://", match[2])
    return inner, _read_day(stamp, "%Y%m%d%H%M%S")


def time_in(text: str) -> datetime | None:
    """Return a time as records of archives have it (ISO 8601) in UTC; None where it is none."""
    try:
        at = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return at.replace(tzinfo=at.tzinfo or UTC).astimezone(UTC)


def without_archive(body: bytes) -> bytes:
    """Return a page as it was before the Wayback Machine put itself into its links."""
    if _WAYBACK_SIGN.search(body) is None:
        return body
    return _WAYBACK_PREFIX.sub(b"", _WAYBACK_TOOLBAR.sub(b"", body))


def _by_browser(head: bytes) -> str:
    """Return the address in the comment of a browser or of SingleFile; "" without one."""
    for comment in _COMMENT.findall(head):
        match = _SINGLE_FILE.search(comment) or _SAVED_FROM.search(comment)
        if match is not None:
            address = match[1].decode("utf-8", "replace")
            return address if address.startswith(("http://", "https://")) else ""
    return ""


def _by_page(head: bytes) -> str:
    """Return the address that a page gives itself; "" without one."""
    for pattern in (_CANONICAL, _OG_URL):
        element = pattern.search(head)
        value = _VALUE.search(element[0]) if element is not None else None
        if value is not None:
            return unescaped(value[1].decode("utf-8", "replace"))
    return ""


def _of_script(text: str) -> datetime | None:
    """Return a day as scripts write it; SingleFile can be set to write another form (ISO)."""
    match = _SCRIPT_DAY.search(text)
    if match is not None:
        return _read_day(match[1], "%b %d %Y %H:%M:%S GMT%z")
    return time_in(text)


def _read_day(text: str, form: str) -> datetime | None:
    """Return a time in UTC; None where there is no such day."""
    try:
        at = datetime.strptime(text, form)  # noqa: DTZ007 - the zone is put on in the next line
    except ValueError:
        return None
    return at.replace(tzinfo=at.tzinfo or UTC).astimezone(UTC)

"""What single values of competitors.yaml must look like; each check says what to write instead."""

import re
import unicodedata
from datetime import date
from difflib import get_close_matches

MAX_URL = 2000
"""Characters of an address."""

_MAX_REPEATED_URL = 100
"""Characters; an address up to this length is repeated whole where its scheme is missing."""

FIRST_YEAR, LAST_YEAR = 1990, 2100
"""The years of the web; beyond them stand slips of the hand, and the ends of the calendar."""

_TARGET = r"(>=|<=|>|<|=) ?-?[0-9]{1,15}(\.[0-9]{1,6})?( ?%)?"
"""A target: a comparison, a number, perhaps a percent sign."""

_MEASURE = r"[a-z0-9][a-z0-9_-]*(\.[a-z0-9_-]+)+"
"""The name of a measure: words joined by dots."""

_BREAKING = frozenset({"Cc", "Zl", "Zp"})
"""Kinds of signs that end a line or command a terminal."""

_AUTHORITY = r"(?i)https?://([^/?#\\]+)"
"""The host of an address, with whatever stands before and behind it up to the path."""

_SCHEME = r"([A-Za-z][A-Za-z0-9+.-]*):(?![0-9]+(?:[/?#]|$))"
"""A scheme, told from a host with a port: `localhost:8000` has none."""

_MAILTO = r"mailto:[!-~]+@[!-~]+"
_HOST = r"(?i)(?=.{1,253}\.?$)[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*\.?|\[[0-9a-f:.]+\]"
"""A host by its labels, or an IPv6 address in brackets."""

_PLAIN = r"https?://(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+[a-z]{2,}(?:/[A-Za-z0-9/._~@-]*)?"
_MAX_PLAIN = 63
"""What nearly all addresses are like, up to this length: all checks of an address pass it."""

_TWO_SCHEMES = r"(?i)https?://https?(?::?/|:?$)"
"""An address pasted behind a scheme: `https://https://acme.example`."""

_TWO_ADDRESSES = r"(?i)[^?#]*[,;]https?://"
"""A second address behind a comma or semicolon."""

_WITHOUT_SCHEME = r"(?:[\w-]+\.)+[^\W\d]{2,24}(?::[0-9]+)?(?:[/?#][^@]*)?"
"""A host with a path whose scheme was left out."""

_VARIABLE = r"[A-Za-z_][A-Za-z0-9_]{0,99}"
_COLOUR = r"#?[0-9A-Fa-f]{6}"
_CURLY_QUOTES = frozenset("“”„‟«»‘’‚‹›")
"""The quotes of word processors, in several languages."""


def nearest(word: str, words: tuple[str, ...]) -> str:
    """Say which known word was probably meant, or which there are; empty if there are none."""
    lowered = {each.casefold(): each for each in words}
    close = get_close_matches(word.casefold()[:80], list(lowered), n=1, cutoff=0.6)
    if close:
        return f"did you mean `{lowered[close[0]]}`?"
    return f"use one of: {', '.join(words)}" if words else ""


def breaks_a_line(value: str) -> bool:
    """Tell whether a text holds signs that end a line or command a terminal."""
    return any(unicodedata.category(sign) in _BREAKING for sign in value)


def in_curly_quotes(text: str) -> bool:
    """Tell whether a text stands in quotes of a word processor.

    YAML knows only straight quotes and takes these as part of the text.
    """
    return len(text) > 1 and text[0] in _CURLY_QUOTES and text[-1] in _CURLY_QUOTES


def checked_url(url: str) -> str:
    """Return an http(s) address as it is.

    Raises:
        ValueError: it cannot be fetched; the message says what is wrong, and never repeats an
            address that may hold a password.
    """
    # The parser of addresses takes longer to load than all of a usual list takes to check.
    if len(url) <= _MAX_PLAIN and re.fullmatch(_PLAIN, url):
        return url
    return _checked_by_parser(url)


def _checked_by_parser(url: str) -> str:
    """Return an address as it is, whatever is in it.

    Raises:
        ValueError: as `checked_url`.
    """
    if len(url) > MAX_URL:
        raise ValueError(f"the address has {len(url)} characters; {MAX_URL} are allowed")
    if not url or " " in url or not url.isprintable():
        raise ValueError("an address has no spaces or hidden characters and is not empty")
    if url[0] in _CURLY_QUOTES:
        raise ValueError('an address has no curly quotes; delete them, or use straight ones: "')
    authority = re.match(_AUTHORITY, url)
    if authority is None:
        raise ValueError(_no_scheme(url))
    if re.match(_TWO_SCHEMES, url):
        raise ValueError("the address begins twice with http; delete one of them")
    if re.match(_TWO_ADDRESSES, url):
        raise ValueError("these are two addresses; write one")
    if "@" in authority[1]:
        raise ValueError("an address must not hold a user or password; delete the part up to `@`")
    _check_host(url)
    return url


def website_key(url: str) -> str:
    """Return the form in which websites are compared.

    Scheme, case and spelling of the host, `www.`, an empty port and a last slash make no
    difference: `http://ACME.example` and `https://www.acme.example:443/` are one.
    """
    from ada_url import URL

    parsed = URL(url)
    host = parsed.hostname.removesuffix(".").removeprefix("www.")
    return f"{host}:{parsed.port}{parsed.pathname.rstrip('/')}{parsed.search}"


def checked_place(place: str) -> str:
    """Return a page of a company as it is: a path from its website's root, or a whole address.

    Raises:
        ValueError: it is neither; says what to write.
    """
    if not place.startswith("/") or place.startswith("//"):
        if re.match(_SCHEME, place) or re.fullmatch(_WITHOUT_SCHEME, place):
            return checked_url(place)
        raise ValueError("must begin with / (a page of the website) or with https://")
    checked_url(f"https://example.com{place}")
    return place


def checked_kind(kind: str) -> str:
    """Return the kind of a section as it is.

    Raises:
        ValueError: there is none of that name; names the nearest.
    """
    from audit.model.kinds import POINTABLE

    if kind not in POINTABLE:
        raise ValueError(f"unknown kind; {nearest(kind, POINTABLE)}")
    return kind


def checked_base(url: str) -> str:
    """Return an address that paths can be added to: without query, fragment or last slash.

    Raises:
        ValueError: it is no such address; says what is wrong.
    """
    plain = checked_url(url)
    if "?" in plain or "#" in plain:
        raise ValueError("an address to ask below has no `?` or `#`; delete what begins there")
    return plain.rstrip("/")


def checked_contact(contact: str) -> str:
    """Return a contact that can stand in a user agent: an http(s) or mailto address, or nothing.

    Raises:
        ValueError: it is none of these; says what to write.
    """
    if not contact:
        return contact
    # The user agent is a header: it holds ASCII, and brackets begin and end its remarks.
    if not contact.isascii() or re.search(r"[\s()<>]", contact):
        raise ValueError("use ASCII without spaces and brackets, as it goes into the user agent")
    if contact.lower().startswith("mailto:"):
        if len(contact) > MAX_URL or not re.fullmatch(_MAILTO, "mailto:" + contact[7:]):
            raise ValueError("write it as mailto:name@example.com")
        return contact
    try:
        return checked_url(contact)
    except ValueError as error:
        raise ValueError(f"{error}; or use mailto:name@example.com") from error


def checked_timezone(name: str) -> str:
    """Return the name of a time zone that this machine knows.

    Raises:
        ValueError: it knows none; names the nearest.
    """
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

    try:
        ZoneInfo(name)
    # zoneinfo looks for a file of that name: a folder (`Europe`) is an OSError, a path out of its
    # folder a ValueError.
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        close = get_close_matches(name[:80], sorted(available_timezones()), n=1)
        hint = f"did you mean `{close[0]}`?" if close else "use a name such as Europe/Stockholm"
        raise ValueError(f"not a known time zone; {hint}") from error
    return name


def checked_variable(name: str) -> str:
    """Return the name of an environment variable as it is.

    Raises:
        ValueError: it is none; an address is not repeated, as it holds a password.
    """
    if "://" in name or "@" in name:
        raise ValueError(
            "is an address, which is a secret; write the name of an environment variable that "
            "holds it, such as AUDIT_MAIL"
        )
    if not re.fullmatch(_VARIABLE, name):
        raise ValueError("must be the name of an environment variable, such as AUDIT_MAIL")
    return name


def checked_colour(written: str) -> str:
    """Return a colour as six capital hex digits.

    Raises:
        ValueError: it is none; says how to write it.
    """
    if not re.fullmatch(_COLOUR, written):
        raise ValueError('must be a colour such as "#1F5F99": a # and six digits from 0 to F')
    return written.removeprefix("#").upper()


def checked_measure(name: str) -> str:
    """Return the name of a measure as it is, whether there is one of that name or not.

    Raises:
        ValueError: it cannot be one.
    """
    if not re.fullmatch(_MEASURE, name):
        raise ValueError(
            "must be words joined by dots, such as channel.pinterest or blog.posts_per_week"
        )
    return name


def checked_target(target: str) -> str:
    """Return the target of a KPI as it is.

    Raises:
        ValueError: it is none; says how to write one.
    """
    if not re.fullmatch(_TARGET, target):
        raise ValueError('must be a comparison and a number in quotes, such as ">= 1"')
    return target


def checked_date(value: object) -> date:
    """Return a date, bare or in quotes, of the years of the web.

    Raises:
        ValueError: it is none.
    """
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        value = date.fromisoformat(value)
    if not isinstance(value, date) or not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise ValueError("must be a date such as 2026-10-01")
    return value


def _no_scheme(url: str) -> str:
    """Say what is wrong with an address that does not begin with http or https and a host."""
    scheme = re.match(_SCHEME, url)
    if scheme and scheme[1].lower() not in {"http", "https"}:
        return f"`{scheme[1][:20]}:` is not http or https; write https://…"
    if len(url) <= _MAX_REPEATED_URL and re.fullmatch(_WITHOUT_SCHEME, url):
        return f"must begin with https://; write https://{url}"
    return "must be an http or https address such as https://www.example.com"


def _check_host(url: str) -> None:
    """Raise a `ValueError` for a host or port that no browser takes, or for a user in it."""
    from ada_url import URL

    try:
        parsed = URL(url)
    except ValueError as error:
        raise ValueError("the host or port is not valid; compare with a browser") from error
    if parsed.username or parsed.password:
        raise ValueError("an address must not hold a user or password; delete it")
    if "," in parsed.hostname or ";" in parsed.hostname:
        raise ValueError("a host has dots, no comma or semicolon; write one address here")
    if not re.fullmatch(_HOST, parsed.hostname) or parsed.port == "0":
        raise ValueError("the host or port is not valid; compare with a browser")

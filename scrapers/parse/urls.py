"""Addresses: resolved as a browser does, compared as people mean them, and traps recognised."""

import re
from functools import cache
from urllib.parse import SplitResult, parse_qsl, unquote, urlencode, urlsplit

import ada_url
from tldextract import TLDExtract
from w3lib.url import url_query_cleaner

from scrapers.parse.remembered import remembered

MAX_LENGTH = 2_000
"""Characters of an address; longer ones are not followed."""

MAX_AUTHORITY = 300
"""Where the path of an address begins at the latest: a host has up to 253 characters."""

MAX_SEGMENTS = 20
"""Parts of a path; an address of more is one of endlessly many."""

MAX_REPEATS = 3
"""How often one part may stand in a path: relative links that go wrong repeat it for ever."""

_TRACKING = frozenset(
    [
        "fbclid",
        "gclid",
        "dclid",
        "msclkid",
        "yclid",
        "igshid",
        "igsh",
        "mc_cid",
        "mc_eid",
        "_ga",
        "_gl",
        "ref_src",
        "ref_url",
        "phpsessid",
        "jsessionid",
        "sid",
        "sessionid",
        "session_id",
        "aspsessionid",
        "cfid",
        "cftoken",
        "osc",
        "zenid",
        "s_cid",
        "hsctatracking",
        "utm_source",
        "utm_medium",
        "utm_campaign",
        "utm_term",
        "utm_content",
        "utm_id",
        "trk",
        "replytocom",
    ]
)
"""Query parameters that track or hold a session; they never change what a page is."""

_REDIRECTORS = {
    "l.facebook.com": ("u",),
    "lm.facebook.com": ("u",),
    "facebook.com/login": ("next",),
    "facebook.com/login.php": ("next",),
    "facebook.com/l.php": ("u",),
    "l.messenger.com": ("u",),
    "l.instagram.com": ("u",),
    "instagram.com/accounts/login": ("next",),
    "l.threads.net": ("u",),
    "l.threads.com": ("u",),
    "youtube.com/redirect": ("q",),
    "consent.youtube.com/m": ("continue",),
    "linkedin.com/redir": ("url",),
    "linkedin.com/redir/redirect": ("url",),
    "linkedin.com/safety/go": ("url",),
    "linkedin.com/authwall": ("sessionRedirect",),
    "linkedin.com/uas/login": ("session_redirect",),
    "linkedin.com/login": ("session_redirect",),
    "linkedin.com/signup/cold-join": ("session_redirect",),
    "out.reddit.com": ("url",),
    "google.com/url": ("q", "url"),
    "steamcommunity.com/linkfilter": ("url", "u"),
    "vk.com/away.php": ("to",),
    "away.vk.com/away.php": ("to",),
    "tiktok.com/link/v2": ("target",),
    "exit.sc": ("url",),
    "t.umblr.com/redirect": ("z",),
    "slack-redir.net": ("url",),
    "safelinks.protection.outlook.com": ("url",),
}
"""Addresses that only pass a reader on, without `www.` or `m.`, with the query keys of the target.

Some ask for a login first, as they do of a visitor whom they take for a program.
"""

_PASSING_HOSTS = frozenset(address.partition("/")[0] for address in _REDIRECTORS)

_OWN_REGION = re.compile(r"^(?:www|m|mobile|[a-z]{2}-[a-z]{2}|[a-z]{3}\d{2})\.(?=.*\.)")
"""Labels before the host of one that passes on: de-de.facebook.com, eur02.safelinks.…"""

_CALENDAR = re.compile(
    r"[?&](?:ical|outlook-ical|tribe-bar-date|month|week|eventdisplay)=|/(?:calendar|kalender|events?)"
    r"/(?:month|week|day|list)?/?\d{4}[-/]\d{1,2}",
    re.I,
)
"""Addresses of calendars, which have a page for every month of all times."""

_DIGITS = re.compile(r"\d+")
_SESSION_PATH = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/?#]*", re.I)
"""A session in the path, as Java's and PHP's servers put it there."""


ROUTES = ("/", "!/")
"""A fragment that begins so is an address within a page that a script draws."""


@remembered(32_768)
def join(base: str, href: str) -> str | None:
    """Resolve a link as a browser does (WHATWG); None unless it is a usable http(s) address.

    `join("https://a.example/b/", "../c")` is `https://a.example/c`; an address alone has "" as
    `href`.
    """
    if len(href) > MAX_LENGTH:
        return None
    try:
        url = ada_url.join_url(base, href.strip())
    except ValueError:
        return None
    if not url.startswith(("http://", "https://")) or len(url) > MAX_LENGTH:
        return None
    # The suffix of a host is looked up label by label: one of thousands would take long.
    return url if url.find("/", len("https://")) <= MAX_AUTHORITY else None


def split(url: str) -> SplitResult:
    """Return the parts of an address; of one that is none (`http://[`), nothing but a path."""
    try:
        return urlsplit(url)
    except ValueError:
        return SplitResult(scheme="", netloc="", path=url, query="", fragment="")


def bare(url: str) -> str:
    """Drop the fragment, unless it is the route of a page that a script draws (`#/a`, `#%21/a`)."""
    head, _, fragment = url.partition("#")
    if fragment.startswith("%21/"):
        return f"{head}#!{fragment[3:]}"
    return url if fragment.startswith(ROUTES) else head


@remembered(16_384)
def normalise(url: str) -> str:
    """Give all spellings of one page one form: no fragment, tracking or session, plain root.

    `HTTPS://A.example:443/x?utm_source=q&b=1#f` becomes `https://a.example/x?b=1`.
    """
    cleaned = _SESSION_PATH.sub("", bare(url))
    try:
        if "?" in cleaned:
            names = [name for name, _ in parse_qsl(split(cleaned).query, keep_blank_values=True)]
            tracking = [name for name in names if name.lower() in _TRACKING]
            if tracking:
                cleaned = url_query_cleaner(cleaned, tracking, remove=True, keep_fragments=True)
        href: str = ada_url.URL(cleaned).href
    except ValueError:
        return cleaned
    return href


_INDEX = re.compile(r"(?<=/)(?:index|default)\.(?:html?|php|aspx?)$")
"""The file that stands for its folder."""


def without_index(url: str) -> str:
    """Return the address of a folder in place of that of its index file; others as they are."""
    return _INDEX.sub("", url)


@remembered(16_384)
def page_key(url: str) -> str:
    """Return the form under which a page is visited once.

    It has no scheme, `www.`, index file or last slash, and its query in the order of the alphabet.
    """
    parts = split(normalise(url))
    host = parts.netloc.lower().removeprefix("www.")
    path = without_index(parts.path).rstrip("/")
    query = urlencode(sorted(parse_qsl(parts.query, keep_blank_values=True)), errors="replace")
    route = f"#{parts.fragment.rstrip('/')}" if parts.fragment else ""
    return f"{host}{unquote(path)}{'?' + query if query else ''}{route}"


_AUTHORITY = re.compile(r"[a-z][a-z0-9+.-]*://(?:[^/?#@]*@)?([^/?#]*)", re.I)
"""The host of an address with its port, a user and password before it left out."""


@remembered(16_384)
def authority_of(url: str) -> str:
    """Return the host of an address in small letters, with its port.

    A name in Unicode is given in its other form, so that `müller.example` and
    `xn--mller-kva.example` are one host.
    """
    match = _AUTHORITY.match(url)
    authority = match.group(1).lower() if match is not None else ""
    if authority.isascii() or len(authority) > MAX_AUTHORITY:
        return authority
    try:
        host: str = ada_url.URL(f"https://{authority}").host
    except ValueError:
        return authority
    return host


def host_of(url: str) -> str:
    """Return the host with its port where that is not the usual one, without `www.`."""
    return authority_of(url).removeprefix("www.")


def in_letters(host: str) -> str:
    """Return a host as people read it: `xn--mller-kva.example` is `müller.example`."""
    if "xn--" not in host or len(host) > MAX_AUTHORITY:
        return host
    try:
        return host.encode().decode("idna")
    except UnicodeError:
        return host


@cache
def _suffix_list() -> TLDExtract:
    """Return the look-up of the public suffix list."""
    # tldextract fetches a newer list unless it is told not to; the snapshot that it brings is the
    # same on every machine.
    return TLDExtract(suffix_list_urls=(), cache_dir=None)


@remembered(8_192)
def registrable(host: str, hosted: frozenset[str] = frozenset()) -> str:
    """Return the part of a host that one organisation registers; on hosted platforms, the tenant's.

    `acme.wordpress.com` is its own organisation where `wordpress.com` is in `hosted`. Addresses
    (127.0.0.1:8101) are kept whole, with their port; of a name without a public suffix
    (www.acme.test) the last two labels count.
    """
    name = host.lower().removeprefix("www.")
    domain = _suffix_list()(name.partition(":")[0]).top_domain_under_public_suffix
    if not domain:
        plain_name = name.partition(":")[0]
        numeric = plain_name.replace(".", "").isdigit() or name.startswith("[")
        return name if numeric or "." not in plain_name else ".".join(plain_name.split(".")[-2:])
    if domain in hosted and name != domain:
        labels = name.removesuffix("." + domain).split(".")
        return f"{labels[-1]}.{domain}"
    return domain


def is_tenants(url: str, hosted: frozenset[str]) -> bool:
    """Tell whether an address lies on a subdomain where everybody has one: acme.zendesk.com."""
    host = host_of(url)
    return registrable(host, hosted) != registrable(host)


def same_site(first: str, second: str, hosted: frozenset[str] = frozenset()) -> bool:
    """Tell whether two addresses belong to one organisation's site, subdomains included."""
    return registrable(host_of(first), hosted) == registrable(host_of(second), hosted)


def lies_below(url: str, site: str, hosted: frozenset[str] = frozenset()) -> bool:
    """Tell whether an address lies on a site that a person named, which may be a part of a host.

    `https://group.example/acme/` opens what lies below `/acme/`, as the rest of the group's host is
    not the company's; `https://acme.example/` opens the whole site with its subdomains.
    """
    if not segments(site):
        return same_site(url, site, hosted)
    return f"{page_key(url)}/".startswith(f"{page_key(site)}/")


_INTERNAL_ENDINGS = frozenset(
    [
        "local",
        "localhost",
        "localdomain",
        "internal",
        "intranet",
        "lan",
        "corp",
        "home",
        "arpa",
        "private",
    ]
)
"""Endings of names that mean something in one network only (RFC 6761, 6762, 8375; custom)."""


def is_internal(url: str) -> bool:
    """Tell whether an address names a host of one network: a number, a bare or a local name."""
    host = authority_of(url).partition(":")[0].rstrip(".")
    ending = host.rpartition(".")[2]
    numeric = host.startswith("[") or host.replace(".", "").isdigit()
    return numeric or "." not in host or ending in _INTERNAL_ENDINGS


@remembered(16_384)
def segments(url: str) -> tuple[str, ...]:
    """Return the parts of the path, decoded, without empty ones.

    Those of the route of a page that a script draws (`#/blog/1`) follow.
    """
    head, _, fragment = url.partition("#")
    path = head.partition("?")[0].split("/")[3:]
    if fragment.startswith(ROUTES):
        path += fragment.partition("?")[0].lstrip("!").split("/")
    return tuple(unquote(part) if "%" in part else part for part in path if part)


def is_trap(url: str) -> bool:
    """Tell whether an address looks like one of endlessly many: too long, deep, repeated, dated."""
    path = segments(url)
    if len(url) > MAX_LENGTH or len(path) > MAX_SEGMENTS:
        return True
    if any(path.count(part) > MAX_REPEATS for part in set(path)):
        return True
    return _CALENDAR.search(url) is not None


@remembered(16_384)
def template(url: str) -> str:
    """Return the shape of an address: host, path without numbers and slugs, names of query keys.

    Pages of one kind have one shape: /p/12-long-title-here and /p/9-other-long-title are `/p/*`.
    """
    parts = split(url)
    shape = []
    for part in parts.path.split("/"):
        plain = _DIGITS.sub("0", part)
        slug = plain.count("-") >= 2 or plain.count("_") >= 2 or len(plain) > 24
        shape.append("*" if slug else plain)
    keys = ",".join(sorted({name for name, _ in parse_qsl(parts.query, keep_blank_values=True)}))
    return f"{parts.netloc.lower()}{'/'.join(shape)}?{keys}"


def unwrap(url: str) -> str:
    """Follow an address that only passes the reader on, as far as the address itself tells.

    `https://l.facebook.com/l.php?u=https%3A%2F%2Fx.com%2Facme` is `https://x.com/acme`.
    """
    # One that passes on to another may be wrapped in a third; more is a game.
    for _ in range(3):
        parts = split(url)
        host = _OWN_REGION.sub("", parts.netloc.lower().partition(":")[0])
        keys = _REDIRECTORS.get(host) or _REDIRECTORS.get(host + parts.path.rstrip("/"), ())
        query = dict(parse_qsl(parts.query)) if keys else {}
        # A login names what comes after it by its path alone: `next=/acme/`.
        raw = next((query[key] for key in keys if key in query), "")
        target = join(url, raw) if raw.startswith("/") else raw
        if target is None or not target.startswith(("http://", "https://")):
            return url
        url = target
    return url


@remembered(8_192)
def passes_on(host: str) -> bool:
    """Tell whether some addresses of a host only pass the reader on to another."""
    return _OWN_REGION.sub("", host) in _PASSING_HOSTS


_ADDRESS_IN_TEXT = re.compile(
    r"https?://[^\s<>\"'()\[\]]{4,500}"
    r"|(?<![@\w.-])(?:[a-z0-9-]{1,63}\.){1,4}[a-z]{2,24}(?:/[^\s<>\"'()\[\]]{0,300})?(?![\w@])",
    re.I,
)
"""An address in a text, with or without `https://`; no e-mail address."""

MAX_IN_TEXT = 20
"""Addresses of one text that are read."""


def links_in(text: str) -> tuple[str, ...]:
    """Return the addresses that a text names, `https://` put before those without it."""
    urls: dict[str, None] = {}
    for match in _ADDRESS_IN_TEXT.finditer(text):
        address = match[0].rstrip(".,;:!?…")
        url = (
            address if address.lower().startswith(("http://", "https://")) else f"https://{address}"
        )
        # Without a scheme only a public suffix tells an address from any words around a dot.
        is_address = address == url or _suffix_list()(authority_of(url).partition(":")[0]).suffix
        if is_address and (joined := join(url, "")) is not None:
            urls[joined] = None
        if len(urls) >= MAX_IN_TEXT:
            break
    return tuple(urls)

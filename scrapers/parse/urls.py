"""Addresses: resolved as a browser does, compared as people mean them, and traps recognised."""

import re
from functools import cache, lru_cache
from urllib.parse import SplitResult, parse_qsl, unquote, urlencode, urlsplit

import ada_url
from tldextract import TLDExtract
from w3lib.url import url_query_cleaner

MAX_LENGTH = 2_000
MAX_AUTHORITY = 300
"""Where the path of an address begins at the latest: a host has up to 253 characters."""

MAX_SEGMENTS = 20
MAX_REPEATS = 3

_NOISE = frozenset(
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
    "l.instagram.com": ("u",),
    "www.youtube.com/redirect": ("q",),
    "youtube.com/redirect": ("q",),
    "www.linkedin.com/redir": ("url",),
    "linkedin.com/redir": ("url",),
    "out.reddit.com": ("url",),
    "www.google.com/url": ("q", "url"),
    "google.com/url": ("q", "url"),
    "steamcommunity.com/linkfilter": ("url", "u"),
    "vk.com/away.php": ("to",),
    "slack-redir.net": ("url",),
}
"""Addresses that only pass a reader on, with the query keys that carry the target."""

_CALENDAR = re.compile(
    r"[?&](?:ical|outlook-ical|tribe-bar-date|month|week|eventdisplay)=|/(?:calendar|kalender|events?)"
    r"/(?:month|week|day|list)?/?\d{4}[-/]\d{1,2}",
    re.I,
)
_NUMBER = re.compile(r"\d+")
_SESSION_PATH = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/?#]*", re.I)


ROUTES = ("/", "!/")
"""A fragment that begins so is an address within a page that a script draws."""


@lru_cache(maxsize=32_768)
def join(base: str, href: str) -> str | None:
    """Resolve a link as a browser does (WHATWG); None unless it is a usable http(s) address."""
    if len(href) > MAX_LENGTH:
        return None
    try:
        url = ada_url.join_url(base, href.strip())
    except ValueError:
        return None
    if not url.startswith(("http://", "https://")) or len(url) > MAX_LENGTH:
        return None
    return url if url.find("/", len("https://")) <= MAX_AUTHORITY else None


def split(url: str) -> SplitResult:
    """The parts of an address; of one that is none, nothing but a path."""
    try:
        return urlsplit(url)
    except ValueError:
        return SplitResult(scheme="", netloc="", path=url, query="", fragment="")


def bare(url: str) -> str:
    """Drop the fragment, unless it is the route of a page that a script draws (`#/blog`)."""
    head, _, fragment = url.partition("#")
    return url if fragment.startswith(ROUTES) else head


@lru_cache(maxsize=16_384)
def normalise(url: str) -> str:
    """Give all spellings of one page one form: no fragment, tracking or session, plain root."""
    cleaned = _SESSION_PATH.sub("", bare(url))
    try:
        if "?" in cleaned:
            names = [name for name, _ in parse_qsl(split(cleaned).query, keep_blank_values=True)]
            noise = [name for name in names if name.lower() in _NOISE]
            if noise:
                cleaned = url_query_cleaner(cleaned, noise, remove=True, keep_fragments=True)
        href: str = ada_url.URL(cleaned).href
    except ValueError:
        return cleaned
    return href


@lru_cache(maxsize=16_384)
def page_key(url: str) -> str:
    """The form under which a page is visited once: no scheme, www, index file or last slash."""
    parts = split(normalise(url))
    host = parts.netloc.lower().removeprefix("www.")
    path = re.sub(r"/(?:index|default)\.(?:html?|php|aspx?)$", "/", parts.path).rstrip("/")
    query = urlencode(sorted(parse_qsl(parts.query, keep_blank_values=True)), errors="replace")
    route = f"#{parts.fragment.rstrip('/')}" if parts.fragment else ""
    return f"{host}{unquote(path)}{'?' + query if query else ''}{route}"


_AUTHORITY = re.compile(r"[a-z][a-z0-9+.-]*://(?:[^/?#@]*@)?([^/?#]*)", re.I)


@lru_cache(maxsize=16_384)
def authority_of(url: str) -> str:
    """The host of an address as it is written, in lower case, with its port."""
    found = _AUTHORITY.match(url)
    return found.group(1).lower() if found is not None else ""


def host_of(url: str) -> str:
    """The host with its port where that is not the usual one, without `www.`."""
    return authority_of(url).removeprefix("www.")


@cache
def _extract() -> TLDExtract:
    """The bundled snapshot of the public suffix list; never fetched."""
    return TLDExtract(suffix_list_urls=(), cache_dir=None)


@lru_cache(maxsize=8_192)
def registrable(host: str, hosted: frozenset[str] = frozenset()) -> str:
    """The part of a host that one organisation registers; for hosted platforms, the tenant's.

    `acme.wordpress.com` is its own organisation where `wordpress.com` is in `hosted`. Addresses
    (127.0.0.1:8101) are kept whole, with their port; of a name without a public suffix
    (www.acme.test) the last two labels count.
    """
    name = host.lower().removeprefix("www.")
    domain = _extract()(name.partition(":")[0]).top_domain_under_public_suffix
    if not domain:
        bare = name.partition(":")[0]
        numeric = bare.replace(".", "").isdigit() or name.startswith("[")
        return name if numeric or "." not in bare else ".".join(bare.split(".")[-2:])
    if domain in hosted and name != domain:
        labels = name.removesuffix("." + domain).split(".")
        return f"{labels[-1]}.{domain}"
    return domain


def same_site(first: str, second: str, hosted: frozenset[str] = frozenset()) -> bool:
    """Tell whether two addresses belong to one organisation's site, subdomains included."""
    return registrable(host_of(first), hosted) == registrable(host_of(second), hosted)


_INTERNAL = frozenset(
    {
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
    }
)
"""Endings of names that mean something in one network only (RFC 6761, 6762, 8375; custom)."""


def is_internal(url: str) -> bool:
    """Tell whether an address names a host of one network: a number, a bare or a local name."""
    host = authority_of(url).partition(":")[0].rstrip(".")
    ending = host.rpartition(".")[2]
    numeric = host.startswith("[") or host.replace(".", "").isdigit()
    return numeric or "." not in host or ending in _INTERNAL


@lru_cache(maxsize=16_384)
def segments(url: str) -> tuple[str, ...]:
    """The parts of the path, decoded, without empty ones."""
    head, _, fragment = url.partition("#")
    path = head.partition("?")[0].split("/")[3:]
    if fragment.startswith(ROUTES):
        path += fragment.partition("?")[0].lstrip("!").split("/")
    return tuple(unquote(part) if "%" in part else part for part in path if part)


def is_trap(url: str) -> bool:
    """Tell whether an address looks like one of endlessly many: too long, deep, repeated, dated."""
    parts = segments(url)
    if len(url) > MAX_LENGTH or len(parts) > MAX_SEGMENTS:
        return True
    if any(parts.count(part) > MAX_REPEATS for part in set(parts)):
        return True
    return _CALENDAR.search(url) is not None


@lru_cache(maxsize=16_384)
def template(url: str) -> str:
    """The shape of an address: host, path without numbers and slugs, names of query keys."""
    parts = split(url)
    shape = []
    for part in parts.path.split("/"):
        plain = _NUMBER.sub("0", part)
        slug = plain.count("-") >= 2 or plain.count("_") >= 2 or len(plain) > 24
        shape.append("*" if slug else plain)
    keys = ",".join(sorted({name for name, _ in parse_qsl(parts.query, keep_blank_values=True)}))
    return f"{parts.netloc.lower()}{'/'.join(shape)}?{keys}"


def unwrap(url: str) -> str:
    """Follow an address that only passes the reader on, as far as the address itself tells."""
    for _ in range(3):
        parts = split(url)
        host = parts.netloc.lower()
        keys = _REDIRECTORS.get(host) or _REDIRECTORS.get(host + parts.path.rstrip("/"))
        if keys is None and host in {"www.linkedin.com", "linkedin.com"}:
            keys = _REDIRECTORS["linkedin.com/redir"] if parts.path.startswith("/redir/") else None
        query = dict(parse_qsl(parts.query))
        target = next((query[key] for key in keys or () if key in query), "")
        if not target.startswith(("http://", "https://")):
            return url
        url = target
    return url


_IN_TEXT = re.compile(
    r"https?://[^\s<>\"'()\[\]]{4,500}"
    r"|(?<![@\w.-])(?:[a-z0-9-]{1,63}\.){1,4}[a-z]{2,24}(?:/[^\s<>\"'()\[\]]{0,300})?(?![\w@])",
    re.I,
)
MAX_IN_TEXT = 20


def links_in(text: str) -> tuple[str, ...]:
    """The addresses that a text names, `https://` put before those that people wrote without."""
    found: dict[str, None] = {}
    for match in _IN_TEXT.finditer(text):
        said = match[0].rstrip(".,;:!?…")
        url = said if said.lower().startswith(("http://", "https://")) else f"https://{said}"
        known = said == url or _extract()(authority_of(url).partition(":")[0]).suffix
        if known and (joined := join(url, "")) is not None:
            found[joined] = None
        if len(found) >= MAX_IN_TEXT:
            break
    return tuple(found)

"""Recognise a profile by its address: which platform, whose, and in which one form."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote

from audit.model.catalogue import PlatformRule
from scrapers.page.platform_patterns import COMMON, PlatformPatterns
from scrapers.parse.remembered import remembered
from scrapers.parse.urls import MAX_LENGTH, authority_of, passes_on, split, unwrap

_LEADING = re.compile(r"^(?:(?:www\d?|m|mobile|web|touch|l)\.){1,2}(?=.*\.)")
"""Labels before a host that change nothing of what it holds."""

_MOBILE = re.compile(r"(?<=[a-z])\.m\.(?=.*\.)")
"""The label of a mobile site behind a language: en.m.wikipedia.org."""

_SCHEME = re.compile(r"\^([a-z][a-z0-9.+\\-]{1,30})://")
"""How the pattern of an app's link begins; dots are escaped in it."""

_WITHIN = re.compile(r"(?:https?:/{1,2}){1,2}(?=(?:[a-z0-9-]{1,63}\.){1,3}[a-z])", re.I)
"""An address in the path of another: facebook.com/https://www.facebook.com/acme."""

_MEANT = re.compile(
    r"(?:https?(?:://?|:|//)){0,2}((?:[a-z0-9-]{1,63}\.){1,4}[a-z]{2,10})(/.*)", re.I | re.S
)
"""A link whose beginning is missing, half there or doubled: www.facebook.com/acme."""

_TRAILING = '/ \t\r\n\u00a0\u00ad\u200b\u200e\u200f\u202a\u202c\u2060\ufeff,;|"'
"""Signs that are copied along behind an address; no platform has a name that ends in one."""

_NEVER_IN_NAMES = frozenset("{}[]<>|")
"""Signs of templates that were never filled in: facebook.com/{{page}}."""

_APP_ADDRESSES = 5
"""Parts of the query of an app's link that may be an address of the web."""

_PLACEHOLDERS = re.compile(
    r"#|undefined|null|none|profile|username|example|placeholder|lorem(?:[-_.]?ipsum)?|"
    r"(?:your|(?:insert|enter)[-_.]?(?:your)?)[-_.]?(?:own[-_.]?)?"
    r"(?:account|brand|business|channel|company|handle|id|invite|link|name|org|organi[sz]ation|"
    r"page|profile|user|username)(?:[-_.]?(?:id|name|here|url))?|"
    r"(?:channel|company|page|profile|user|account)[-_.]?(?:id|name|url|handle)|"
    r"(?:uc|id)?x{4,40}|0{4,20}"
)
"""What themes put in the place of a handle."""

_FILE = re.compile(r"/[^/]+\.(?:php|aspx?|txt|ico|js|css|xml|json|png|jpe?g|svg)")
"""A path that is a file of the platform's own: `/policy.php`, `/robots.txt`."""

_TENANT_PATHS = frozenset(
    {
        *("", "/", "/about", "/archive", "/community", "/embed", "/feed", "/home", "/merch"),
        *("/music", "/notes", "/podcast", "/posts", "/subscribe"),
    }
)
"""Paths on a host of somebody's own (`acme.substack.com/archive`) that lead to the profile."""

_MAX_HOSTS = 100_000
"""Hosts whose platforms are remembered, so that a page of strange links cannot fill the memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileAddress:
    """A profile of a platform as its address names it, before anything of it was read.

    `url` is its canonical form, and `key` equal for all spellings of one profile. `person` tells
    that the address is of a kind that only persons have (linkedin.com/in/). The handle of an
    `opaque` address is an id that bears nobody's name; `title` are the words beside it.
    """

    platform: str
    url: str
    handle: str
    key: str
    person: bool
    opaque: bool = False
    title: str = ""


class PlatformIndex:
    """The platforms by host; one look-up in a dict tells whether an address needs a closer look.

    `kinds` and `titles` are those of each platform by its name, `dead` the platforms that are no
    more, `hosts` all hosts without wildcards, `wikidata` the address of a profile by the property
    of Wikidata that names it.
    """

    def __init__(self, rules: Iterable[PlatformRule]) -> None:
        """File the rules; a later rule of one host is tried after the earlier ones."""
        self._by_suffix: dict[str, list[PlatformPatterns]] = defaultdict(list)
        self._by_label: dict[str, list[PlatformPatterns]] = defaultdict(list)
        self._by_scheme: dict[str, list[PlatformPatterns]] = defaultdict(list)
        self._hosts: dict[str, tuple[PlatformPatterns, ...]] = {}
        listed = tuple(rules)
        for rule in listed:
            self._add(rule)
        self.kinds: Mapping[str, str] = {rule.name: rule.kind for rule in listed}
        self.titles: Mapping[str, str] = {rule.name: rule.title for rule in listed}
        self.dead = frozenset(rule.name for rule in listed if rule.dead)
        self.hosts = frozenset(self._by_suffix)
        self.wikidata = {key: url for rule in listed for key, url in rule.wikidata.items()}
        # The profiles of a site are linked on each of its pages.
        self.match = remembered(8_192)(self._profile_at)

    def _add(self, rule: PlatformRule) -> None:
        """File a rule under its hosts; `capterra.*` stands for that label under any country."""
        compiled = PlatformPatterns(rule)
        for host in rule.hosts:
            if host.endswith(".*"):
                self._by_label[host[:-2]].append(compiled)
            else:
                self._by_suffix[host].append(compiled)
        schemes = [_SCHEME.match(pattern) for pattern in rule.profile]
        for scheme in {match[1].replace("\\", "") for match in schemes if match is not None}:
            self._by_scheme[scheme].append(compiled)

    def knows(self, host: str) -> bool:
        """Tell whether a host (lower case) belongs to a platform at all."""
        return bool(self._of_host(host))

    def kind_at(self, url: str) -> str:
        """Return the kind of the platform on whose host an address lies; "" for none."""
        return next((compiled.rule.kind for compiled in self._of_host(_host(url))), "")

    def _profile_at(self, url: str) -> ProfileAddress | None:
        """Return the profile that an address names; None for everything else.

        Addresses that only pass on to another (`l.facebook.com/l.php?u=…`) are read as that one,
        and links to an app (`twitter://user?screen_name=acme`) as the profile that it opens.
        """
        if len(url) > MAX_LENGTH:
            return None
        if not url.startswith(("https://", "http://")):
            scheme = url.partition(":")[0].lower()
            if scheme not in {"http", "https"}:
                return self._of_app(scheme, url)
        host = _host(url)
        if passes_on(host):
            url = unwrap(url)
            host = _host(url)
        if self._of_host(host):
            url = _innermost(url)
            host = _host(url)
        for compiled in self._of_host(host):
            profile = _match(compiled, url, _plain_host(host))
            if profile is not None:
                return profile
        return None

    def meant(self, href: str) -> ProfileAddress | None:
        """Return the profile that a link was meant to lead to though its beginning is wrong.

        A browser takes `www.facebook.com/acme` for a page of the own site and
        `http://https://x.com/acme` for one of the host `https`.
        """
        match = _MEANT.fullmatch(href.strip()[:MAX_LENGTH])
        if match is None or not self.knows(match[1].lower()):
            return None
        return self.match(f"https://{match[1]}{match[2]}")

    def _of_app(self, scheme: str, url: str) -> ProfileAddress | None:
        """Return the profile that an app opens: by a form of its own, or by an address of the web.

        That address stands behind the app's scheme (`vk://vk.com/acme`), as Android writes it too
        (`intent://instagram.com/_u/acme#Intent;…`), or in the query.
        """
        rest = url.partition(":")[2].lstrip("/").partition("#")[0]
        text = unquote(f"{scheme}://{rest}").rstrip("/")
        for compiled in self._by_scheme.get(scheme, ()):
            profile = _by_forms(compiled, text, text, compiled.rule.hosts[0])
            if profile is not None:
                return profile
        held = [value for _, value in parse_qsl(split(url).query)[:_APP_ADDRESSES]]
        for address in (f"https://{rest}", *held):
            if address.startswith(("http://", "https://")) and (found := self.match(address)):
                return found
        return None

    def _of_host(self, host: str) -> tuple[PlatformPatterns, ...]:
        """Return the rules of a host, looked up once."""
        known = self._hosts.get(host)
        if known is None:
            known = self._look_up(host)
            if len(self._hosts) < _MAX_HOSTS:
                self._hosts[host] = known
        return known

    def _look_up(self, host: str) -> tuple[PlatformPatterns, ...]:
        """Return the rules of the hosts that a host ends in, the longest first, then by label."""
        bare = _plain_host(host)
        labels = bare.split(".")
        candidates = [
            compiled
            for start in range(len(labels) - 1)
            for compiled in self._by_suffix.get(".".join(labels[start:]), ())
        ]
        for label in labels[:-1]:
            candidates += self._by_label.get(label, ())
        return tuple(compiled for compiled in candidates if compiled.host.fullmatch(bare))


def _host(url: str) -> str:
    """Return the host of an address without its port."""
    return authority_of(url).partition(":")[0].rstrip(".")


def _innermost(url: str) -> str:
    """Return the address that stands in the path of another, where a form asked for a name alone.

    `https://www.facebook.com/https://www.facebook.com/acme` is `https://www.facebook.com/acme`.
    """
    match = _WITHIN.search(split(url).path) if url.lower().count("http") > 1 else None
    return f"https://{match.string[match.end() :]}" if match is not None else url


@remembered(8_192)
def _plain_host(host: str) -> str:
    """Return a host without the labels that change nothing of what it holds."""
    return _MOBILE.sub(".", _LEADING.sub("", host))


def _match(compiled: PlatformPatterns, url: str, host: str) -> ProfileAddress | None:
    """Return the profile that an address names by one rule; the first pattern that fits decides."""
    for path in _paths(compiled, url, host):
        excluded = compiled.not_profile is not None and compiled.not_profile.search(path)
        if excluded or _FILE.fullmatch(path):
            return None
        profile = _by_forms(compiled, path, f"{host}{path}".rstrip("/"), host)
        if profile is not None:
            return profile
    return None


def _by_forms(
    compiled: PlatformPatterns, path: str, whole: str, host: str
) -> ProfileAddress | None:
    """Return the profile that an address names by the first form that it has.

    `whole` is its host and path, or for an app its scheme and path.
    """
    for form in compiled.forms:
        if host in compiled.apart and not form.bound:
            continue
        match = form.pattern.match(whole if form.bound else path)
        if match is not None:
            return _profile(compiled, match, path, host)
    return None


def _paths(compiled: PlatformPatterns, url: str, host: str) -> list[str]:
    """Return what the patterns are matched on, the most telling first.

    That is the path, before it the path with the parameters that the rule keeps (`?id=…`), and
    before that what the host names: `/?tenant=acme` for acme.substack.com, `/?page=acme` for
    page.line.me/acme. A fragment `#!/acme` is a path, as Twitter once wrote its addresses, and so
    is `#/acme` where no other path is.
    """
    parts = split(url)
    path = unquote(parts.path).rstrip(_TRAILING) or "/"
    if parts.fragment.startswith("!"):
        path = f"/#!/{parts.fragment[1:].strip('/')}"
    # What a page shows by its script alone: matrix.to/#/#acme:matrix.org?via=matrix.org.
    if path == "/" and parts.fragment.startswith("/"):
        path = f"/#/{unquote(parts.fragment.partition('?')[0]).strip('/')}"
    path = re.sub(r"//+", "/", path)
    query = parse_qsl(parts.query)
    kept = [f"{key}={value}" for key, value in query if key in compiled.rule.keep_query]
    paths = [f"{path}?{'&'.join(kept)}"] if kept else []
    paths.append(path)
    base = next((known for known in compiled.rule.hosts if host.endswith("." + known)), "")
    if base and path in _TENANT_PATHS:
        paths.insert(0, f"/?tenant={host.removesuffix('.' + base)}")
    if host.startswith("page.") and path != "/":
        paths.insert(0, f"/?page={path.strip('/')}")
    return paths


def _profile(
    compiled: PlatformPatterns, match: re.Match[str], path: str, host: str
) -> ProfileAddress | None:
    """Return the profile of a match; None where the handle is a word that nobody can have."""
    groups = {name: text for name, text in match.groupdict().items() if text is not None}
    handle = groups["id"].strip()
    plain = handle.casefold().lstrip("@")
    # U+FFFD stands for escaped bytes that are no UTF-8: no platform has such a handle.
    if _NEVER_IN_NAMES.intersection(plain):
        return None
    if (
        not plain
        or "\ufffd" in plain
        or plain in compiled.reserved
        or _PLACEHOLDERS.fullmatch(plain)
    ):
        return None
    if plain in COMMON and not path.startswith("/@"):
        return None
    url = _canonical(compiled.canonical, groups, host)
    exact = compiled.exact is not None and compiled.exact.search(url) is not None
    key = f"{compiled.rule.name} {groups['key']}" if "key" in groups else url
    return ProfileAddress(
        platform=compiled.rule.name,
        url=url,
        handle=handle,
        key=key if exact else key.casefold(),
        person=compiled.person is not None and compiled.person.search(path) is not None,
        opaque=exact or handle.isdecimal(),
        title=groups.get("title", ""),
    )


def _canonical(templates: tuple[str, ...], groups: Mapping[str, str], host: str) -> str:
    """Fill in the first template for which the match has every part."""
    for template in templates:
        try:
            return template.format(host=host, **groups)
        except KeyError:
            continue
    return templates[-1].format(**{"host": host, "path": groups["id"], **groups})

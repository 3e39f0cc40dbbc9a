"""Read the proxies of the environment; one that cannot be used is refused before any fetch.

A proxy's address may hold a password; it is never part of a message.
"""

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import ada_url
import httpx

from audit.model.errors import AuditError
from scrapers.fetch.guard import canonical, literal

SCHEMES = ("http", "https")
RIGHT = (
    "write it like http://proxy.example:8080, or http://user:password@proxy.example:8080 with "
    "special characters of the password as %XX"
)
_USUAL_PORTS = {"http": 80, "https": 443}
_BLANKS = re.compile(r"[\s,]+")
_ENTRY = re.compile(r"(?:\[(?P<six>[^\]]*)\]|(?P<name>[^:]*))(?::(?P<port>\d{1,5}))?")


@dataclass(frozen=True, slots=True)
class Proxies:
    """The proxy for each scheme, and the hosts that are asked without one."""

    by_scheme: Mapping[str, httpx.Proxy]
    spared: tuple[str, ...]

    def of(self, scheme: str, host: str, port: int | None) -> httpx.Proxy | None:
        """Return the proxy that an address is asked through, or None where it is asked directly."""
        proxy = self.by_scheme.get(scheme)
        if proxy is None:
            return None
        name, number = canonical(host), port or _USUAL_PORTS[scheme]
        return None if any(_spares(entry, name, number) for entry in self.spared) else proxy


@dataclass(frozen=True, slots=True)
class ProxyVariable:
    """A variable that names a proxy.

    `place` is its scheme, host and port, without user and password; `problem` says what is wrong
    with its value, and is "" where nothing is.
    """

    variable: str
    place: str
    problem: str


def setting(environment: Mapping[str, str], name: str) -> tuple[str, str]:
    """Return the variable that is set, of upper and lower case, with its value; else "" twice.

    An empty variable is not set.
    """
    for variable in (name.upper(), name.lower()):
        if value := environment.get(variable):
            return variable, value
    return "", ""


def described(environment: Mapping[str, str]) -> list[ProxyVariable]:
    """Return the variables that name the proxies of a run, each once."""
    used = (_used(environment, scheme) for scheme in SCHEMES)
    return [_described(*each) for each in dict.fromkeys(used) if each[0]]


def read_proxies(environment: Mapping[str, str]) -> Proxies:
    """Return the proxies of the environment.

    Raises:
        AuditError: a variable cannot be used; the message names it and never its value.
    """
    for proxy in described(environment):
        if proxy.problem:
            raise AuditError(
                f"{proxy.variable}: {proxy.problem}; {RIGHT}, or unset it (its value is not shown "
                "here because it may hold a password)"
            )
    used = {scheme: _used(environment, scheme)[1] for scheme in SCHEMES}
    spared = _BLANKS.split(setting(environment, "no_proxy")[1].lower())
    return Proxies(
        {scheme: httpx.Proxy(value) for scheme, value in used.items() if value},
        tuple(entry for entry in spared if entry),
    )


def _used(environment: Mapping[str, str], scheme: str) -> tuple[str, str]:
    """Return the variable that holds for a scheme, and its value: its own before ALL_PROXY."""
    own = setting(environment, f"{scheme}_proxy")
    return own if own[0] else setting(environment, "all_proxy")


def _described(variable: str, value: str) -> ProxyVariable:
    """Describe a variable by what may be shown of its value."""
    problem = _problem(value)
    if problem:
        return ProxyVariable(variable, "", problem)
    url = ada_url.URL(value)
    return ProxyVariable(variable, f"{url.protocol}//{url.host}", "")


def _problem(value: str) -> str:
    """Say what keeps a value from being a proxy's address, in words that repeat nothing of it."""
    scheme = re.match(r"[a-z][a-z0-9+.-]*(?=://)", value, re.I)
    if not value.isprintable() or " " in value:
        return "a proxy's address holds no spaces or control characters"
    if scheme is None:
        return "http:// or https:// is missing in front of the proxy's address"
    if scheme[0].lower() not in SCHEMES:
        kind = "SOCKS proxies" if scheme[0].lower().startswith("socks") else "proxies of that kind"
        return f"{kind} cannot be used, only http:// and https:// ones"
    return "" if _is_place(value) else "this is no valid address of a proxy"


def _is_place(value: str) -> bool:
    """Tell whether an address is a host, perhaps with user, password and port, and no more."""
    try:
        # three readers: a value counts that the standard, urllib and httpx understand alike
        port, url, host = urlsplit(value).port, ada_url.URL(value), httpx.Proxy(value).url.host
    except (ValueError, httpx.InvalidURL):
        return False
    bare = (url.pathname, url.search, url.hash) == ("/", "", "")
    return bare and port != 0 and canonical(host) == canonical(str(url.hostname)) != ""


def _spares(entry: str, host: str, port: int) -> bool:
    """Tell whether an entry of NO_PROXY covers a host; one that nobody can read covers none.

    An entry is `*`, a name (which covers the names below it too), an address or a network such as
    `10.0.0.0/8`, each perhaps with a port: `.acme.example:8080`, `[::1]:8080`.
    """
    if entry == "*":
        return True
    address = literal(host)
    # An IPv6 address without brackets: none of its colons stands before a port.
    bare = entry.count(":") > 1 and not entry.startswith("[")
    if "/" in entry or bare:
        return address is not None and _covers(entry, address)
    match = _ENTRY.fullmatch(entry)
    if match is None or (match["port"] and int(match["port"]) != port):
        return False
    name = (match["six"] or match["name"] or "").removeprefix("*").strip(".")
    if address is not None:
        return _covers(name, address)
    return bool(name) and (host == name or host.endswith("." + name))


def _covers(network: str, address: str) -> bool:
    """Tell whether an address lies in a network; one address is a network of one."""
    try:
        return ipaddress.ip_address(address) in ipaddress.ip_network(network, strict=False)
    except ValueError:
        return False

"""Judge addresses: where a request may connect to, decided on the resolved address."""

import ipaddress

import ada_url

from scrapers.parse.urls import is_internal

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_METADATA = tuple(
    ipaddress.ip_network(each)
    for each in (
        "100.100.100.200/32",  # Alibaba
        "168.63.129.16/32",  # Azure
        "192.0.0.192/32",  # Oracle
        "fd00:ec2::/32",  # Amazon
        "fd20:ce::/32",  # Google
        "fd00:42::42/128",  # Scaleway
        "fd00:a9fe:a9fe::/48",  # Linode
    )
)
"""Where clouds tell a machine its secrets, beyond the link-local addresses; never open."""

_METADATA_NAMES = frozenset(
    {
        "metadata.google.internal",
        "metadata.goog",
        "metadata.tencentyun.com",
        "metadata.packet.net",
        "metadata.platformequinix.com",
        "api.metadata.cloud.ibm.com",
        "instance-data.ec2.internal",
    }
)

_LOOPBACK = (ipaddress.ip_network("127.0.0.0/8"), ipaddress.ip_network("::1/128"))
_PRIVATE = tuple(
    ipaddress.ip_network(each)
    for each in (
        "10.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        # Of providers and their customers (RFC 6598); Python calls it neither private nor global.
        "100.64.0.0/10",
        # Kept for measuring networks (RFC 2544).
        "198.18.0.0/15",
        "fc00::/7",
    )
)
_V4_SPECIAL = tuple(
    ipaddress.ip_network(each)
    for each in (
        "0.0.0.0/8",
        "169.254.0.0/16",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "198.51.100.0/24",
        "203.0.113.0/24",
        # Relays of 6to4, given up by RFC 7526; Python still calls these addresses global.
        "192.88.99.0/24",
        # Multicast, and all that is reserved above it; Python calls 224.0.0.1 global.
        "224.0.0.0/3",
    )
)
_V6_PUBLIC = ipaddress.ip_network("2000::/3")
# Within what is given out: the IETF's own protocols, and addresses for examples in texts.
_V6_SPECIAL = tuple(
    ipaddress.ip_network(each) for each in ("2001::/23", "2001:db8::/32", "3fff::/20")
)
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_LOCAL_NAT64 = ipaddress.ip_network("64:ff9b:1::/48")
# The third quarter of such an address, for private and for public IPv4 addresses inside.
_ISATAP = frozenset({0x00005EFE, 0x02005EFE})


def refused(address: str, *, allow_private: bool) -> bool:
    """Tell whether an address may not be connected to.

    Loopback and private ranges are open with `allow_private`; link-local, metadata, multicast
    and reserved addresses never are. An address that carries an IPv4 address (mapped, NAT64, 6to4,
    Teredo, ISATAP) is judged by that one.
    """
    try:
        # Behind `%` stands the interface that leads there (`fe80::1%eth0`), no part of the address.
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return True
    return any(_refused(each, allow_private=allow_private) for each in _judged(parsed))


def literal(host: str) -> str | None:
    """Return the address that a URL's host is written as, or None for a name."""
    bare = host.strip("[]").partition("%")[0]
    try:
        return str(ipaddress.ip_address(bare))
    except ValueError:
        return None


def canonical(host: str) -> str:
    """Return a host as browsers understand it: `0x7f.1` is 127.0.0.1; no brackets, no last dot."""
    written = f"[{host}]" if ":" in host and not host.startswith("[") else host
    try:
        name = str(ada_url.URL(f"http://{written}/").hostname)
    except ValueError:
        name = host.lower()
    return name.strip("[]").rstrip(".")


def host_of(url: str) -> str:
    """Return the host of an address in its canonical form; "" for what is no address."""
    try:
        return canonical(str(ada_url.URL(url).hostname))
    except ValueError:
        return ""


def is_local(host: str) -> bool:
    """Tell whether a name means something in one network only: localhost, intranet, x.internal."""
    return literal(host) is None and is_internal(f"http://{host}/")


def is_metadata(host: str) -> bool:
    """Tell whether a name is that of a cloud's metadata service."""
    return host in _METADATA_NAMES


def _judged(address: Address) -> tuple[Address, ...]:
    """Return the addresses that decide: the IPv4 address inside where there is one, else itself.

    Each of these forms is delivered to the IPv4 address by some router or system on the way. Of
    ISATAP (RFC 5214) both are judged: its prefix may be anybody's.
    """
    if isinstance(address, ipaddress.IPv4Address):
        return (address,)
    inside = address.ipv4_mapped or address.sixtofour
    if inside is not None or address.teredo is not None:
        # Teredo carries two, the server that is asked and the client behind it: both are judged.
        return (inside,) if inside is not None else address.teredo or ()
    if address in _NAT64:
        return (_v4(int(address)),)
    if address in _LOCAL_NAT64:
        return _translated(int(address))
    if (int(address) >> 32) & 0xFFFFFFFF in _ISATAP:
        return (address, _v4(int(address)))
    return (address,)


def _translated(number: int) -> tuple[Address, ...]:
    """Return the IPv4 addresses that one of a local translator may stand for (RFC 6052, 2.2).

    Where its prefix ends is not known; a reading in 0.0.0.0/8 is none.
    """
    high, low = number >> 64, number & (2**64 - 1)
    readings = (
        (high & 0xFFFF) << 16 | (low >> 40) & 0xFFFF,
        (high & 0xFF) << 24 | (low >> 32) & 0xFFFFFF,
        (low >> 24) & 0xFFFFFFFF,
        low & 0xFFFFFFFF,
    )
    return tuple(_v4(each) for each in readings if each >> 24) or (_v4(low),)


def _v4(number: int) -> ipaddress.IPv4Address:
    """Return the IPv4 address in the lowest 32 bits of a number."""
    return ipaddress.IPv4Address(number & 0xFFFFFFFF)


def _refused(address: Address, *, allow_private: bool) -> bool:
    """Tell whether one address, taken for itself, may not be connected to.

    For IPv4 the list of what is special is ours and Python's (`is_global`) together; of IPv6 only
    2000::/3 is given out at all.
    """
    # First: some of these lie in private ranges, which --allow-private-hosts would open.
    if _within(address, _METADATA):
        return True
    if _within(address, _LOOPBACK) or _within(address, _PRIVATE):
        return not allow_private
    if isinstance(address, ipaddress.IPv4Address):
        return _within(address, _V4_SPECIAL) or not address.is_global
    return address not in _V6_PUBLIC or _within(address, _V6_SPECIAL)


def _within(
    address: Address, networks: tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]
) -> bool:
    """Tell whether an address lies in one of several networks."""
    return any(address in network for network in networks)

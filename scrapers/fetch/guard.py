"""Judge addresses: where a request may connect to, decided on the resolved address."""

import ipaddress

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_METADATA = frozenset(
    {ipaddress.ip_address("fd00:ec2::254"), ipaddress.ip_address("100.100.100.200")}
)
_SHARED = ipaddress.ip_network("100.64.0.0/10")
_BENCHMARK = ipaddress.ip_network("198.18.0.0/15")
_NAT64 = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))
_ORCHID = ipaddress.ip_network("2001::/23")
_V4_SPECIAL = tuple(
    ipaddress.ip_network(each)
    for each in (
        "0.0.0.0/8",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "192.88.99.0/24",
        "240.0.0.0/4",
    )
)


def refused(address: str, *, allow_private: bool) -> bool:
    """Tell whether an address may not be connected to.

    Loopback and private ranges are open with `allow_private`; link-local, metadata, multicast
    and reserved addresses never are. Addresses that carry an IPv4 address (mapped, NAT64, 6to4,
    Teredo) are judged by that one as well.
    """
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return True
    return any(_refused(each, allow_private=allow_private) for each in _carried(parsed))


def literal(host: str) -> str | None:
    """The address that a URL's host is written as, or None for a name."""
    bare = host.strip("[]").partition("%")[0]
    try:
        return str(ipaddress.ip_address(bare))
    except ValueError:
        return None


def _carried(address: Address) -> tuple[Address, ...]:
    """The address, and the IPv4 address inside it where there is one."""
    if isinstance(address, ipaddress.IPv4Address):
        return (address,)
    if address.ipv4_mapped is not None:
        return (address.ipv4_mapped,)
    if address.sixtofour is not None:
        return (address.sixtofour,)
    if address.teredo is not None:
        return address.teredo
    if any(address in network for network in _NAT64):
        return (ipaddress.IPv4Address(int(address) & 0xFFFFFFFF),)
    return (address,)


def _refused(address: Address, *, allow_private: bool) -> bool:
    if address.is_loopback:
        return not allow_private
    if address in _METADATA or address.is_link_local or address.is_multicast:
        return True
    if address.is_unspecified:
        return True
    if isinstance(address, ipaddress.IPv4Address):
        return _refused_v4(address, allow_private=allow_private)
    if address.is_private and not address.is_reserved and address not in _ORCHID:
        return not allow_private
    return not address.is_global


def _refused_v4(address: ipaddress.IPv4Address, *, allow_private: bool) -> bool:
    if any(address in network for network in _V4_SPECIAL):
        return True
    if address in _SHARED or address in _BENCHMARK or address.is_private:
        return not allow_private
    return not address.is_global

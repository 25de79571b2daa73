"""Which machines a link may reach: public ones, on the two ports of the web. Checked on the address, not the name."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], list[Address]]
MayReach = Callable[[Address, int], bool]

WEB_PORTS = (80, 443)

_TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")
_LOCAL_TRANSLATED = ipaddress.IPv6Network("64:ff9b:1::/48")
_COMPATIBLE = ipaddress.IPv6Network("::/96")
_OTHERS = tuple(
    ipaddress.ip_network(network)
    for network in ("100.64.0.0/10", "192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15", "fec0::/10", "2001::/23")
)


def public_web(address: Address, port: int) -> bool:
    """The policy in force: public addresses, ports 80 and 443."""
    return port in WEB_PORTS and is_public(address)


def is_public(address: Address) -> bool:
    if isinstance(address, ipaddress.IPv6Address):
        hidden = _inside(address)
        if hidden is not None:
            return is_public(hidden)
        if address.scope_id or address in _LOCAL_TRANSLATED or address in _COMPATIBLE:
            return False
    if any(address.version == network.version and address in network for network in _OTHERS):
        return False
    special = address.is_multicast or address.is_reserved or address.is_unspecified or address.is_loopback
    return address.is_global and not special and not address.is_link_local and not address.is_private


def _inside(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address that an IPv6 one stands for, where a gateway would go on to it."""
    if address.ipv4_mapped:
        return address.ipv4_mapped
    if address.sixtofour:
        return address.sixtofour
    if address in _TRANSLATED:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return None


def resolve(host: str, port: int) -> list[Address]:
    """Every address of a host, as the system finds them. Odd spellings (127.1, 0x7f000001) show what they are."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]
    return list(dict.fromkeys(addresses))

"""Which addresses may be reached.

A name is resolved once, every address that it stands for must be public, and the connection goes to one of
those addresses and no other; so a name that answers differently a moment later changes nothing.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from parsers.errors import NotAllowed, Unreachable

Resolve = Callable[[str, int], Awaitable[list[str]]]

_NAT64 = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"))  # RFC 6052, RFC 8215
_GLOBAL_UNICAST = IPv6Network("2000::/3")
_6TO4_RELAYS = IPv4Address("192.88.99.0")
_ISATAP = (0x00005EFE, 0x02005EFE)  # RFC 5214: the middle of an address that ends in an IPv4 address


def is_public(address: str) -> bool:
    """True where the address is on the open internet, also when it is wrapped in another kind.

    >>> [is_public(a) for a in ("93.184.215.14", "10.0.0.1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::")]
    [True, False, False, False, False]
    """
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, IPv6Address):
        return _is_public_6(ip)
    relay = int(ip) >> 8 == int(_6TO4_RELAYS) >> 8
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or relay)


def _is_public_6(ip: IPv6Address) -> bool:
    if ip.ipv4_mapped is not None:
        return is_public(str(ip.ipv4_mapped))
    if ip in _NAT64[0]:  # with DNS64 the whole IPv4 internet looks like this, so ask the address inside
        return is_public(str(IPv4Address(int(ip) & 0xFFFFFFFF)))
    if ip not in _GLOBAL_UNICAST or ip in _NAT64[1] or ip.sixtofour is not None or ip.teredo is not None:
        return False
    if int(ip) >> 32 & 0xFFFFFFFF in _ISATAP:
        return is_public(str(IPv4Address(int(ip) & 0xFFFFFFFF)))
    return ip.is_global and not ip.is_multicast


async def resolve(host: str, port: int) -> list[str]:
    """Every address of a name, in the system's order. Decimal, octal and short forms are read as the system reads them."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class Guard:
    """Turns a host into the addresses that may be connected to."""

    def __init__(self, allow_hosts: Iterable[str] = (), resolve: Resolve = resolve) -> None:
        self._allowed = frozenset(host.lower().rstrip(".") for host in allow_hosts)
        self._resolve = resolve

    def excepts(self, host: str, port: int) -> bool:
        """True where the configuration lets this host through, at this port or at any."""
        host = host.lower().rstrip(".")
        names = (host, f"[{host}]") if ":" in host else (host,)
        return any(name in self._allowed or f"{name}:{port}" in self._allowed for name in names)

    async def addresses(self, host: str, port: int) -> list[str]:
        """The addresses of a host. Raises Unreachable where it has none, NotAllowed where one of them is not public."""
        try:
            found = await self._resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise Unreachable(host, "there is no such host") from error
        if not found:
            raise Unreachable(host, "there is no such host")
        bad = next((address for address in found if not is_public(address)), None)
        if bad is not None and not self.excepts(host, port):
            shown = f"{host}:{port}"
            raise NotAllowed(
                host, f"{bad} is not a public address; to allow it, add {shown!r} to allow_hosts (or --allow-host {shown})"
            )
        return found

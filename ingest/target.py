"""An address as a request needs it: what is connected to, what is asked for, and how the host is called. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from parsers.errors import BadAddress

from .address import public

_PORTS = {"http": 80, "https": 443}
_ESCAPED = re.compile(r"[^!-~]|[\"<>`{}]")  # what a browser does not send as it stands


@dataclass(frozen=True, slots=True)
class Target:
    """Where a request goes."""

    secure: bool
    host: str  #: in ASCII; without brackets where it is an IPv6 address
    port: int
    name: str  #: for the Host header
    path: str  #: with the query

    @property
    def origin(self) -> str:
        """Which server it is: requests with one origin may share a connection."""
        return f"{'https' if self.secure else 'http'}://{self.name}"


def target_of(url: str) -> Target:
    """Take an address apart. Raises BadAddress.

    >>> target_of("http://me:pw@Bücher.example:8080/a b?c=ü#d")
    Target(secure=False, host='xn--bcher-kva.example', port=8080, name='xn--bcher-kva.example:8080', path='/a%20b?c=%C3%BC')
    """
    try:
        parts = urlsplit(url)
        host, scheme = (parts.hostname or "").lower(), parts.scheme.lower()
        if not host.isascii() or host.startswith("xn--"):
            import idna  # here, since its tables are large and few addresses need them

            host = idna.encode(host).decode("ascii")
        port = parts.port or _PORTS[scheme]
    except (ValueError, KeyError) as error:
        raise BadAddress(public(url), f"this address cannot be read ({error})") from error
    shown = f"[{host}]" if ":" in host else host
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(
        scheme == "https", host, port, shown if port == _PORTS[scheme] else f"{shown}:{port}", _ESCAPED.sub(_percent, path)
    )


def _percent(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8", "replace"))

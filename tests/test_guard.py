"""Which addresses may be reached: every way to write "this machine" or "this network" is seen through."""

from __future__ import annotations

import asyncio
from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.config import FetchTable
from ingest.web.address import public
from ingest.web.guard import Guard, is_public
from ingest.web.visit import Visitor
from parsers.errors import BadAddress, FetchError, NotAllowed, Unreachable

from .faultserver import FaultServer

PUBLIC = ["93.184.215.14", "8.8.8.8", "172.15.0.1", "172.32.0.1", "100.63.0.1", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "64:ff9b::808:808"]
NOT_PUBLIC = [
    "127.0.0.1", "127.255.255.254", "0.0.0.0", "0.1.2.3", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254",
    "100.64.0.1", "192.0.0.1", "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "192.88.99.1", "224.0.0.1", "239.1.1.1", "240.0.0.1",
    "255.255.255.255", "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "64:ff9b::7f00:1",
    "64:ff9b::a00:1", "64:ff9b:1::7f00:1", "2002:7f00:1::", "2002:a00:1::1", "2001:0:4136:e378:8000:63bf:80ff:fffe", "fe80::1", "fe80::1%eth0",
    "fc00::1", "fd00::8", "fec0::1", "ff02::1", "100::1", "2001:db8::1", "2606:2800::200:5efe:7f00:1", "not an address", "",
]  # fmt: skip

#: How the same places are written in an address; each is asked for directly and by a redirect.
FORMS = [
    "127.0.0.1", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.0.0.1", "0x7f.1", "0177.0.0.1", "017700000001", "0177.1", "127.000.000.001",
    "0", "0.0.0.0", "localhost", "LOCALHOST", "localhost.", "[::1]", "[::]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]",
    "[::127.0.0.1]", "[64:ff9b::127.0.0.1]", "[64:ff9b::7f00:1]", "[64:ff9b:1::7f00:1]", "[2002:7f00:1::]", "[2001::1]", "[fe80::1]", "[fd00::1]",
    "[fc00::1]", "[ff02::1]", "10.0.0.1", "10.1", "167772161", "0xa.1", "012.0.0.1", "172.16.0.1", "192.168.0.1", "192.168.257", "3232235521",
    "169.254.169.254", "2852039166", "0xa9fea9fe", "100.64.0.1", "198.18.0.1", "224.0.0.1", "255.255.255.255", "me@127.0.0.1", "a.example@127.0.0.1",
    "%31%32%37.0.0.1", "①②⑦.⓪.⓪.①", "127。0。0。1",
]  # fmt: skip


@pytest.mark.parametrize("address", PUBLIC)
def test_public(address: str) -> None:
    """Ordinary addresses pass, those beside a private range and those behind NAT64 among them."""
    assert is_public(address) is True


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_not_public(address: str) -> None:
    """Everything that is not the open internet, in every wrapping."""
    assert is_public(address) is False


@given(st.integers(0, 2**32 - 1))
def test_wrapping_hides_nothing(number: int) -> None:
    """An IPv4 address is as public mapped into IPv6, or behind NAT64, as it is bare."""
    bare = IPv4Address(number)
    mapped = IPv6Address(int(IPv6Address("::ffff:0:0")) + number)
    nat64 = IPv6Address(int(IPv6Address("64:ff9b::")) + number)
    assert is_public(str(mapped)) == is_public(str(nat64)) == is_public(str(bare))


def reached(*urls: str, **settings: object) -> list[FetchError]:
    """What became of each address; an address that answers fails the test."""

    async def go() -> list[FetchError]:
        errors = []
        async with Visitor(FetchTable(**{"gap": 0, "timeout": 3, "ignore_robots": True, **settings})) as visitor:
            for url in urls:
                try:
                    await visitor.get(url)
                except FetchError as error:
                    errors.append(error)
                else:
                    raise AssertionError(f"{url} was reached")
        return errors

    return asyncio.run(go())


def test_there_are_enough_forms() -> None:
    assert len(set(FORMS)) >= 40


def test_directly() -> None:
    """No form reaches a server that listens on every address of this machine."""
    with FaultServer(host="0.0.0.0") as server:
        errors = reached(*(f"http://{form}:{server.port}/" for form in FORMS))
        assert server.hits == []
    assert len(errors) == len(FORMS)
    assert {type(error) for error in errors} <= {NotAllowed, BadAddress, Unreachable}
    assert sum(isinstance(error, NotAllowed) for error in errors) >= 40


def test_by_redirect() -> None:
    """A server that may be asked cannot send us on to one that may not."""
    with FaultServer(host="0.0.0.0") as inner, FaultServer() as outer:
        errors = reached(*(outer.url(f"/to?http://{form}:{inner.port}/") for form in FORMS if form.isascii()), allow_hosts=(outer.name,))
        assert inner.hits == []
    assert all("it redirects to" in str(error) for error in errors)


@pytest.mark.parametrize("private", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "fd00::1"])
def test_by_name(private: str) -> None:
    """A public name that stands for a private address, alone or among public ones, is refused."""
    for found in ([private], ["93.184.215.14", private]):

        async def resolve(host: str, port: int, found: list[str] = found) -> list[str]:
            return found

        with pytest.raises(NotAllowed, match="not a public address"):
            asyncio.run(Guard(resolve=resolve).addresses("blog.example", 80))


@pytest.mark.parametrize(
    ("allowed", "host", "port", "expected"),
    [
        ("127.0.0.1:8080", "127.0.0.1", 8080, True),
        ("127.0.0.1:8080", "127.0.0.1", 8081, False),
        ("127.0.0.1:8080", "localhost", 8080, False),
        ("localhost", "LOCALHOST.", 9, True),
        ("[::1]:8080", "::1", 8080, True),
        ("10.0.0.1", "10.0.0.10", 80, False),
    ],
)
def test_exceptions(allowed: str, host: str, port: int, expected: bool) -> None:
    """An exception lets through what it names and nothing beside it."""
    assert Guard((allowed,)).excepts(host, port) is expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://blog.example/a?b=c&d", "https://blog.example/a?b=c&d"),  # nothing to hide
        ("https://blog.example/%7Eann/?q=a+b", "https://blog.example/%7Eann/?q=a+b"),  # written as it was
        ("https://blog.example/?keyword=x&tokens=3", "https://blog.example/?keyword=x&tokens=3"),  # only alike
        ("https://ann:pw@blog.example/", "https://blog.example/"),
        ("https://ann@blog.example:81/", "https://blog.example:81/"),
        ("https://a:b@c:d@blog.example/", "https://blog.example/"),
        ("https://blog.example/feed?token=x", "https://blog.example/feed"),
        ("https://blog.example/feed?p=1&Access_Token=x&q=2", "https://blog.example/feed?p=1&q=2"),
        ("https://blog.example/?X-Amz-Signature=x&X-Amz-Date=1", "https://blog.example/?X-Amz-Date=1"),
        ("https://blog.example/?%74oken=x", "https://blog.example/"),
        ("https://blog.example/a;jsessionid=F00?b=c", "https://blog.example/a?b=c"),
        ("https://blog.example/a#comment-3", "https://blog.example/a"),
        ("https://ann:pw@[bad/?token=x", "https://[bad/"),
    ],
)  # fmt: skip
def test_what_may_be_written_down(url: str, expected: str) -> None:
    """Names, passwords, tokens and sessions are taken off, and all else stays as it was."""
    assert public(url) == expected


@given(st.text(max_size=60))
def test_public_never_fails(text: str) -> None:
    """Any text can be made fit for a log, and doing it twice changes nothing."""
    once = public(text)
    assert public(once) == once

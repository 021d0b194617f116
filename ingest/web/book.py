"""The book of hosts that lies in the archive, so that a daemon, a cron job and a person at the keyboard are polite together."""

from __future__ import annotations

from collections.abc import Callable

from archive.hosts import Hosts, Times

from .politeness import HostState


class ArchiveBook:
    """A `turns.Book` that every process of this archive shares."""

    def __init__(self, hosts: Hosts) -> None:
        self._hosts = hosts

    def begin(self, host: str) -> bool:
        """Take a host for one request, before every other process; False where one has it."""
        return self._hosts.begin(host)

    def end(self, host: str) -> None:
        """The request has ended."""
        self._hosts.end(host)

    def look(self, host: str) -> HostState:
        """What is known of a host."""
        return HostState(*self._hosts.get(host))

    def change(self, host: str, how: Callable[[HostState], HostState], *, now: bool = True) -> None:
        """Replace what is known of a host, with the next turn at the latest; nobody else changes it in between."""

        def changed(times: Times) -> Times:
            state = how(HostState(*times))
            return state.last, state.last_page, state.not_before

        self._hosts.change(host, changed, now=now)

"""The bytes of one connection. Unlike asyncio's own stream it can tell whether something came that nobody asked for."""

from __future__ import annotations

import asyncio
import ssl
from typing import cast

_MOST = 256 * 1024  #: bytes that may lie here unread; then the server has to wait


class Stream(asyncio.Protocol):
    """One connection's two ends. What is written is a request's head, so that no write ever has to wait."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._unread = bytearray()
        self._ended = False
        self._error: Exception | None = None
        self._waiting: asyncio.Future[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        self._unread += data
        if len(self._unread) > _MOST and self._transport is not None:
            self._transport.pause_reading()
        self._wake()

    def eof_received(self) -> None:
        self._ended = True
        self._wake()

    def connection_lost(self, exc: Exception | None) -> None:
        self._ended, self._error = True, exc
        self._wake()

    @property
    def is_silent(self) -> bool:
        """True where nothing has come that was not read, not even the end."""
        return not (self._unread or self._ended)

    async def read(self) -> bytes:
        """What has come, or will come next; empty at the end. Raises OSError where the connection broke."""
        if self.is_silent:
            self._waiting = asyncio.get_running_loop().create_future()
            try:
                await self._waiting
            finally:
                self._waiting = None
        if self._error is not None and not self._unread:
            raise self._error
        data, self._unread = bytes(self._unread), bytearray()
        if self._transport is not None and not self._ended:
            self._transport.resume_reading()
        return data

    def write(self, data: bytes) -> None:
        """Send. Raises OSError where the connection is gone."""
        if self._transport is None or self._transport.is_closing():
            raise self._error or ConnectionResetError("the connection is gone")
        self._transport.write(data)

    async def secure(self, trust: ssl.SSLContext, host: str) -> None:
        """Speak TLS from now on."""
        assert self._transport is not None
        self._transport = await asyncio.get_running_loop().start_tls(self._transport, self, trust, server_hostname=host)

    def close(self) -> None:
        """Hang up."""
        if self._transport is not None:
            self._transport.close()

    def _wake(self) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(None)

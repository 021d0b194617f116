"""Visit one page the polite way: robots.txt, the host's turn, redirects by hand, and only a page counts as one.

Every hop of a redirect is a visit of its own: it is guarded, it asks its own robots.txt and takes its own host's turn.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from parsers.errors import BadStatus, FetchError, NotThePage, TooLarge
from parsers.model import Capture

from ..config import FetchTable
from .address import checked, onward, public
from .guard import Guard
from .politeness import retry_after
from .robots import LIMIT as ROBOTS_LIMIT
from .robots import Robots
from .turns import Book, Clock, Turns, utc_now
from .walls import wall

if TYPE_CHECKING:
    from .fetch import Answer

REDIRECTS = (301, 302, 303, 307, 308)
FOR_GOOD = (301, 308)
ROBOTS_HOPS = 5  # RFC 9309, 2.3.1.2
PAUSE = 10.0  # seconds to leave a host alone after a 429 or 503 without Retry-After

#: What no parser here reads; the body is not even asked for.
_OTHER_KINDS = (
    "image/",
    "video/",
    "audio/",
    "font/",
    "application/pdf",
    "application/zip",
    "application/octet-stream",
    "application/msword",
)


@dataclass(frozen=True, slots=True)
class Known:
    """What the latest capture of a page lets us ask: "has it changed since?"."""

    etag: str = ""
    last_modified: str = ""

    def headers(self) -> list[tuple[str, str]]:
        """The headers of a conditional request (RFC 9110, 13.1)."""
        asked = (("If-None-Match", self.etag), ("If-Modified-Since", self.last_modified))
        return [(name, value) for name, value in asked if value and value.isascii() and value.isprintable()]


class Visitor:
    """Fetches pages. One for a run; `async with` it."""

    def __init__(
        self, settings: FetchTable, *, book: Book | None = None, guard: Guard | None = None, now: Clock = utc_now
    ) -> None:
        from .fetch import Client  # here, since what only reads files is not to wait for httpx

        self._settings, self._now = settings, now
        self._client = Client(settings, guard)
        self._turns = Turns(settings.gap, settings.max_wait, book, now)
        self._robots = Robots(self._robots_txt, settings.agent, now)
        self._moved: dict[str, str] = {}

    async def __aenter__(self) -> Self:
        await self._client.__aenter__()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._client.__aexit__()

    async def get(self, url: str, known: Known | None = None, role: str = "page") -> Capture:
        """Fetch `url` and follow where it leads. What has not changed since `known` comes back as status 304, without body.

        Raises FetchError; where a hop is at fault, the sentence says where it led.
        """
        asked = public(url)
        self._moved.pop(asked, None)
        for_good = True
        try:
            at = checked(url)
            seen = {at}
            for _ in range(self._settings.max_redirects + 1):
                answer = await self._hop(at, known)
                if answer.status not in REDIRECTS:
                    capture = self._capture(asked, answer, role)
                    if for_good and len(seen) > 1:
                        self._moved[asked] = public(at)
                    return capture
                for_good = for_good and answer.status in FOR_GOOD
                at = self._next(asked, at, answer, seen)
        except FetchError as error:
            if error.url == asked:
                raise
            raise error.of(asked, f"it redirects to {error.url}, and {error.why}") from error
        raise TooLarge(asked, f"it redirects more than {self._settings.max_redirects} times")

    def moved_to(self, url: str) -> str:
        """Where permanent redirects alone led from `url` when it was last fetched, or ``""``."""
        return self._moved.get(public(url), "")

    async def _hop(self, url: str, known: Known | None) -> Answer:
        delay = 0.0 if self._settings.ignore_robots else await self._robots.check(url)
        answer, seconds = await self._ask(url, delay, known)
        if answer.header("retry-after") and seconds is not None and seconds <= self._settings.max_wait:
            answer, _ = await self._ask(url, delay, known)  # its turn now lies where Retry-After put it
        return answer

    async def _ask(self, url: str, delay: float, known: Known | None) -> tuple[Answer, float | None]:
        async with self._turns.turn(url, delay):
            answer = await self._client.get(url, known.headers() if known else ())
            return answer, self._heed(url, answer)

    def _heed(self, url: str, answer: Answer) -> float | None:
        """Leave the host alone for as long as it asks; the seconds, None where it asks for nothing."""
        if answer.status not in (429, 503):
            return None
        asked = retry_after(answer.header("retry-after"), self._now())
        seconds = PAUSE if asked is None else asked
        self._turns.hold(url, seconds)
        return seconds

    def _next(self, asked: str, at: str, answer: Answer, seen: set[str]) -> str:
        target = onward(at, answer.header("location"))
        if not answer.header("location") or not target:
            raise BadStatus(asked, answer.status)
        target = checked(target)
        if target in seen:
            raise TooLarge(asked, "it redirects in a circle")
        seen.add(target)
        return target

    def _capture(self, asked: str, answer: Answer, role: str) -> Capture:
        final = public(answer.url)
        if answer.status not in (200, 203, 304):
            raise BadStatus(final, answer.status, retry_after(answer.header("retry-after"), self._now()))
        kind = answer.header("content-type").partition(";")[0].strip().lower()
        if role == "page" and kind.startswith(_OTHER_KINDS):
            raise NotThePage(final, f"it is {kind}, not a page")
        capture = Capture(
            url=asked,
            body=answer.body,
            fetched_at=self._now(),
            final_url="" if final == asked else final,
            status=answer.status,
            headers=answer.headers,
            role=role,
        )
        if answer.status != 304:
            self._must_be_page(capture)
        return capture

    def _must_be_page(self, capture: Capture) -> None:
        if not capture.body.strip(b"\x00 \t\r\n"):
            raise NotThePage(capture.url, "the server says 200 and sends an empty page")
        if capture.role == "page" and (reason := wall(capture)):
            raise NotThePage(capture.url, reason)

    async def _robots_txt(self, url: str) -> tuple[int, bytes]:
        """A robots.txt's status and body, after at most five redirects."""
        for _ in range(ROBOTS_HOPS + 1):
            async with self._turns.turn(url, page=False):
                answer = await self._client.get(url, limit=ROBOTS_LIMIT, cut=True)
                self._heed(url, answer)
            target = onward(url, answer.header("location")) if answer.status in REDIRECTS else ""
            if not target:
                return answer.status, answer.body
            url = checked(target)
        raise TooLarge(public(url), f"robots.txt redirects more than {ROBOTS_HOPS} times")

"""What can go wrong, as a tree. Each error carries facts and speaks one sentence. Pure.

PipelineError
├── ConfigError(path, key)
├── FetchError(url)       BadAddress · NotAllowed · Forbidden · AskedToWait · Unreachable · BadStatus
│                         BadAnswer · NotThePage · TooLarge · TooSlow · Truncated
├── ParseError(url)       NotText · TooComplex · NotAFeed · LayoutChanged · ParserCrashed
├── AnotherRun(who)
└── ArchiveError          ArchiveBusy · ArchiveTooNew · NotAnArchive · Damaged
"""

from __future__ import annotations


class PipelineError(Exception):
    """The root. `later` says whether trying again may help."""

    later = False

    def __reduce__(self) -> tuple[object, ...]:
        # The default calls the class with the sentence alone, and an error from a worker must survive the way home.
        return _again, (type(self), self.args), self.__dict__


def _again(kind: type[PipelineError], args: tuple[object, ...]) -> PipelineError:
    error = kind.__new__(kind)
    error.args = args
    return error


class ConfigError(PipelineError):
    """A config file that cannot be used. `key` is the dotted key, or ``""`` where the whole file is meant."""

    def __init__(self, path: str, key: str, why: str) -> None:
        super().__init__(f"{path}: {key + ': ' if key else ''}{why}")
        self.path, self.key = path, key


class FetchError(PipelineError):
    """A page that could not be had."""

    def __init__(self, url: str, why: str) -> None:
        super().__init__(f"{url}: {why}")
        self.url, self.why = url, why

    def of(self, url: str, why: str) -> FetchError:
        """The same trouble, told of another address."""
        copy = type(self).__new__(type(self))
        copy.__dict__.update(self.__dict__)
        FetchError.__init__(copy, url, why)
        return copy


class BadAddress(FetchError):
    """Not an address that anything could be fetched from."""


class NotAllowed(FetchError):
    """An address that is not public, or a scheme that is not HTTP."""


class Forbidden(FetchError):
    """robots.txt asks us to stay away, or could not be read and so must be taken to."""

    def __init__(self, url: str, why: str, later: bool = False) -> None:
        super().__init__(url, why)
        self.later = later


class AskedToWait(FetchError):
    """The host's turn comes later than this run will wait."""

    later = True

    def __init__(self, url: str, seconds: float) -> None:
        super().__init__(url, f"the host is to be left alone for another {seconds:.0f} s; try again then")
        self.seconds = seconds


class Unreachable(FetchError):
    """No answer: refused, reset, timed out, unknown host, TLS failure."""

    later = True


_STATUS = {
    401: "the page wants a login (401)",
    403: "the server does not let us see it (403)",
    404: "there is no such page (404)",
    410: "the page is gone for good (410)",
    429: "the server says that we ask too often (429)",
    503: "the server is not available now (503)",
}


class BadStatus(FetchError):
    """An answer that is not a page: 404, 500, ..."""

    def __init__(self, url: str, status: int, retry_after: float | None = None) -> None:
        why = _STATUS.get(status, f"the server answered {status}")
        super().__init__(url, why if retry_after is None else f"{why} and asks to wait {retry_after:.0f} s")
        self.status, self.retry_after = status, retry_after
        self.later = status in (408, 425, 429) or status >= 500

    @property
    def gone(self) -> bool:
        """True where the server says that there is no such page, now (404) or any more (410)."""
        return self.status in (404, 410)


class BadAnswer(FetchError):
    """An answer that breaks HTTP, or comes in a form that was not asked for."""

    later = True


class NotThePage(FetchError):
    """The server says 200, and what it sent is not the page: empty, a captcha, a login, an error page."""

    later = True


class TooLarge(FetchError):
    """More bytes, headers or redirects than we take."""


class TooSlow(FetchError):
    """The whole answer did not come in the time that we give it."""

    later = True


class Truncated(FetchError):
    """The body ended before it was whole."""

    later = True


class ParseError(PipelineError):
    """A body that cannot be read."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(f"{url}: {reason}")
        self.url, self.reason = url, reason


class NotText(ParseError):
    """Empty or binary: there is no page in it."""


class TooComplex(ParseError):
    """More tags, nesting or attributes than a page has."""


class NotAFeed(ParseError):
    """A listing that lists nothing: a page where a feed was expected, or a broken one."""


class LayoutChanged(ParseError):
    """A selector that must match found nothing: the site has moved its furniture."""


class ParserCrashed(ParseError):
    """The parser itself failed, or took too long and was stopped."""


class AnotherRun(PipelineError):
    """Another run on the same archive is under way. `who` says which."""

    later = True

    def __init__(self, who: str) -> None:
        super().__init__(f"another run is under way ({who}); wait for it to end")
        self.who = who


class ArchiveError(PipelineError):
    """The archive cannot be used."""


class ArchiveBusy(ArchiveError):
    """Another process holds the write lock."""

    later = True


class ArchiveTooNew(ArchiveError):
    """Made by a later version of this program."""

    def __init__(self, path: str, found: int, known: int) -> None:
        super().__init__(f"{path} has schema {found}, and this program knows up to {known}: upgrade the program")
        self.found, self.known = found, known


class NotAnArchive(ArchiveError):
    """A file that is not one of our archives."""


class Damaged(ArchiveError):
    """What is stored does not agree with itself."""

    def __init__(self, what: str, where: str) -> None:
        super().__init__(f"{where}: {what}")
        self.what, self.where = what, where

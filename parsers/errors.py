"""What can go wrong, as a tree. Each error carries facts and speaks one sentence. Pure.

PipelineError
├── ConfigError(path, key)
├── FetchError(url)       Forbidden · Unreachable · BadStatus · TooLarge · NotAllowed · Truncated
├── ParseError(url)       NotText · TooComplex · LayoutChanged · ParserCrashed
└── ArchiveError          ArchiveBusy · ArchiveTooNew · NotAnArchive · Damaged
"""

from __future__ import annotations


class PipelineError(Exception):
    """The root. `later` says whether trying again may help."""

    later = False


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


class Forbidden(FetchError):
    """robots.txt asks us to stay away."""


class Unreachable(FetchError):
    """No answer: refused, reset, timed out, unknown host, TLS failure."""

    later = True


class BadStatus(FetchError):
    """An answer that is not a page: 404, 500, ..."""

    def __init__(self, url: str, status: int, retry_after: float | None = None) -> None:
        super().__init__(url, f"the server answered {status}")
        self.status, self.retry_after = status, retry_after
        self.later = status in (408, 425, 429) or status >= 500


class TooLarge(FetchError):
    """More bytes, headers, redirects or seconds than we take."""


class NotAllowed(FetchError):
    """An address that is not public, or a scheme that is not HTTP."""


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


class LayoutChanged(ParseError):
    """A selector that must match found nothing: the site has moved its furniture."""


class ParserCrashed(ParseError):
    """The parser itself failed, or took too long and was stopped."""


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

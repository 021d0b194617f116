"""Times as the archive writes them: ISO 8601, UTC, to the second, so that text sorts as time does. Pure."""

from __future__ import annotations

from datetime import UTC, datetime


def stamp(at: datetime) -> str:
    """A time as it is stored; one without a zone is taken to be UTC.

    >>> stamp(datetime.fromisoformat("2019-02-26T10:00:00.7+01:00"))
    '2019-02-26T09:00:00Z'
    """
    aware = at if at.tzinfo else at.replace(tzinfo=UTC)
    return aware.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def moment(text: str) -> datetime:
    """What `stamp` wrote.

    >>> stamp(moment("2019-02-26T09:00:00Z"))
    '2019-02-26T09:00:00Z'
    """
    return datetime.fromisoformat(text)


def moment_or_none(text: object) -> datetime | None:
    """The same of a column that may be NULL or empty."""
    return moment(text) if isinstance(text, str) and text else None


def spoken(text: str) -> str:
    """For people: "2019-02-26 09:00"; "no date" where there is none."""
    return f"{text[:10]} {text[11:16]}" if text else "no date"

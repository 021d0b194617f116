"""When each host was last asked, by whichever process, so that all of them together stay polite.

Times are kept to the millisecond, since a gap may be a fraction of a second.
"""

from __future__ import annotations

from datetime import UTC, datetime

from .opening import File
from .rows import clean

Times = tuple[datetime | None, datetime | None, datetime | None]  #: last request, last page, not before


class Hosts:
    """The book of hosts."""

    def __init__(self, file: File) -> None:
        self._file = file

    def get(self, name: str) -> Times | None:
        """A host's times; None where it was never asked."""
        with self._file.reading() as conn:
            row = conn.execute("SELECT last, last_page, not_before FROM host WHERE name = ?", (clean(name),)).fetchone()
        return None if row is None else (_read(row[0]), _read(row[1]), _read(row[2]))

    def put(self, name: str, times: Times) -> None:
        """Keep a host's times; a later request that another process has noted meanwhile stays."""
        with self._file.writing() as conn:
            conn.execute(
                """INSERT INTO host VALUES (?1, ?2, ?3, ?4) ON CONFLICT (name) DO UPDATE SET
                last = max(coalesce(last, ''), coalesce(?2, '')),
                last_page = max(coalesce(last_page, ''), coalesce(?3, '')), not_before = ?4""",
                (clean(name), *map(_written, times)),
            )

    def names(self) -> list[str]:
        """Every host that was ever asked."""
        with self._file.reading() as conn:
            return [name for (name,) in conn.execute("SELECT name FROM host ORDER BY name")]


def _written(at: datetime | None) -> str | None:
    return None if at is None else at.astimezone(UTC).isoformat(timespec="milliseconds")


def _read(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None

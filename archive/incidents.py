"""What is wrong, from when to when, and whether somebody has been told: one row an incident, however often it is seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from .opening import File
from .rows import clean
from .times import moment, moment_or_none, stamp


@dataclass(frozen=True, slots=True)
class Incident:
    """One trouble."""

    id: int
    about: str  #: what it is about, as a key: "layout of NAME" (`ingest.notify` makes them)
    words: str  #: one sentence
    opened: datetime
    closed: datetime | None = None


class Incidents:
    """The book of incidents."""

    def __init__(self, file: File) -> None:
        self._file = file

    def seen(self, troubles: dict[str, str], within: tuple[str, ...], at: datetime) -> None:
        """What is wrong now, as key → sentence. What is open, is of a kind in `within` and is not wrong any more is closed."""
        with self._file.writing() as conn:
            known = {row[1]: row[0] for row in conn.execute("SELECT id, about FROM incident WHERE closed IS NULL")}
            new = [(about, clean(words), stamp(at)) for about, words in troubles.items() if about not in known]
            conn.executemany("INSERT INTO incident (about, words, opened) VALUES (?, ?, ?)", new)
            over = [(stamp(at), ref) for about, ref in known.items() if about.startswith(within) and about not in troubles]
            conn.executemany("UPDATE incident SET closed = ? WHERE id = ?", over)

    def open(self) -> list[Incident]:
        """What is wrong now, the oldest first."""
        return self._select("closed IS NULL")

    def untold(self) -> list[Incident]:
        """Incidents and recoveries that nobody has been told of yet. What came and went unseen is not worth a word."""
        with self._file.writing() as conn:
            conn.execute("UPDATE incident SET told = 1, recovery_told = 1 WHERE closed IS NOT NULL AND told = 0")
        return self._select("(closed IS NULL AND told = 0) OR (closed IS NOT NULL AND recovery_told = 0)")

    def told(self, incident: Incident) -> None:
        """Somebody has been told."""
        column = "told" if incident.closed is None else "recovery_told"
        with self._file.writing() as conn:
            conn.execute(f"UPDATE incident SET {column} = 1 WHERE id = ?", (incident.id,))

    def _select(self, where: str) -> list[Incident]:
        with self._file.reading() as conn:
            rows = conn.execute(f"SELECT id, about, words, opened, closed FROM incident WHERE {where} ORDER BY id").fetchall()
        return [_incident(*row) for row in rows]


def _incident(ref: int, about: str, words: str, opened: str, closed: str | None) -> Incident:
    return Incident(ref, about, words, moment(opened), moment_or_none(closed))

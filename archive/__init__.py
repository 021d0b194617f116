"""Facts to history: one SQLite file that keeps every version of every word. The only SQL.

    from archive import Archive
    with Archive.open("archive.db") as archive:
        archive.keep(capture)
        changes = archive.record(bundle, parse(bundle), seen_at=capture.fetched_at)
"""

from .search import Found
from .store import Archive, Validators
from .timeline import Entry, Summary

__all__ = ["Archive", "Entry", "Found", "Summary", "Validators"]

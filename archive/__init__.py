"""Facts to history: one SQLite file that keeps every version of every word. The only SQL.

    from archive import Archive
    with Archive.open("archive.db") as archive:
        archive.keep(capture)
        bundle = Bundle(capture)
        changes = archive.record(bundle, parse(bundle), seen_at=capture.fetched_at)
"""

from .evidence import Validators
from .search import Found
from .store import Archive
from .timeline import Entry, Summary

__all__ = ["Archive", "Entry", "Found", "Summary", "Validators"]

"""Migrations: how a file comes to hold the tables, the triggers that guard them, the search indexes and the views.

A released migration is never edited: add one below the last, and raise NEWEST in `tables.py`. `migrate` runs what is
missing under the write lock, in one transaction, so a file is at one version or the other and nothing between.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from sqlite_utils import Database, Migrations

from .booktables import BOOK
from .tables import APPEND_ONLY, APPLICATION_ID, CLAIMS, EVIDENCE, HISTORY, SEARCHED
from .views import VIEWS

migrations = Migrations("archive")


@migrations(name="m001_first")
def _first(db: Database) -> None:
    for script in (EVIDENCE, CLAIMS, HISTORY):
        run_script(db.conn, script)
    for table in APPEND_ONLY:
        _forbid(db.conn, table, "UPDATE", "append-only")
        _forbid(db.conn, table, "DELETE", "append-only")
    for table, columns in SEARCHED.items():
        _forbid(db.conn, table, "DELETE", "closed, never deleted")
        _index_text(db.conn, table, columns)
    for name, select in VIEWS.items():
        db.conn.execute(f"CREATE VIEW {name} AS {select}")
    db.conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.conn.execute("PRAGMA user_version = 1")


@migrations(name="m002_book")
def _book(db: Database) -> None:
    run_script(db.conn, BOOK)
    db.conn.execute("PRAGMA user_version = 2")


@migrations(name="m003_leaner")
def _leaner(db: Database) -> None:
    """An index by rule cost a fifth of the writing of a page, and every question about a rule is about one page."""
    db.conn.execute("DROP INDEX dropped_rule")
    db.conn.execute("PRAGMA user_version = 3")


@migrations(name="m004_what_changed")
def _what_changed(db: Database) -> None:
    """The view `changes` showed the whole answer on both sides where only a name or a position was another."""
    _view_anew(db.conn, "changes")
    db.conn.execute("PRAGMA user_version = 4")


@migrations(name="m005_all_that_changed")
def _all_that_changed(db: Database) -> None:
    """It told one part of a change: a new name hid the new position that came with it, and of an edit of links nothing."""
    _view_anew(db.conn, "changes")
    db.conn.execute("PRAGMA user_version = 5")


def migrate(conn: sqlite3.Connection) -> None:
    """Bring the file to the newest schema. The caller holds the write lock."""
    conn.execute("BEGIN IMMEDIATE")  # `atomic()` alone would begin deferred, and starters would lock one another out
    try:
        migrations.apply(Database(conn))
        conn.execute("COMMIT")
    except BaseException:
        conn.execute("ROLLBACK")
        raise


def run_script(conn: sqlite3.Connection, script: str) -> None:
    """Run statements inside the open transaction, which `executescript` would commit."""
    for statement in _statements(script):
        conn.execute(statement)


def _view_anew(conn: sqlite3.Connection, name: str) -> None:
    conn.execute(f"DROP VIEW {name}")
    conn.execute(f"CREATE VIEW {name} AS {VIEWS[name]}")


def _statements(script: str) -> Iterator[str]:
    text = ""
    for line in script.splitlines(keepends=True):
        text += line
        if sqlite3.complete_statement(text):
            yield text
            text = ""


def _forbid(conn: sqlite3.Connection, table: str, what: str, why: str) -> None:
    conn.execute(f"""
        CREATE TRIGGER {table}_no_{what.lower()} BEFORE {what} ON {table}
        BEGIN SELECT RAISE(ABORT, '{table} is {why}'); END""")


def _index_text(conn: sqlite3.Connection, table: str, columns: tuple[str, ...]) -> None:
    """A full-text index over a table whose texts never change: rows are added, and that is all that can happen."""
    names, values = ", ".join(columns), ", ".join(f"new.{column}" for column in columns)
    conn.execute(f"""
        CREATE VIRTUAL TABLE {table}_fts USING fts5({names}, content='{table}', content_rowid='id',
          tokenize='porter unicode61 remove_diacritics 2')""")
    conn.execute(f"""
        CREATE TRIGGER {table}_index AFTER INSERT ON {table}
        BEGIN INSERT INTO {table}_fts(rowid, {names}) VALUES (new.id, {values}); END""")
    conn.execute(f"""
        CREATE TRIGGER {table}_text_stays BEFORE UPDATE OF {names} ON {table}
        BEGIN SELECT RAISE(ABORT, 'a version is closed, never rewritten'); END""")

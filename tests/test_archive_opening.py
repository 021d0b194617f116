"""Opening an archive: what is refused, who may write, and what a kill leaves behind."""

from __future__ import annotations

import multiprocessing
import os
import random
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable
from multiprocessing.queues import SimpleQueue as Queue
from multiprocessing.synchronize import Barrier, Event
from pathlib import Path

import pytest
from filelock import FileLock

from archive import Archive
from archive.tables import APPLICATION_ID, NEWEST
from parsers import Bundle
from parsers.errors import ArchiveBusy, ArchiveError, ArchiveTooNew, Damaged, NotAnArchive

from .archived import ANN, STATEMENTS, URL, bundle, capture, read, said

FORK = multiprocessing.get_context("fork")  # a process that need not import everything anew


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "archive.db"


def made(path: Path) -> Path:
    """An archive with one page."""
    with Archive.open(path) as archive:
        archive.keep(capture())
        archive.record(bundle(), read(), seen_at=capture().fetched_at)  # type: ignore[arg-type]
    return path


def test_a_new_archive(path: Path) -> None:
    """WAL, our application id, the newest schema; and it agrees with itself."""
    with Archive.open(path) as archive:
        assert archive.pages() == archive.verify(deep=True) == ()
    with sqlite3.connect(path) as db:
        pragmas = [db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "application_id", "user_version")]
    assert pragmas == ["wal", APPLICATION_ID, NEWEST]
    assert path.read_bytes()[68:72] == b"RNDU"


def test_every_table_is_strict(path: Path) -> None:
    """A number is never a text by accident. FTS5's own tables and sqlite-utils' one are theirs."""
    with sqlite3.connect(made(path)) as db:
        loose = [name for name, strict in db.execute("SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table'") if not strict]
    assert [name for name in loose if not name.startswith(("sqlite_", "_sqlite"))] == []


def test_opened_again(path: Path) -> None:
    """What was kept is there."""
    with Archive.open(made(path)) as archive:
        assert archive.pages() == (URL,)


def test_an_empty_file_becomes_an_archive(path: Path) -> None:
    """As SQLite takes it; a process killed at its first moment leaves one."""
    path.touch()
    assert made(path).stat().st_size > 0


class TestRefused:
    """What cannot be used, in one sentence that names the file; and nothing happens to it."""

    def test_a_folder(self, tmp_path: Path) -> None:
        with pytest.raises(NotAnArchive, match=f"^{tmp_path}: this is a folder"):
            Archive.open(tmp_path)

    def test_no_such_folder(self, tmp_path: Path) -> None:
        with pytest.raises(NotAnArchive, match=r"the folder .* is not there"):
            Archive.open(tmp_path / "no" / "archive.db")

    @pytest.mark.parametrize("read_only", [True, False])
    def test_missing(self, path: Path, read_only: bool) -> None:
        with pytest.raises(NotAnArchive, match="there is no such archive"):
            Archive.open(path, create=False, read_only=read_only)
        assert not path.exists()

    def test_empty_and_read_only(self, path: Path) -> None:
        path.touch()
        with pytest.raises(NotAnArchive, match="empty"):
            Archive.open(path, read_only=True)

    @pytest.mark.parametrize("read_only", [True, False])
    def test_another_file(self, path: Path, read_only: bool) -> None:
        path.write_text("my diary\n" * 1000)
        with pytest.raises(NotAnArchive, match="some other file"):
            Archive.open(path, read_only=read_only)
        assert path.read_text() == "my diary\n" * 1000

    @pytest.mark.parametrize("mode", ["delete", "wal"])
    def test_another_programs_database(self, path: Path, mode: str) -> None:
        with sqlite3.connect(path) as db:
            db.execute(f"PRAGMA journal_mode = {mode}")
            db.execute("CREATE TABLE recipe (name TEXT)")
            db.execute("INSERT INTO recipe VALUES ('soup')")
        db.close()
        before = path.read_bytes()
        with pytest.raises(NotAnArchive, match="SQLite file of another program"):
            Archive.open(path)
        assert path.read_bytes() == before

    def test_a_newer_one(self, path: Path) -> None:
        with sqlite3.connect(made(path)) as db:
            db.execute(f"PRAGMA user_version = {NEWEST + 1}")
        db.close()
        with pytest.raises(ArchiveTooNew) as caught:
            Archive.open(path)
        assert (caught.value.found, caught.value.known, str(path) in str(caught.value)) == (NEWEST + 1, NEWEST, True)

    def test_an_older_one(self, path: Path) -> None:
        """Brought to what is new when it is next written to, with all that it holds; till then it can be read."""
        schema = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name"
        with sqlite3.connect(made(path)) as db:
            new = db.execute(schema).fetchall()
            db.execute("DROP VIEW changes")
            db.execute("CREATE VIEW changes AS SELECT id AS change_id FROM change_log")
            db.execute("DELETE FROM _sqlite_migrations WHERE name > 'm004'")
            db.execute("PRAGMA user_version = 3")
        db.close()
        with Archive.open(path, read_only=True) as archive:
            assert archive.parser_of(URL) == read().parser
        with Archive.open(path) as archive:
            assert archive.verify() == ()
        with sqlite3.connect(path) as db:
            assert (db.execute(schema).fetchall(), db.execute("PRAGMA user_version").fetchone()) == (new, (NEWEST,))
            assert db.execute("SELECT count(*) FROM page").fetchone() == (1,)
        db.close()

    @pytest.mark.parametrize("where", [0.3, 0.6])
    def test_damaged(self, path: Path, where: float) -> None:
        """Overwritten in the middle: told when it is met, and by verify at the latest."""
        data = bytearray(made(path).read_bytes())
        at = int(len(data) * where) // 4096 * 4096
        data[at : at + 8192] = b"\xff" * 8192
        path.write_bytes(bytes(data))
        try:
            with Archive.open(path, read_only=True) as archive:
                assert archive.verify(deep=True) != ()
        except Damaged as error:
            assert str(path) in str(error)

    def test_cut_short(self, path: Path) -> None:
        data = made(path).read_bytes()
        path.write_bytes(data[: len(data) // 2])
        with pytest.raises(Damaged, match=f"^{path}") as caught, Archive.open(path) as archive:
            assert archive.verify() == ()
        assert "put a backup in its place" in str(caught.value) and "ingest verify" not in str(caught.value)

    def test_writing_to_what_is_read_only(self, path: Path) -> None:
        with Archive.open(made(path), read_only=True) as archive, pytest.raises(ArchiveError, match="read only"):
            archive.keep(capture(1))


    @pytest.mark.parametrize("name", ["a" * 300, "a\0b"])
    def test_no_name_for_a_file(self, tmp_path: Path, name: str) -> None:
        with pytest.raises(NotAnArchive, match="cannot be reached"):
            Archive.open(tmp_path / name)


def refused(path: Path, answers: Queue[str]) -> None:
    """What somebody else is told who opens this file."""
    if os.geteuid() == 0:
        os.setuid(65534)
    for read_only in (False, True):
        try:
            Archive.open(path, read_only=read_only).close()
            answers.put("opened")
        except ArchiveError as error:
            answers.put(f"{type(error).__name__}: {error}")


@pytest.mark.parametrize(
    ("file_mode", "folder_mode", "write", "read"),
    [
        (0o444, 0o755, "the file or its folder cannot be written", "opened"),
        (0o666, 0o555, "the file or its folder cannot be written", "opened"),
        (0o400 if os.geteuid() == 0 else 0o000, 0o755, "the file cannot be read", "the file cannot be read"),
        (0o666, 0o000, "it cannot be reached", "it cannot be reached"),
    ],
)
def test_not_ours_to_write(file_mode: int, folder_mode: int, write: str, read: str) -> None:
    """Its owner is somebody else: one sentence; and what may be read can be, without a place for WAL's index."""
    folder = Path(tempfile.mkdtemp())
    try:
        path = made(folder / "archive.db")
        path.chmod(file_mode)
        folder.chmod(folder_mode)
        answers = FORK.SimpleQueue()
        other = FORK.Process(target=refused, args=(path, answers))
        other.start()
        found = [answers.get(), answers.get()]
        other.join()
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)
    assert write in found[0]
    assert read in found[1]


class TestOneWriter:
    """One process writes at a time, and who waits in vain is told for whom."""

    def test_busy(self, path: Path) -> None:
        with Archive.open(made(path), patience=0.05) as archive, FileLock(f"{path}.lock"):
            Path(f"{path}.lock").write_text("4711 ingest")
            with pytest.raises(ArchiveBusy, match=r"process 4711 \(ingest\) is writing"):
                archive.keep(capture(1))
        assert ArchiveBusy.later

    def test_reading_needs_no_turn(self, path: Path) -> None:
        with FileLock(f"{path}.lock") if made(path) else FileLock(""), Archive.open(path) as archive:
            assert archive.pages() == (URL,)
            archive._file._lock.patience = 0  # do not wait at the end

    def test_a_foreign_writer(self, path: Path) -> None:
        """Somebody holds SQLite's own lock: told as busy too, and nothing is half done."""
        with Archive.open(made(path)) as archive:
            archive._file._conn.execute("PRAGMA busy_timeout = 50")
            other = sqlite3.connect(path, isolation_level=None)
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(ArchiveBusy, match="another program"):
                archive.keep(capture(1))
            other.execute("ROLLBACK")
            other.close()
            assert len(archive.captures(URL)) == 1

    def test_a_failed_write_leaves_nothing(self, path: Path) -> None:
        """A transaction is whole or nothing, and the next one works."""
        with Archive.open(made(path)) as archive:
            with pytest.raises(ZeroDivisionError), archive._file.writing() as conn:
                conn.execute("INSERT INTO expert (name, name_key) VALUES ('x', 'x')")
                raise ZeroDivisionError
            with archive._file.reading() as conn:
                assert conn.execute("SELECT count(*) FROM expert WHERE name = 'x'").fetchone() == (0,)
            archive.keep(capture(1))

    def test_what_is_written_together_is_whole_or_nothing(self, path: Path) -> None:
        """Two methods in one turn: nobody sees the first alone, and a fault in the second takes back both."""
        with Archive.open(made(path)) as archive, Archive.open(path) as other:
            with pytest.raises(ZeroDivisionError), archive.together():
                archive.keep(capture(1))
                raise ZeroDivisionError
            assert len(other.captures(URL)) == 1
            with archive.together():
                archive.keep(capture(1))
                archive.keep(capture(2))
                assert len(other.captures(URL)) == 1
            assert len(other.captures(URL)) == 3


def start(path: Path, number: int, together: Barrier) -> None:
    """Open an archive that is not there yet, and write a page."""
    together.wait()
    with Archive.open(path) as archive:
        archive.keep(capture(number, url=f"https://blog.example/{number}"))


def test_twenty_starters_at_once(path: Path) -> None:
    """All migrate and write at the same moment; none is turned away, and all that they wrote is there."""
    together = FORK.Barrier(20)
    starters = [FORK.Process(target=start, args=(path, number, together)) for number in range(20)]
    for starter in starters:
        starter.start()
    for starter in starters:
        starter.join(60)
    assert [starter.exitcode for starter in starters] == [0] * 20
    with Archive.open(path) as archive:
        assert (len(archive.pages()), archive.verify(deep=True)) == (20, ())


def write(path: Path, first: int, begun: Event) -> None:
    """Ingest the page again and again, each time edited and one statement gone or back."""
    with Archive.open(path) as archive:
        for number in range(first, 10_000):
            seen = capture(number)
            archive.keep(seen)
            statements = [said("Ann Lee", f"{ANN} For the {number}. time."), *STATEMENTS[1 + number % 2 :]]
            archive.record(Bundle(seen), read(statements), seen_at=seen.fetched_at)  # type: ignore[arg-type]
            begun.set()


def open_new(path: Path, first: int, begun: Event) -> None:
    """Make an archive."""
    begun.set()
    Archive.open(path)


def killed(work: Callable[[Path, int, Event], None], path: Path, first: int, after: float) -> None:
    """Let a process work, and kill it some time after it has begun."""
    begun = FORK.Event()
    worker = FORK.Process(target=work, args=(path, first, begun))
    worker.start()
    assert begun.wait(60)
    time.sleep(after)
    worker.kill()
    worker.join()
    assert worker.exitcode in (-9, 0)


def test_killed_while_writing(path: Path) -> None:
    """SIGKILL at any moment: the archive agrees with itself, keeps what was committed, and goes on."""
    chance, first = random.Random(7), 0
    for _ in range(10):
        killed(write, path, first, chance.random() * 0.2)
        with Archive.open(path) as archive:
            assert archive.verify(deep=True) == ()
            kept, recorded = len(archive.captures(URL)), len({entry.at for entry in archive.history(URL)})
            assert kept - 1 <= recorded <= kept
            assert kept > first
        first = kept - 1  # the last may not have been recorded
    assert first > 10


def test_killed_while_making(path: Path) -> None:
    """SIGKILL before, in or after the first migration: the next one finds an archive, or makes it."""
    chance = random.Random(3)
    for _ in range(15):
        killed(open_new, path, 0, chance.random() * 0.06)
        with Archive.open(path) as archive:
            assert archive.verify() == ()
        for leftover in path.parent.iterdir():
            leftover.unlink()

"""WARC files: which records become captures, what damage costs, and that reading twice adds nothing."""

from __future__ import annotations

import gzip
import io
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from ingest.config import Config, read_config
from ingest.sources.files import FileError
from ingest.sources.warc import NoWarcReader, read_warc
from parsers import Capture
from parsers.errors import ConfigError, PipelineError

from .jobs import Runs
from .test_archive_evidence import rows

pytest.importorskip("fastwarc", reason="fastwarc is not installed (pip install 'roundup-ingest[warc]')")
warcwriter = pytest.importorskip("warcio.warcwriter", reason="warcio is not installed (pip install 'roundup-ingest[warc]')")

LIMIT = 100_000


def page(number: int) -> bytes:
    return b"<!doctype html><title>Post %d</title><p>%s</p>" % (number, b"Honest words. " * 60)


def chunked(body: bytes) -> bytes:
    return b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)


class Saved:
    """A WARC in the making."""

    def __init__(self, squeezed: bool = True) -> None:
        self._out = io.BytesIO()
        self._writer = warcwriter.WARCWriter(self._out, gzip=squeezed)
        self.starts: list[int] = []

    def add(
        self,
        url: str,
        body: bytes,
        *headers: tuple[str, str],
        status: str = "200 OK",
        kind: str = "text/html",
        day: int = 1,
        record: str = "response",
    ) -> Saved:
        from warcio.statusandheaders import StatusAndHeaders

        self.starts.append(self._out.tell())
        http = StatusAndHeaders(status, [("Content-Type", kind), *headers], protocol="HTTP/1.1")
        facts = {"WARC-Date": f"2020-03-{day:02}T10:00:00Z"}
        self._writer.write_record(
            self._writer.create_warc_record(url, record, payload=io.BytesIO(body), http_headers=http, warc_headers_dict=facts)
        )
        return self

    def posts(self, count: int) -> Saved:
        for number in range(1, count + 1):
            self.add(f"https://blog.example/{number}", page(number), day=number)
        return self

    @property
    def data(self) -> bytes:
        return self._out.getvalue()


def found(path: Path, data: bytes) -> tuple[list[Capture], list[str]]:
    path.write_bytes(data)
    told = list(read_warc(path, LIMIT))
    return [one for one in told if isinstance(one, Capture)], [str(one) for one in told if isinstance(one, PipelineError)]


@pytest.mark.parametrize("squeezed", [True, False])
def test_a_page(tmp_path: Path, squeezed: bool) -> None:
    """Address, bytes, time and headers as they were when it was saved; a secret and a cookie are not taken over."""
    saved = Saved(squeezed).add("https://blog.example/1?token=x", page(1), ("ETag", '"a"'), ("Set-Cookie", "s=1"))
    captures, errors = found(tmp_path / "a.warc", saved.data)
    headers = (("content-type", "text/html"), ("etag", '"a"'))
    assert captures == [
        Capture("https://blog.example/1", page(1), datetime(2020, 3, 1, 10, tzinfo=UTC), "", 200, headers, "warc")
    ]
    assert errors == []


def test_what_is_no_page_is_passed_over(tmp_path: Path) -> None:
    saved = (
        Saved()
        .add("https://blog.example/i.png", b"\x89PNG", kind="image/png")
        .add("https://blog.example/gone", page(1), status="404 Not Found")
    )
    saved.add("https://blog.example/old", b"", ("Location", "/new"), status="301 Moved").add(
        "https://blog.example/1", page(1), record="resource"
    )
    saved.add("dns:blog.example", b"192.0.2.1").posts(1)
    captures, errors = found(tmp_path / "a.warc.gz", saved.data)
    assert ([one.url for one in captures], errors) == (["https://blog.example/1"], [])


def test_bodies(tmp_path: Path) -> None:
    """Chunks, gzip, both, and a recorder that unfolded the body and left the header; six records of six."""
    squeezed, gz, chunks = gzip.compress(page(1)), ("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked")
    saved = Saved().add("https://a.example/1", chunked(page(1)), chunks).add("https://a.example/2", squeezed, gz)
    saved.add("https://a.example/3", chunked(squeezed), gz, chunks).add("https://a.example/4", page(1), gz)
    saved.add("https://a.example/5", chunked(squeezed), gz, chunks).add("https://a.example/6", page(1))
    captures, errors = found(tmp_path / "a.warc.gz", saved.data)
    assert [(one.url[-1], one.body) for one in captures] == [(str(n), page(1)) for n in range(1, 7)]
    assert errors == []


def test_a_record_from_a_time_to_come_costs_itself(tmp_path: Path) -> None:
    """A clock was wrong: its page would date all that is seen later."""
    data = Saved(squeezed=False).posts(2).data.replace(b"WARC-Date: 2020-03-01", b"WARC-Date: 2920-03-01")
    captures, errors = found(tmp_path / "a.warc", data)
    assert [one.url for one in captures] == ["https://blog.example/2"]
    assert errors == ["https://blog.example/1: its record says that it was saved on 2920-03-01, which is still to come"]


def test_bad_bodies_cost_their_record(tmp_path: Path) -> None:
    gz = ("Content-Encoding", "gzip")
    saved = (
        Saved().add("https://a.example/1", b"x" * (LIMIT + 1)).add("https://a.example/2", gzip.compress(b"x" * (LIMIT + 1)), gz)
    )
    saved.add("https://a.example/3", gzip.compress(page(1))[:-20], gz).add(
        "https://a.example/4", page(1), ("Content-Encoding", "br")
    )
    saved.add("https://a.example/5", b"<title>Log in</title><form><input type=password name=p></form>").posts(1)
    captures, errors = found(tmp_path / "a.warc.gz", saved.data)
    assert [one.url for one in captures] == ["https://blog.example/1"]
    words = ["longer than", "unfolds to more than", "before it was whole", "compressed as 'br'", "a login"]
    assert [word in error for word, error in zip(words, errors, strict=True)] == [True] * 5


@pytest.mark.parametrize("squeezed", [True, False])
@pytest.mark.parametrize("bad", [0, 1, 3])
def test_a_damaged_record_costs_itself(tmp_path: Path, squeezed: bool, bad: int) -> None:
    """Twenty bytes of nonsense in mid-record: the others are all read, and a gzip says what it lost."""
    saved = Saved(squeezed).posts(4)
    data, middle = bytearray(saved.data), [*saved.starts, len(saved.data)]
    at = (middle[bad] + middle[bad + 1]) // 2 if squeezed else middle[bad] + 20
    data[at : at + 20] = b"\xff" * 20
    captures, errors = found(tmp_path / "a.warc", bytes(data))
    assert {f"https://blog.example/{n}" for n in range(1, 5) if n != bad + 1} <= {one.url for one in captures}
    assert not squeezed or (len(errors) == 1 and "damaged" in errors[0] and "a.warc" in errors[0])


@pytest.mark.parametrize("squeezed", [True, False])
@pytest.mark.parametrize("missing", [60, 150])
def test_a_truncated_file(tmp_path: Path, squeezed: bool, missing: int) -> None:
    """What was whole is kept; the error names the file."""
    captures, errors = found(tmp_path / "cut.warc", Saved(squeezed).posts(3).data[:-missing])
    assert [one.url[-1] for one in captures] == ["1", "2"]
    assert len(errors) == 1 and "cut.warc" in errors[0] and "cut off" in errors[0]


def test_a_last_record_that_unfolds_far_is_whole(tmp_path: Path) -> None:
    """A megabyte of one letter behind the last page is 1 KB of gzip, all there."""
    saved = Saved().posts(1).add("https://blog.example/z", b"z" * 2**20, kind="text/plain")
    captures, errors = found(tmp_path / "a.warc.gz", saved.data)
    assert (len(captures), errors) == (1, [])


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"", "is empty"), (b"hello " * 90, "not a WARC"), (gzip.compress(b"hello " * 90, mtime=0), "not a WARC")],
)
def test_no_warc(tmp_path: Path, data: bytes, words: str) -> None:
    with pytest.raises(FileError, match=words):
        found(tmp_path / "a.warc", data)


def test_without_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error says what to type."""
    monkeypatch.setitem(sys.modules, "fastwarc.warc", None)
    (tmp_path / "a.warc").write_bytes(Saved().posts(1).data)
    with pytest.raises(NoWarcReader, match=r"pip install 'roundup-ingest\[warc\]'"):
        list(read_warc(tmp_path / "a.warc", LIMIT))


def warc_source(path: Path, **more: Any) -> dict[str, Any]:
    return {"name": "old", "kind": "warc", "path": str(path), **more}


def counts(runs: Runs) -> tuple[int, int]:
    """Pages and captures in the archive."""
    pages = runs.archive.pages()
    return len(pages), sum(len(runs.archive.captures(url)) for url in pages)


def test_a_source(tmp_path: Path) -> None:
    """A folder of WARCs is archived once; a file that is written anew adds what is new in it and nothing else."""
    folder = tmp_path / "warcs"
    folder.mkdir()
    saved = Saved().posts(3).add("https://blog.example/1", page(9), day=9)
    (folder / "a.warc.gz").write_bytes(saved.data)
    os.utime(folder / "a.warc.gz", (1_600_000_000, 1_600_000_000))  # before the runs' own clock
    with Runs(tmp_path, [warc_source(folder)]) as runs:
        assert [one.status for one in runs.run()] == ["archived"] * 4
        assert counts(runs) == (3, 4)
        assert [one.origin for one in runs.archive.captures("https://blog.example/1")] == ["warc", "warc"]
        assert runs.later(days=400).run() == []
        saved.add("https://blog.example/4", page(4))
        (folder / "b.warc.gz").write_bytes(saved.data)
        assert [one.status for one in runs.run("old")] == ["unchanged"] * 4 + ["archived"]
        assert counts(runs) == (4, 5)
        assert runs.archive.verify(deep=True) == ()


def test_what_the_archive_has_adds_nothing(tmp_path: Path) -> None:
    """A file that comes again: neither a visit nor a reading more, also of a page that was saved twice without a change between."""
    path = tmp_path / "a.warc.gz"
    saved = Saved().add("https://blog.example/1", page(1), day=1).add("https://blog.example/1", page(1), day=2)
    saved.add("https://blog.example/1", page(2), day=4).add("https://blog.example/1", page(3), day=3)  # the last one comes late
    path.write_bytes(saved.data)
    with Runs(tmp_path, [warc_source(path)]) as runs:
        runs.run()
        before = rows(runs.archive, "SELECT (SELECT count(*) FROM fetch), (SELECT count(*) FROM capture), (SELECT count(*) FROM reading)")
        assert before == [(4, 3, 3)]
        os.utime(path, (runs.now.timestamp() + 60,) * 2)
        assert [one.status for one in runs.later(days=400).run()] == ["unchanged"] * 4
        assert rows(runs.archive, "SELECT (SELECT count(*) FROM fetch), (SELECT count(*) FROM capture), (SELECT count(*) FROM reading)") == before


def test_a_run_that_is_stopped_goes_on(tmp_path: Path) -> None:
    """Stopped after two pages, the next run adds the others and none twice."""
    (tmp_path / "a.warc.gz").write_bytes(Saved().posts(4).data)
    with Runs(tmp_path, [warc_source(tmp_path / "a.warc.gz")]) as runs:
        runs.stopped = lambda: len(runs.archive.pages()) >= 2
        assert len(runs.run()) == 2
        runs.stopped = lambda: False
        assert [one.status for one in runs.run()] == ["unchanged"] * 2 + ["archived"] * 2
        assert counts(runs) == (4, 4)


def test_a_damaged_file_is_told_and_the_rest_archived(tmp_path: Path) -> None:
    (tmp_path / "a.warc.gz").write_bytes(Saved().posts(3).data[:-60])
    with Runs(tmp_path, [warc_source(tmp_path / "a.warc.gz")]) as runs:
        told = runs.run()
        assert [one.status for one in told] == ["archived", "archived", "failed"]
        assert "a.warc.gz" in told[-1].error and "cut off" in told[-1].error
        assert counts(runs) == (2, 2)


def test_a_path_that_leads_nowhere(tmp_path: Path) -> None:
    with Runs(tmp_path, [warc_source(tmp_path / "none")]) as runs:
        assert [one.error for one in runs.run()] == [f"{tmp_path / 'none'}: there is no such file or folder"]


def test_only_what_is_to_be_followed(tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(Saved(False).posts(3).data)
    with Runs(tmp_path, [warc_source(tmp_path / "a.warc", follow=("*/2",))]) as runs:
        assert [one.url for one in runs.run()] == ["https://blog.example/2"]


def test_config(tmp_path: Path) -> None:
    """The path is seen from the config's folder; a WARC has no address."""
    (tmp_path / "config.toml").write_text("[[source]]\nname='old'\nkind='warc'\npath='warcs'\n")
    assert read_config(tmp_path / "config.toml").source[0].path == str(tmp_path / "warcs")
    (tmp_path / "config.toml").write_text("[[source]]\nname='old'\nkind='warc'\nurl='https://a.example/'\n")
    with pytest.raises(ConfigError, match="a warc has a path, and no url"):
        read_config(tmp_path / "config.toml")
    assert Config().source == ()

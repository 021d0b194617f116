"""Readings become history: what is written, under which time and cause, and that nothing else is."""

from __future__ import annotations

import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive import Archive
from archive.diff import Known
from archive.state import known_of
from parsers import Bundle, Comment, Link, Parsed, Question, Statement

from .archived import ANN, BOB, COMMENTS, DAY, START, STATEMENTS, URL, bundle, capture, read, said, told, wrote
from .test_archive_evidence import archive, count, rows, visit  # noqa: F401 (a fixture)
from .test_diff import after

EDITED = read([said("Ann Lee", ANN.replace("some", "little")), *STATEMENTS[1:]])


class TestVersions:
    """An edit is one new version of one item."""

    def test_first(self, archive: Archive) -> None:  # noqa: F811
        assert visit(archive) == [
            ("added", "page", "What do you expect?"),
            *[("added", "statement", statement.expert.name) for statement in STATEMENTS],
            *[("added", "comment", comment.author) for comment in COMMENTS],
        ]
        assert [count(archive, f"{item}_version") for item in ("page", "statement", "comment")] == [1, 3, 2]

    def test_an_edited_statement_is_one_version_and_nothing_else(self, archive: Archive) -> None:  # noqa: F811
        visit(archive)
        counted = ("page_version", "statement", "comment", "comment_version", "question", "expert", "dropped")
        before = {table: count(archive, table) for table in counted}
        assert visit(archive, 1, EDITED) == [("edited", "statement", "Ann Lee")]
        assert {table: count(archive, table) for table in counted} == before
        assert rows(archive, "SELECT version, valid_from, valid_to, ended FROM statement_version WHERE statement_id = 1") == [
            (1, "2019-02-26T10:00:00Z", "2019-02-27T10:00:00Z", "edited"),
            (2, "2019-02-27T10:00:00Z", None, None),
        ]

    def test_edits_and_news_in_one_reading(self, archive: Archive) -> None:  # noqa: F811
        """What was edited stands before what is new: each version finds its own item, and the log names them in the page's order."""
        archive.record(bundle(), read(), seen_at=START)
        dana = said("Dana Ito", "Nothing at all will change before the spring.", 4)
        zoe = wrote("Zoe", "Spring is late this year.", "103", parent="101")
        seen = (said("Ann Lee", ANN.replace("some", "little"), 1), *STATEMENTS[1:], dana)
        comments = (replace(COMMENTS[0], text=COMMENTS[0].text + " Never."), COMMENTS[1], zoe)
        changes = archive.record(bundle(1), read(seen, comments), seen_at=START + DAY)
        assert told(changes) == [
            ("edited", "statement", "Ann Lee"), ("added", "statement", "Dana Ito"), ("edited", "comment", "Joe"), ("added", "comment", "Zoe"),
        ]  # fmt: skip
        assert archive.verify() == ()

    def test_removed_and_restored(self, archive: Archive) -> None:  # noqa: F811
        """Closed with a tombstone, opened again under the same number."""
        visit(archive)
        visit(archive, 1, read(STATEMENTS[1:], COMMENTS[1:]))
        assert rows(archive, "SELECT statement_id, last_seen_at, missing_at FROM removed_statements") == [(1, "2019-02-26T10:00:00Z", "2019-02-27T10:00:00Z")]
        assert visit(archive, 2) == [("restored", "statement", "Ann Lee"), ("restored", "comment", "Joe")]
        assert rows(archive, "SELECT id, version, ended FROM statement_version WHERE statement_id = 1") == [(1, 1, "removed"), (4, 2, None)]
        assert rows(archive, "SELECT count(*) FROM removed_statements") == [(0,)]

    def test_restored_in_other_words_and_another_role(self, archive: Archive) -> None:  # noqa: F811
        """One version, and both told: that it is back, and what is otherwise than when it was last seen."""
        visit(archive)
        visit(archive, 1, read(STATEMENTS[2:], COMMENTS[1:]))
        risen, edited = said("Ann Lee", ANN, titles=[("Chair", "")]), said("Bob Ray", f"{BOB} Not before.", 2)
        seen = read([risen, edited, STATEMENTS[2]], [replace(COMMENTS[0], text=COMMENTS[0].text + " Never."), COMMENTS[1]])
        assert visit(archive, 2, seen) == [
            ("restored", "statement", "Ann Lee"), ("retitled", "statement", "Ann Lee"),
            ("restored", "statement", "Bob Ray"), ("edited", "statement", "Bob Ray"),
            ("restored", "comment", "Joe"), ("edited", "comment", "Joe"),
        ]  # fmt: skip
        back, otherwise = archive.history(URL)[-6:-4]
        assert (back.change.before, back.change.after) == ("", ANN)
        assert (otherwise.change.before, otherwise.change.after) == ("Lecturer, Kettlewick University", "Chair")
        assert rows(archive, "SELECT kind, before, after FROM changes WHERE who = 'Ann Lee' ORDER BY change_id DESC LIMIT 2") == [
            ("retitled", "Lecturer, Kettlewick University", "Chair"), ("restored", ANN, ANN),
        ]  # fmt: skip
        assert rows(archive, "SELECT version, ended FROM statement_version WHERE statement_id = 1") == [(1, "removed"), (2, None)]
        assert (archive.verify(), visit(archive, 3, seen)) == ((), [])

    def test_restored_under_an_earlier_name(self, archive: Archive) -> None:  # noqa: F811
        """Renamed, taken down, and back as it was at first: the same item, and both are told."""
        visit(archive)
        married, signed = replace(STATEMENTS[0], key="a", expert=replace(STATEMENTS[0].expert, name="Ann Moss")), replace(COMMENTS[0], author="Joe C.")
        visit(archive, 1, read([married, *STATEMENTS[1:]], [signed, COMMENTS[1]]))
        visit(archive, 2, read(STATEMENTS[1:], COMMENTS[1:]))
        assert visit(archive, 3) == [
            ("restored", "statement", "Ann Lee"), ("reattributed", "statement", "Ann Lee"),
            ("restored", "comment", "Joe"), ("reattributed", "comment", "Joe"),
        ]  # fmt: skip
        assert rows(archive, "SELECT version, name FROM statement_version WHERE statement_id = 1") == [(1, "Ann Lee"), (2, "Ann Moss"), (3, "Ann Lee")]
        assert (count(archive, "statement"), count(archive, "comment"), archive.verify()) == (3, 2, ())

    def test_an_earlier_name_with_words_of_its_own_is_no_return(self, archive: Archive) -> None:  # noqa: F811
        """The name was wrong and was put right; what she says herself, later, is hers."""
        visit(archive)
        visit(archive, 1, read([replace(STATEMENTS[0], expert=replace(STATEMENTS[0].expert, name="Ann Moss")), *STATEMENTS[1:]]))
        visit(archive, 2, read(STATEMENTS[1:]))
        own = said("Ann Lee", "Nothing at all will change before the spring.")
        assert visit(archive, 3, read([own, *STATEMENTS[1:]])) == [("added", "statement", "Ann Lee")]

    def test_order_is_kept_beside_the_content(self, archive: Archive) -> None:  # noqa: F811
        """An expert put on top costs one version; the order of each reading is known."""
        visit(archive)
        dora = said("Dora", "Ask me again in a year.", 1)
        assert visit(archive, 1, read([dora, *[replace(s, position=s.position + 1) for s in STATEMENTS]])) == [("added", "statement", "Dora")]
        assert rows(archive, "SELECT statement_order FROM reading ORDER BY id") == [("[1,2,3]",), ("[4,1,2,3]",)]

    def test_everything_that_a_reading_says_is_kept(self, archive: Archive) -> None:  # noqa: F811
        """The nouns come back from the tables as they went in."""
        questions = (Question("q1", "What will change?", "heading"), Question("q2", "Who pays?", "lede"))
        statement = replace(said("Ann Lee", ANN, 1, titles=[("Chair", "Harbour Trust"), ("", "Guild"), ("Dean", "")], question="q2"), links=(Link("here", "https://x.example/"),), place="lines 3-9")
        statement = replace(statement, expert=replace(statement.expert, honorific="Dr", url="https://ann.example/", how="comma"))
        comment = Comment("c1", "Well.", "Joe", "https://joe.example/", "2019-03-01", URL + "#c1", "", "pingback", True, "Re: well")
        parsed = read([statement], [comment], questions=questions)
        visit(archive, 0, parsed)
        assert known(archive) == after(parsed)


class TestThreads:
    """Comments hang together."""

    THREAD = (*COMMENTS, wrote("Kim", "Neither of you has.", "103", parent="102"))

    def parents(self, archive: Archive) -> dict[object, object]:  # noqa: F811
        return dict(rows(archive, "SELECT c.key, p.key FROM comment AS c LEFT JOIN comment AS p ON p.id = c.parent_id"))  # type: ignore[arg-type]

    def test_a_reply_may_stand_before_what_it_answers(self, archive: Archive) -> None:  # noqa: F811
        visit(archive, 0, read(comments=self.THREAD[::-1]))
        assert self.parents(archive) == {"101": None, "102": "101", "103": "102"}

    def test_a_thread_outlives_its_parent(self, archive: Archive) -> None:  # noqa: F811
        """WordPress hangs the replies one level up; that is one removal, and no edit of the reply."""
        visit(archive, 0, read(comments=self.THREAD))
        orphaned = [self.THREAD[0], replace(self.THREAD[2], parent="101")]
        assert visit(archive, 1, read(comments=orphaned)) == [("removed", "comment", "Eve")]
        assert self.parents(archive)["103"] == "102"
        assert visit(archive, 2, read(comments=self.THREAD)) == [("restored", "comment", "Eve")]
        assert self.parents(archive) == {"101": None, "102": "101", "103": "102"}

    def test_a_parent_that_is_known_later(self, archive: Archive) -> None:  # noqa: F811
        """The page showed the thread flat, the API tells who answers whom: no change, and the thread is right."""
        visit(archive, 0, read(comments=[replace(c, parent="") for c in self.THREAD]))
        assert visit(archive, 1, read(comments=self.THREAD)) == []
        assert self.parents(archive) == {"101": None, "102": "101", "103": "102"}

    def test_a_relative_time_does_not_replace_a_better_one(self, archive: Archive) -> None:  # noqa: F811
        visit(archive)
        visit(archive, 1, read(comments=[replace(COMMENTS[0], posted_at="2019-03-01", approximate=True), COMMENTS[1]]))
        assert rows(archive, "SELECT posted_at, approximate FROM comment WHERE key = '101'") == [("2019-02-27T08:00", 0)]


class TestCause:
    """A better parser never looks like an author's edit."""

    def causes(self, archive: Archive) -> Counter[str]:  # noqa: F811
        return Counter(entry.cause for entry in archive.history(URL) if entry.at > START or entry.cause != "page")

    def test_the_same_bytes_by_another_parser(self, archive: Archive) -> None:  # noqa: F811
        """Told by the caller, and seen without being told."""
        visit(archive)
        assert told(archive.record(bundle(), replace(EDITED, parser="parser 2"), seen_at=START, cause="parser")) == [("edited", "statement", "Ann Lee")]
        assert told(archive.record(bundle(), replace(read(), parser="parser 3"), seen_at=START)) == [("edited", "statement", "Ann Lee")]
        assert self.causes(archive) == {"parser": 2}

    def test_caught_up_first(self, archive: Archive) -> None:  # noqa: F811
        """The last reading's bytes are read anew, then what has come since: ours and theirs are told apart."""
        visit(archive)
        later = capture(1)
        archive.keep(later)
        last = archive.last_read(URL)
        assert (last, archive.parser_of(URL)) == (bundle(), "parser 1")
        anew = read([said("Ann Lee", ANN, titles=[("Chair", "")]), *STATEMENTS[1:]], parser="parser 2")
        archive.record(last, anew, seen_at=START, cause="parser")
        archive.record(Bundle(later), replace(anew, roundup=replace(anew.roundup, title="What now?")), seen_at=START + DAY)
        assert [(e.change.kind, e.cause) for e in archive.history(URL)[-2:]] == [("retitled", "parser"), ("retitled", "page")]

    def test_not_caught_up(self, archive: Archive) -> None:  # noqa: F811
        """Other bytes and another parser: nobody can tell, and the archive does not pretend to."""
        visit(archive)
        visit(archive, 1, replace(EDITED, parser="parser 2"))
        assert self.causes(archive) == {"either": 1}

    def test_another_parser_that_reads_the_same(self, archive: Archive) -> None:  # noqa: F811
        """A reading more, and no version."""
        visit(archive)
        assert archive.record(bundle(), replace(read(), parser="parser 2"), seen_at=START, cause="parser") == ()
        assert (count(archive, "reading"), archive.parser_of(URL)) == (2, "parser 2")


class TestTime:
    """History runs one way."""

    def test_older_bytes_are_kept_and_change_nothing(self, archive: Archive) -> None:  # noqa: F811
        visit(archive, 5, origin="file")
        assert visit(archive, 1, EDITED, origin="file") == []
        assert visit(archive, 2, EDITED, origin="wayback") == []
        assert rows(archive, "SELECT folded FROM reading ORDER BY id") == [(1,), (0,), (0,)]
        assert archive.captures(URL)[0].fetched_at == START + DAY
        assert known(archive) == after(read())

    def test_what_was_not_done_is_told(self, archive: Archive) -> None:  # noqa: F811
        """An old copy that is folded into nothing, and a page that reads as none and closes nothing."""
        heard: list[str] = []
        visit(archive, 5, origin="file")
        archive.record(bundle(1, origin="file"), EDITED, seen_at=START + DAY, note=heard.append)
        taken_down = read([], [], verdict="not_roundup", title="Sign in")
        archive.record(bundle(6, origin="file"), taken_down, seen_at=START + 6 * DAY, note=heard.append)
        assert heard == [
            "these bytes are older than what is known of the page: they are kept, and not folded into its history",
            "not closed: statements, since the page no longer reads as a roundup",
            "not closed: comments, since the page does not read as it did",
        ]

    def test_a_clock_that_has_jumped(self, archive: Archive) -> None:  # noqa: F811
        """Live visits come in their order, whatever the clock says; no version ends before it begins."""
        visit(archive, 0, day=5000)
        assert visit(archive, 1, EDITED, day=1) == [("edited", "statement", "Ann Lee")]
        assert visit(archive, 2, day=2) == [("edited", "statement", "Ann Lee")]

    def test_two_readings_in_one_second(self, archive: Archive) -> None:  # noqa: F811
        visit(archive)
        assert visit(archive, 1, EDITED, day=0) == [("edited", "statement", "Ann Lee")]
        assert rows(archive, "SELECT valid_from = valid_to FROM statement_version WHERE id = 1") == [(1,)]


class TestPapers:
    """What was left out, and how it was read."""

    def test_those_of_the_newest_reading(self, archive: Archive) -> None:  # noqa: F811
        visit(archive, 0, read(left_over=("odd",)))
        assert rows(archive, "SELECT rule, text FROM what_was_dropped") == [("structure/nav", "Home About"), ("left over", "odd")]
        visit(archive, 1, read(left_over=()))
        assert rows(archive, "SELECT rule, text FROM what_was_dropped") == [("structure/nav", "Home About")]

    def test_what_was_not_closed_is_noted(self, archive: Archive) -> None:  # noqa: F811
        visit(archive)
        visit(archive, 1, read(STATEMENTS[1:], left_over=(ANN,)))
        summary = archive.summary(URL)
        assert summary is not None
        assert summary.notes == ("not closed: statement by Ann Lee, since its words still stand on the page",)

    def test_a_page_that_is_no_roundup_is_kept_and_found(self, archive: Archive) -> None:  # noqa: F811
        parsed = read([], [], title="My harbour walk", verdict="not_roundup", article="We walked along the breakwater.\n\nIt rained.")
        assert visit(archive, 0, parsed) == [("added", "page", "My harbour walk")]
        (found,) = archive.search("breakwater")
        assert (found.item, found.label, found.now) == ("page", "My harbour walk", True)
        edited = replace(parsed, roundup=replace(parsed.roundup, article="We walked along the pier."))
        assert visit(archive, 1, edited) == [("edited", "page", "My harbour walk")]
        assert [found.now for found in archive.search("breakwater")] == [False]


DIRTY = "a\0b \ud83d \udc00 \U0001f600 \ufffe end of the story"


def test_text_that_sqlite_cannot_hold(archive: Archive) -> None:  # noqa: F811
    """JSON brings halves of characters and NULs; they are replaced, everywhere, and are no edit the next time."""
    parsed = read([said(DIRTY, DIRTY, titles=[(DIRTY, DIRTY)])], [wrote(DIRTY, DIRTY, DIRTY)], title=DIRTY, lede=DIRTY, left_over=(DIRTY,))
    parsed = replace(parsed, notes=(DIRTY,), verdict=replace(parsed.verdict, reasons=(DIRTY,)))
    assert len(visit(archive, 0, parsed, url=URL + DIRTY)) == 3
    assert visit(archive, 1, parsed, url=URL + DIRTY) == []
    assert rows(archive, "SELECT author FROM comment_version") == [("a\ufffdb ? ? \U0001f600 \ufffe end of the story",)]


def test_search_takes_anything(archive: Archive) -> None:  # noqa: F811
    """What a person types is words, never a query language; past words are found too."""
    visit(archive)
    visit(archive, 1, EDITED)
    assert [(found.label, found.now) for found in archive.search("progress headlines")] == [("Ann Lee", True), ("Ann Lee", False)]
    assert [found.item for found in archive.search("carpenters")] == ["comment"]
    found = [(one.label, one.now) for one in archive.search("kettlewick lecturer")]
    assert (sorted(found[:3]), found[3:]) == ([("Ann Lee", True), ("Bob Ray", True), ("Chen Wei", True)], [("Ann Lee", False)])
    for query in ('"', "AND", "progress NOT", "a*", "name:ann", "(", "NEAR/2", "-x", "\0", "", "'; DROP TABLE page; --", '"" ""', "^", "progress " * 100):
        archive.search(query)
    assert archive.search('"progress"', limit=1)[0].label == "Ann Lee"


def test_search_in_other_languages(archive: Archive) -> None:  # noqa: F811
    visit(archive, 0, read([said("José Martínez", "Habrá pocos avances en la cumbre.")]))
    assert [found.label for found in archive.search("jose avances")] == ["José Martínez"]


class TestVerify:
    """What is wrong is told, each in a sentence."""

    @pytest.mark.parametrize(
        ("harm", "sentence"),
        [
            ("DROP TRIGGER statement_version_text_stays; UPDATE statement_version SET text = 'forged'", "the search index does not agree"),
            ("UPDATE statement_version SET valid_from = '2030-01-01T00:00:00Z' WHERE id = 1", "two of its versions overlap|ends before it begins"),
            ("UPDATE statement_version SET version = 7 WHERE id = 1", "not numbered from 1"),
            ("UPDATE statement_version SET valid_to = '2031-01-01T00:00:00Z', ended = 'removed' WHERE valid_to IS NULL", "no entry in the change log tells of that"),
            ("DROP TRIGGER change_log_no_delete; DELETE FROM change_log WHERE item = 'comment'", "no entry in the change log tells of it"),
            ("INSERT INTO statement (label, page_id, key, position, place) VALUES ('x', 1, 'x', 1, '')", "it has no version"),
            ("DROP TRIGGER blob_data_no_update; UPDATE blob_data SET data = zeroblob(length(data))", "cannot be read"),
            ("DROP TRIGGER blob_data_no_update; UPDATE blob_data SET data = zeroblob(9)", "its size is not what it was"),
            ("DROP TRIGGER blob_data_no_delete; DELETE FROM blob_data", "its bytes are missing"),
            ("PRAGMA foreign_keys = OFF; UPDATE statement SET page_id = 99", "points to a row of page that is not there"),
        ],
    )
    def test_harm_is_found(self, tmp_path: Path, harm: str, sentence: str) -> None:
        path = tmp_path / "archive.db"
        with Archive.open(path) as archive:  # noqa: F811
            visit(archive)
            visit(archive, 1, EDITED)
            assert archive.verify(deep=True) == ()
        with sqlite3.connect(path) as db:
            db.executescript(harm)
        db.close()
        with Archive.open(path) as archive:
            found = archive.verify(deep=True)
        assert found != ()
        assert any(part in problem for problem in found for part in sentence.split("|"))

    def test_read_only(self, archive: Archive) -> None:  # noqa: F811
        visit(archive)
        with Archive.open(archive.path, read_only=True) as readable:
            assert readable.verify(deep=True) == ()


def test_a_page_as_of_a_day(archive: Archive) -> None:  # noqa: F811
    """Plain SQL asks what stood there then: half-open intervals, no gaps, no doubles."""
    visit(archive)
    visit(archive, 1, EDITED)
    visit(archive, 2, read(STATEMENTS[1:]))
    as_of = "SELECT text FROM statement_version WHERE valid_from <= ?1 AND (valid_to IS NULL OR valid_to > ?1) AND name = 'Ann Lee'"
    days = ("2019-02-26T09:59:59Z", "2019-02-26T10:00:00Z", "2019-02-27T09:59:59Z", "2019-02-27T10:00:00Z", "2019-02-28T10:00:00Z")
    assert [rows(archive, as_of, day) for day in days] == [[], [(ANN,)], [(ANN,)], [(EDITED.roundup.statements[0].text,)], []]


def known(archive: Archive, url: str = URL) -> Known:  # noqa: F811
    """The page's state out of the tables; what cannot be in a fold without them (who has gone stays) included."""
    with archive._file.reading() as conn:
        page = conn.execute("SELECT page_id FROM page_url WHERE url = ?", (url,)).fetchone()[0]
        return known_of(conn, page)


# ---- a blogger at work: a model that edits, and says what it did

PEOPLE = ("Ann Lee", "Bob Ray", "Chen Wei", "Dora Maar", "Emil Noll")
WORDS = "harbour tools trade year table again people border chisel summit lathe winter signed form spring shelf".split()
TEXTS = st.lists(st.sampled_from(WORDS), min_size=6, max_size=14).map(" ".join)
STEPS = st.tuples(
    st.sampled_from(["same", "edit", "retitle", "remove", "put", "shuffle", "title", "edit comment", "remove comment", "put comment", "404", "wall", "304"]),
    st.integers(0, 4),
    TEXTS,
)


@dataclass
class Blog:
    """One post, as its author has it; `said` and `written` by who speaks."""

    url: str
    title: str = "Title"
    said: dict[str, tuple[str, str]] = field(default_factory=dict)  #: name → role, text
    written: dict[str, str] = field(default_factory=dict)  #: reader → text
    last: dict[str, tuple[str, str]] = field(default_factory=dict)  #: of all who ever spoke: role and text, as last seen

    def do(self, step: tuple[str, int, str]) -> list[tuple[str, str, str]]:
        """Change the post; what should be found."""
        what, number, text = step
        name, reader = PEOPLE[number], f"reader {number}"
        if what == "edit" and name in self.said and self.said[name][1] != text:
            self.said[name] = (self.said[name][0], text)
            return [("edited", "statement", name)]
        if what == "retitle" and name in self.said and self.said[name][0] != text[:9]:
            self.said[name] = (text[:9], self.said[name][1])
            return [("retitled", "statement", name)]
        if what == "remove" and name in self.said and len(self.said) > 1:
            self.last[name] = self.said.pop(name)
            return [("removed", "statement", name)]
        if what == "put" and name not in self.said:
            self.said = {name: ("Chair", f"{name} says: {text}"), **self.said}
            return [(kind, "statement", name) for kind in self._came(name, *self.said[name])]
        if what == "shuffle":
            self.said = dict(sorted(self.said.items(), key=lambda item: item[1][1][number:]))
        if what == "title" and text[:20] != self.title:
            self.title = text[:20]
            return [("retitled", "page", self.title)]
        return self._comment(what, reader, text)

    def _comment(self, what: str, reader: str, text: str) -> list[tuple[str, str, str]]:
        if what == "edit comment" and reader in self.written and self.written[reader] != text:
            self.written[reader] = text
            return [("edited", "comment", reader)]
        if what == "remove comment" and reader in self.written:
            self.last[reader] = ("", self.written.pop(reader))
            return [("removed", "comment", reader)]
        if what == "put comment" and reader not in self.written:
            self.written[reader] = text
            return [(kind, "comment", reader) for kind in self._came(reader, "", text)]
        return []

    def _came(self, who: str, role: str, text: str) -> list[str]:
        """What somebody's coming is told as: new, or back, and then with what is otherwise than when it was last seen."""
        if who not in self.last:
            return ["added"]
        was_role, was_text = self.last[who]
        return ["restored", *(["edited"] if text != was_text else ["retitled"] if role != was_role else [])]

    def read(self) -> Parsed:
        statements: list[Statement] = [
            said(name, text, place, titles=[(role, "")], key=f"s{place}") for place, (name, (role, text)) in enumerate(self.said.items(), 1)
        ]
        comments = [wrote(reader, text, f"c-{reader}", when=f"2019-03-01T08:0{reader[-1]}") for reader, text in self.written.items()]
        return read(statements, comments, title=self.title, url=self.url, dropped=())


def blogs(number: int) -> list[Blog]:
    found = [Blog(f"https://blog.example/{n}/") for n in range(number)]
    for blog in found:
        blog.do(("put", 0, "the first word is mine"))
    return found


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """An empty archive to copy, since making one takes longer than filling it."""
    path = tmp_path_factory.mktemp("fresh") / "archive.db"
    Archive.open(path).close()
    yield path


def live(archive: Archive, posts: list[Blog], steps: list[tuple[int, tuple[str, int, str]]]) -> tuple[list[list[tuple[str, str, str]]], list[list[tuple[str, str, str]]]]:  # noqa: F811
    """Let the bloggers work and visit after each step: what was found, and what should have been."""
    found, expected, seen = [], [], set()
    for number, (which, step) in enumerate(steps):
        post = posts[which % len(posts)]
        did = post.do(step)
        if step[0] == "304" and post.url in seen:
            archive.note_not_modified(post.url, at=START + DAY * number)
            continue
        if step[0] == "404":
            from parsers.errors import BadStatus

            archive.note_failure(post.url, BadStatus(post.url, 404), at=START + DAY * number)
            continue
        page = capture(number, url=post.url)
        archive.keep(page)
        if step[0] == "wall" and post.url in seen:
            wall = read([], [], title="Just a moment", verdict="not_roundup", status="none", url=post.url, dropped=())
            found.append(told(archive.record(Bundle(page), wall, seen_at=page.fetched_at)))  # type: ignore[arg-type]
            expected.append([])
            continue
        changes = told(archive.record(Bundle(page), post.read(), seen_at=page.fetched_at))  # type: ignore[arg-type]
        assert archive.record(Bundle(page), post.read(), seen_at=page.fetched_at) == ()  # type: ignore[arg-type]
        if post.url in seen:  # of the first visit everything is new
            found.append(changes)
            expected.append(did)
        seen.add(post.url)
    return found, expected


LIVES = st.lists(st.tuples(st.integers(0, 1), STEPS), min_size=1, max_size=25)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(LIVES)
def test_exactly_what_the_bloggers_did(fresh: Path, tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[int, tuple[str, int, str]]]) -> None:
    """Any interleaving of two bloggers' edits, removals, returns, walls and failures: each is found, once, and nothing else."""
    path = tmp_path_factory.mktemp("life") / "archive.db"
    shutil.copy(fresh, path)
    posts = blogs(2)
    with Archive.open(path) as archive:  # noqa: F811
        found, expected = live(archive, posts, steps)
        assert found == expected
        assert archive.verify(deep=True) == ()
        for post in posts:
            if archive.summary(post.url):
                conserved(archive, post)


def conserved(archive: Archive, post: Blog) -> None:  # noqa: F811
    """As many versions as changes that made one (a return and an edit make one together); what is open is what the post says;
    its history replays to that."""
    entries = archive.history(post.url)
    made = Counter(item for _, item, _ in {(e.at, e.change.item, e.change.label) for e in entries if e.change.kind != "removed"})
    for item in ("page", "statement", "comment"):
        where = "v.page_id" if item == "page" else f"(SELECT page_id FROM {item} WHERE id = v.{item}_id)"
        versions = rows(archive, f"SELECT count(*) FROM {item}_version AS v JOIN page ON page.id = {where} WHERE page.url = ?", post.url)
        assert versions == [(made[item],)]
    texts: dict[tuple[str, str], str] = {}
    for entry in entries:
        change = entry.change
        if change.kind == "removed":
            del texts[change.item, change.label]
        elif change.kind != "retitled":
            texts[change.item, change.label] = change.after
    now = known(archive, post.url)
    assert {("statement", s.item.expert.name): s.item.text for s in now.statements if s.open} == {key: text for key, text in texts.items() if key[0] == "statement"}
    assert {("comment", c.item.author): c.item.text for c in now.comments if c.open} == {key: text for key, text in texts.items() if key[0] == "comment"}


def test_a_long_history_costs_no_more(archive: Archive) -> None:  # noqa: F811
    """The thousandth edit is as quick as the first: only the newest versions are looked at."""
    with archive._file.writing() as conn:
        steps: list[int] = []
        conn.set_progress_handler(lambda: steps.append(1) or 0, 1000)  # type: ignore[func-returns-value]
    spent = []
    for number in range(120):
        before = len(steps)
        visit(archive, number, read([said("Ann Lee", f"{ANN} {number}"), said("Bob Ray", f"{BOB} {number}", 2)]))
        spent.append(len(steps) - before)
    assert sum(spent[-20:]) < 2 * sum(spent[20:40]) + 20

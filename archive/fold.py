"""Write what a reading changes into the history of its page: close, open, and log, in the caller's transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

from parsers.model import Comment, Expert, Question, Statement

from .diff import PageText, Plan, Step
from .rows import Batch, as_json, first_words, insert, update
from .telling import titles
from .words import fold

T = TypeVar("T", Statement, Comment)
Row: TypeAlias = dict[str, object]
RowOf: TypeAlias = Callable[[sqlite3.Connection, T], Row]


@dataclass(frozen=True, slots=True)
class Moment:
    """The reading whose differences are written, and when and why they came."""

    page: int
    reading: int
    at: str
    cause: str
    run: int | None


def write(conn: sqlite3.Connection, plan: Plan, when: Moment) -> None:
    """Carry out a plan. Who names another row is written after it: items, their versions, who answers whom, and the log."""
    to, log = Batch(conn), Batch(conn)
    if plan.page != "same" and plan.page_now is not None:
        log.add("change_log", _page(to, plan.page, plan.page_now, when))
    questions = {question.key: _question(conn, question, when.page) for question in plan.questions}
    statements = [_statement(to, step, questions, when) for step in plan.statements]
    comments = [_comment(to, step, when) for step in plan.comments]
    for ref, answer in zip(statements, plan.statements, strict=True):
        if answer.kinds:
            _version(to, log, "statement", ref, answer, when, _statement_row)
    for ref, comment in zip(comments, plan.comments, strict=True):
        if comment.kinds:
            _version(to, log, "comment", ref, comment, when, _comment_row)
    to.write()
    _parents(conn, plan.comments, comments, when.page)
    log.write()


def order_of(conn: sqlite3.Connection, page: int) -> list[int]:
    """The open statements in the order of the page."""
    rows = conn.execute(
        "SELECT statement.id FROM statement JOIN statement_version ON statement_id = statement.id"
        " WHERE page_id = ? AND valid_to IS NULL ORDER BY position, statement.id",
        (page,),
    )
    return [row[0] for row in rows]


def _page(to: Batch, kind: str, now: PageText, when: Moment) -> Row:
    before = to.conn.execute(
        "SELECT id, version FROM page_version WHERE page_id = ? AND valid_to IS NULL", (when.page,)
    ).fetchone()
    if before:
        to.conn.execute("UPDATE page_version SET valid_to = ?, ended = 'edited' WHERE id = ?", (when.at, before[0]))
    number = before[1] + 1 if before else 1
    row = {
        "label": f"{first_words(now.title) or 'no title'} (version {number})", "page_id": when.page, "version": number,
        "title": now.title, "questions": as_json(now.questions), "lede": now.lede, "captions": as_json(now.captions),
        "editor": now.editor, "published_at": now.published_at, "tags": as_json(now.tags), "article": now.article,
        "reading_id": when.reading, "valid_from": when.at,
    }  # fmt: skip
    return _log(when, "page", kind, None, before[0] if before else None, to.add("page_version", row))


def _question(conn: sqlite3.Connection, question: Question, page: int) -> int:
    conn.execute(
        "INSERT INTO question (text, page_id, key, source) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (page_id, key) DO UPDATE SET text = excluded.text, source = excluded.source",
        (question.text, page, question.key, question.source),
    )
    return int(conn.execute("SELECT id FROM question WHERE page_id = ? AND key = ?", (page, question.key)).fetchone()[0])


def _statement(to: Batch, step: Step[Statement], questions: dict[str, int], when: Moment) -> int:
    """The statement's own row: made, or brought to where the page has it now; its id."""
    one = step.now
    if one is None:
        assert step.ref is not None
        return step.ref
    row = {
        "label": _label(one), "page_id": when.page, "expert_id": _expert(to.conn, one.expert),
        "question_id": questions.get(one.question), "key": one.key, "position": one.position, "place": one.place,
    }  # fmt: skip
    if step.ref is None:
        return to.add("statement", row)
    if step.before is None or step.kind != "same" or _place(step.before) != _place(one):
        update(to.conn, "statement", step.ref, row)
    return step.ref


def _place(one: Statement) -> tuple[object, ...]:
    return one.key, one.question, one.position, one.place


def _expert(conn: sqlite3.Connection, expert: Expert) -> int | None:
    """The person of this name. Whether two bylines with one name mean one person is not decided here."""
    key = fold(expert.name)
    if not key:
        return None
    row = conn.execute("SELECT id FROM expert WHERE name_key = ?", (key,)).fetchone()
    return int(row[0]) if row else insert(conn, "expert", {"name": expert.name, "name_key": key})


def _parents(conn: sqlite3.Connection, steps: tuple[Step[Comment], ...], refs: list[int], page: int) -> None:
    """Who answers whom: a reply may stand before what it replies to."""
    by_key = {step.now.key: ref for step, ref in zip(steps, refs, strict=True) if step.now is not None}
    parents = dict(conn.execute("SELECT id, parent_id FROM comment WHERE page_id = ?", (page,)))
    seen = set(by_key.values())
    for step, ref in zip(steps, refs, strict=True):
        parent = by_key.get(step.now.parent) if step.now else None
        # A thread outlives its parent: WordPress hangs the replies one level up, and that is not what their authors did.
        if parent not in (None, ref, parents[ref]) and (parents[ref] is None or parents[ref] in seen):
            conn.execute("UPDATE comment SET parent_id = ? WHERE id = ?", (parent, ref))


def _comment(to: Batch, step: Step[Comment], when: Moment) -> int:
    one = step.now
    if one is None:
        assert step.ref is not None
        return step.ref
    row = {
        "label": _label(one), "page_id": when.page, "key": one.key, "kind": one.kind, "posted_at": one.posted_at,
        "approximate": one.approximate, "permalink": one.permalink, "author_url": one.author_url,
    }  # fmt: skip
    if step.ref is None:
        return to.add("comment", row)
    if step.before is not None and step.before.posted_at and (one.approximate or not one.posted_at):
        del row["posted_at"], row["approximate"]  # "3 days ago" says less than what was said before
    row = {name: value for name, value in row.items() if value != ""}  # a theme that shows less takes nothing back
    if step.kind != "same" or step.before != one:
        update(to.conn, "comment", step.ref, row)
    return step.ref


def _version(to: Batch, log: Batch, item: str, ref: int, step: Step[T], when: Moment, row_of: RowOf[T]) -> None:
    """Close the item's newest version and open the next; a row in the log for each change that this is."""
    table = f"{item}_version"
    before = None
    if step.ref is not None:
        select = f"SELECT id, version, valid_to FROM {table} WHERE {item}_id = ? ORDER BY version DESC LIMIT 1"
        before = to.conn.execute(select, (ref,)).fetchone()
    if before and before[2] is None:
        ended = "removed" if step.now is None else "edited"
        to.conn.execute(f"UPDATE {table} SET valid_to = ?, ended = ? WHERE id = ?", (when.at, ended, before[0]))
    after = None
    if step.now is not None:
        number = before[1] + 1 if before else 1
        row = row_of(to.conn, step.now)
        row |= {"version": number, "reading_id": when.reading, "valid_from": when.at, f"{item}_id": ref}
        after = to.add(table, row | {"label": f"{row['label']} (version {number})"})
        if isinstance(step.now, Statement):
            _positions(to, after, row["expert_id"], step.now)
    for kind in step.kinds:
        log.add("change_log", _log(when, item, kind, ref, before[0] if before else None, after))


def _statement_row(conn: sqlite3.Connection, one: Statement) -> Row:
    expert = one.expert
    return {
        "label": _label(one), "expert_id": _expert(conn, expert), "name": expert.name, "honorific": expert.honorific,
        "titles": titles(expert.positions), "text": one.text, "byline": expert.byline, "how": expert.how,
        "expert_url": expert.url, "links": as_json([[link.text, link.href] for link in one.links]),
        "words": len(one.text.split()),
    }  # fmt: skip


def _comment_row(_: sqlite3.Connection, one: Comment) -> Row:
    return {"label": _label(one), "author": one.author, "title": one.title, "text": one.text}


def _label(one: Statement | Comment) -> str:
    who = one.expert.name if isinstance(one, Statement) else one.author
    return f"{first_words(who) or 'no name'}: {first_words(one.text)}"


def _positions(to: Batch, version: int, expert: object, one: Statement) -> None:
    for place, position in enumerate(one.expert.positions, 1):
        row = {"statement_version_id": version, "place": place, "expert_id": expert}
        to.add("position", row | {"role": position.role, "affiliation": position.affiliation})


def _log(when: Moment, item: str, kind: str, ref: int | None, before: int | None, after: int | None) -> Row:
    return {
        "at": when.at, "page_id": when.page, "item": item, "kind": kind, "cause": when.cause,
        "statement_id": ref if item == "statement" else None, "comment_id": ref if item == "comment" else None,
        "before_id": before, "after_id": after, "reading_id": when.reading, "run_id": when.run,
    }  # fmt: skip

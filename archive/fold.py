"""Write what a reading changes into the history of its page: close, open, and log, in the caller's transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

from parsers.model import Comment, Expert, Question, Statement

from .diff import PageText, Plan, Step
from .rows import as_json, first_words, insert, update
from .telling import titles
from .words import fold

T = TypeVar("T", Statement, Comment)
RowOf: TypeAlias = Callable[[sqlite3.Connection, T], dict[str, object]]


@dataclass(frozen=True, slots=True)
class Moment:
    """The reading whose differences are written, and when and why they came."""

    page: int
    reading: int
    at: str
    cause: str
    run: int | None


def write(conn: sqlite3.Connection, plan: Plan, when: Moment) -> None:
    """Carry out a plan."""
    if plan.page != "same" and plan.page_now is not None:
        _page(conn, plan.page, plan.page_now, when)
    questions = {question.key: _question(conn, question, when.page) for question in plan.questions}
    for step in plan.statements:
        ref = _statement(conn, step, questions, when)
        if step.kind != "same":
            _version(conn, "statement", ref, step, when, _statement_row)
    _comments(conn, plan.comments, when)


def order_of(conn: sqlite3.Connection, page: int) -> list[int]:
    """The open statements in the order of the page."""
    rows = conn.execute(
        "SELECT statement.id FROM statement JOIN statement_version ON statement_id = statement.id"
        " WHERE page_id = ? AND valid_to IS NULL ORDER BY position, statement.id",
        (page,),
    )
    return [row[0] for row in rows]


def _page(conn: sqlite3.Connection, kind: str, now: PageText, when: Moment) -> None:
    before = conn.execute(
        "SELECT id, version FROM page_version WHERE page_id = ? AND valid_to IS NULL", (when.page,)
    ).fetchone()
    if before:
        conn.execute("UPDATE page_version SET valid_to = ?, ended = 'edited' WHERE id = ?", (when.at, before[0]))
    number = before[1] + 1 if before else 1
    row = {
        "label": f"{first_words(now.title) or 'no title'} (version {number})", "page_id": when.page, "version": number,
        "title": now.title, "questions": as_json(now.questions), "lede": now.lede, "captions": as_json(now.captions),
        "editor": now.editor, "published_at": now.published_at, "tags": as_json(now.tags), "article": now.article,
        "reading_id": when.reading, "valid_from": when.at,
    }  # fmt: skip
    _log(conn, when, "page", kind, None, before[0] if before else None, insert(conn, "page_version", row))


def _question(conn: sqlite3.Connection, question: Question, page: int) -> int:
    conn.execute(
        "INSERT INTO question (text, page_id, key, source) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (page_id, key) DO UPDATE SET text = excluded.text, source = excluded.source",
        (question.text, page, question.key, question.source),
    )
    return int(conn.execute("SELECT id FROM question WHERE page_id = ? AND key = ?", (page, question.key)).fetchone()[0])


def _statement(conn: sqlite3.Connection, step: Step[Statement], questions: dict[str, int], when: Moment) -> int:
    """The statement's own row: made, or brought to where the page has it now; its id."""
    one = step.now
    if one is None:
        assert step.ref is not None
        return step.ref
    row = {
        "label": _label(one), "page_id": when.page, "expert_id": _expert(conn, one.expert),
        "question_id": questions.get(one.question), "key": one.key, "position": one.position, "place": one.place,
    }  # fmt: skip
    if step.ref is None:
        return insert(conn, "statement", row)
    if step.before is None or step.kind != "same" or _place(step.before) != _place(one):
        update(conn, "statement", step.ref, row)
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


def _comments(conn: sqlite3.Connection, steps: tuple[Step[Comment], ...], when: Moment) -> None:
    """Rows first, then who answers whom, since a reply may stand before what it replies to."""
    refs = [_comment(conn, step, when) for step in steps]
    by_key = {step.now.key: ref for step, ref in zip(steps, refs, strict=True) if step.now is not None}
    parents = dict(conn.execute("SELECT id, parent_id FROM comment WHERE page_id = ?", (when.page,)))
    seen = set(by_key.values())
    for step, ref in zip(steps, refs, strict=True):
        parent = by_key.get(step.now.parent) if step.now else None
        # A thread outlives its parent: WordPress hangs the replies one level up, and that is not what their authors did.
        if parent not in (None, ref, parents[ref]) and (parents[ref] is None or parents[ref] in seen):
            conn.execute("UPDATE comment SET parent_id = ? WHERE id = ?", (parent, ref))
        if step.kind != "same":
            _version(conn, "comment", ref, step, when, _comment_row)


def _comment(conn: sqlite3.Connection, step: Step[Comment], when: Moment) -> int:
    one = step.now
    if one is None:
        assert step.ref is not None
        return step.ref
    row = {
        "label": _label(one), "page_id": when.page, "key": one.key, "kind": one.kind, "posted_at": one.posted_at,
        "approximate": one.approximate, "permalink": one.permalink, "author_url": one.author_url,
    }  # fmt: skip
    if step.ref is None:
        return insert(conn, "comment", row)
    if step.before is not None and step.before.posted_at and (one.approximate or not one.posted_at):
        del row["posted_at"], row["approximate"]  # "3 days ago" says less than what was said before
    row = {name: value for name, value in row.items() if value != ""}  # a theme that shows less takes nothing back
    if step.kind != "same" or step.before != one:
        update(conn, "comment", step.ref, row)
    return step.ref


def _version(conn: sqlite3.Connection, item: str, ref: int, step: Step[T], when: Moment, row_of: RowOf[T]) -> None:
    """Close the item's newest version, open the next, and log the step."""
    table = f"{item}_version"
    before = None
    if step.ref is not None:
        select = f"SELECT id, version, valid_to FROM {table} WHERE {item}_id = ? ORDER BY version DESC LIMIT 1"
        before = conn.execute(select, (ref,)).fetchone()
    if before and before[2] is None:
        ended = "removed" if step.now is None else "edited"
        conn.execute(f"UPDATE {table} SET valid_to = ?, ended = ? WHERE id = ?", (when.at, ended, before[0]))
    after = None
    if step.now is not None:
        number = before[1] + 1 if before else 1
        row = row_of(conn, step.now) | {"version": number, "reading_id": when.reading, "valid_from": when.at, f"{item}_id": ref}
        after = insert(conn, table, row | {"label": f"{row['label']} (version {number})"})
        if isinstance(step.now, Statement):
            _positions(conn, after, row["expert_id"], step.now)
    _log(conn, when, item, step.kind, ref, before[0] if before else None, after)


def _statement_row(conn: sqlite3.Connection, one: Statement) -> dict[str, object]:
    expert = one.expert
    return {
        "label": _label(one), "expert_id": _expert(conn, expert), "name": expert.name, "honorific": expert.honorific,
        "titles": titles(expert.positions), "text": one.text, "byline": expert.byline, "how": expert.how,
        "expert_url": expert.url, "links": as_json([[link.text, link.href] for link in one.links]),
        "words": len(one.text.split()),
    }  # fmt: skip


def _comment_row(_: sqlite3.Connection, one: Comment) -> dict[str, object]:
    return {"label": _label(one), "author": one.author, "title": one.title, "text": one.text}


def _label(one: Statement | Comment) -> str:
    who = one.expert.name if isinstance(one, Statement) else one.author
    return f"{first_words(who) or 'no name'}: {first_words(one.text)}"


def _positions(conn: sqlite3.Connection, version: int, expert: object, one: Statement) -> None:
    for place, position in enumerate(one.expert.positions, 1):
        conn.execute(
            "INSERT INTO position (statement_version_id, place, expert_id, role, affiliation) VALUES (?, ?, ?, ?, ?)",
            (version, place, expert, position.role, position.affiliation),
        )


def _log(
    conn: sqlite3.Connection, when: Moment, item: str, kind: str, ref: int | None, before: int | None, after: int | None
) -> None:
    row = {
        "at": when.at, "page_id": when.page, "item": item, "kind": kind, "cause": when.cause,
        "statement_id": ref if item == "statement" else None, "comment_id": ref if item == "comment" else None,
        "before_id": before, "after_id": after, "reading_id": when.reading, "run_id": when.run,
    }  # fmt: skip
    insert(conn, "change_log", row)

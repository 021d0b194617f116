"""What `ingest parse --json` prints: a public contract (docs/json.md, docs/parse.schema.json). Pure.

Keys are only ever added. Absent facts are null or empty, never guessed.
"""

from __future__ import annotations

import json
from typing import Any

from parsers import Comment, Expert, Parsed, Statement
from parsers.model import Words


def document(source: str, parsed: Parsed) -> dict[str, Any]:
    """One page as a JSON-able dict; `source` is the path or address as it was given."""
    page, words = parsed.roundup, parsed.words
    questions = [question for question in page.questions if question.text]  # a page without a title may ask nothing at all
    keys = {question.key for question in questions}
    return {
        **head(source, parsed),
        "article": page.article or None,
        "question": questions[0].text if questions else None,
        "questions": [{"key": question.key, "text": question.text} for question in questions],
        "lede": page.lede or None,
        "captions": list(page.captions),
        "editor": page.editor or None,
        "published_at": page.published_at or None,
        "language": page.language or None,
        "platform": page.platform or None,
        "tags": list(page.tags),
        "statements": [_statement(statement, keys) for statement in page.statements],
        "comments": [_comment(comment) for comment in page.comments],
        "comments_status": page.comments_status,
        "dropped": [{"rule": dropped.rule, "text": dropped.text} for dropped in parsed.dropped],
        "leftover": list(parsed.left_over),
        "notes": list(parsed.notes),
        "words": sums(words) | {"left_in_article": words.left_in_article},
        "parser": parsed.parser,
    }


def head(source: str, parsed: Parsed) -> dict[str, Any]:
    """What every document about a page begins with: which page it is, and whether it is a roundup."""
    page, verdict = parsed.roundup, parsed.verdict
    return {
        "source": source,
        "url": page.url if page.url and not page.url.startswith("file:") else None,
        "title": page.title or None,
        "verdict": {
            "kind": verdict.kind,
            "confidence": round(verdict.confidence, 4),
            "reasons": list(verdict.reasons),
        },
    }


def sums(words: Words) -> dict[str, int]:
    """The page's words by their fate; the last three add up to the first."""
    return {"visible": words.visible, "claimed": words.claimed, "dropped": words.dropped, "left_over": words.left_over}


#: What a site's fixture holds: the facts that a person can check against the page.
_CHECKED = ("title", "verdict", "question", "questions", "lede", "captions", "editor", "published_at", "statements")


def answer_of(parsed: Parsed) -> dict[str, Any]:
    """The part of a document that a fixture's expected.json holds; of the verdict, only its kind."""
    whole = document("", parsed)
    return {key: whole[key] for key in _CHECKED} | {"verdict": parsed.verdict.kind}


def failure(source: str, error: str) -> dict[str, str]:
    """The line of a page that cannot be read."""
    return {"source": source, "error": error}


def line(document: dict[str, Any]) -> str:
    """One JSON document on one line. Half surrogate pairs, which UTF-8 cannot hold, are replaced."""
    return json.dumps(document, ensure_ascii=False).encode("utf-8", "replace").decode()


def _statement(statement: Statement, questions: set[str]) -> dict[str, Any]:
    return {
        "key": statement.key,
        "position": statement.position,
        "question": statement.question if statement.question in questions else None,
        "byline": statement.expert.byline or None,
        "expert": _expert(statement.expert),
        "text": statement.text,
    }


def _expert(expert: Expert) -> dict[str, Any]:
    return {
        "name": expert.name,
        "honorific": expert.honorific or None,
        "url": expert.url or None,
        "positions": [{"role": place.role or None, "affiliation": place.affiliation or None} for place in expert.positions],
    }


def _comment(comment: Comment) -> dict[str, Any]:
    return {
        "id": comment.key,
        "parent": comment.parent or None,
        "kind": comment.kind,
        "author": comment.author or None,
        "author_url": comment.author_url or None,
        "posted_at": comment.posted_at or None,
        "permalink": comment.permalink or None,
        "text": comment.text,
    }

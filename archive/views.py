"""The views: questions that people ask of the archive, as SQL. Loaded by `schema`, described by `browse`.

What a person reads comes first in each, the ids to go on with last.
"""

from __future__ import annotations

from collections.abc import Sequence

_ROUNDUPS = """
SELECT p.title, p.host, p.verdict, p.language,
  (SELECT count(*) FROM statement AS s JOIN statement_version AS v ON v.statement_id = s.id
    WHERE s.page_id = p.id AND v.valid_to IS NULL) AS statements,
  (SELECT count(*) FROM comment AS c JOIN comment_version AS v ON v.comment_id = c.id
    WHERE c.page_id = p.id AND v.valid_to IS NULL) AS comments,
  p.comments_status, v.published_at, p.first_seen_at,
  (SELECT max(f.at) FROM fetch AS f WHERE f.page_id = p.id AND f.outcome <> 'error') AS last_seen_at,
  (SELECT max(c.at) FROM change_log AS c WHERE c.page_id = p.id AND c.cause <> 'parser' AND c.at > p.first_seen_at)
    AS last_change_at,
  p.url, p.id AS page_id
FROM page AS p LEFT JOIN page_version AS v ON v.page_id = p.id AND v.valid_to IS NULL
WHERE EXISTS (SELECT 1 FROM statement AS s WHERE s.page_id = p.id)"""

_OTHER_PAGES = """
SELECT p.title, p.host, coalesce(p.verdict, 'not read') AS verdict, p.confidence, v.editor, v.published_at, v.article,
  p.comments_status, p.url, p.id AS page_id, v.id AS version_id
FROM page AS p LEFT JOIN page_version AS v ON v.page_id = p.id AND v.valid_to IS NULL
WHERE NOT EXISTS (SELECT 1 FROM statement AS s WHERE s.page_id = p.id)"""

_STATEMENTS_NOW = """
SELECT v.name AS expert, v.titles, v.text, q.text AS question, p.title AS page, p.host, v.valid_from AS since, v.version,
  v.words, s.id AS statement_id, v.expert_id, p.id AS page_id, v.id AS version_id
FROM statement_version AS v JOIN statement AS s ON s.id = v.statement_id JOIN page AS p ON p.id = s.page_id
  LEFT JOIN question AS q ON q.id = s.question_id
WHERE v.valid_to IS NULL"""

_REMOVED_STATEMENTS = """
SELECT v.name AS expert, v.titles, v.text, p.title AS page,
  (SELECT max(f.at) FROM fetch AS f WHERE f.page_id = p.id AND f.at < v.valid_to AND f.outcome <> 'error') AS last_seen_at,
  v.valid_to AS missing_at, c.cause, s.id AS statement_id, v.expert_id, p.id AS page_id
FROM statement AS s JOIN page AS p ON p.id = s.page_id
  JOIN statement_version AS v ON v.statement_id = s.id
    AND v.version = (SELECT max(version) FROM statement_version WHERE statement_id = s.id)
  JOIN change_log AS c ON c.statement_id = s.id AND c.before_id = v.id AND c.kind = 'removed'
WHERE v.ended = 'removed'"""

_COMMENTS_NOW = """
SELECT v.author, v.text, c.posted_at, c.kind, above.author AS answers, p.title AS page, p.host, v.version, c.permalink,
  c.id AS comment_id, c.parent_id AS answers_comment_id, p.id AS page_id, v.id AS version_id
FROM comment_version AS v JOIN comment AS c ON c.id = v.comment_id JOIN page AS p ON p.id = c.page_id
  LEFT JOIN comment_version AS above ON above.comment_id = c.parent_id
    AND above.version = (SELECT max(version) FROM comment_version WHERE comment_id = c.parent_id)
WHERE v.valid_to IS NULL"""

_REMOVED_COMMENTS = """
SELECT v.author, v.text, c.posted_at, p.title AS page,
  (SELECT max(f.at) FROM fetch AS f WHERE f.page_id = p.id AND f.at < v.valid_to AND f.outcome <> 'error') AS last_seen_at,
  v.valid_to AS missing_at, c.id AS comment_id, p.id AS page_id
FROM comment AS c JOIN page AS p ON p.id = c.page_id
  JOIN comment_version AS v ON v.comment_id = c.id
    AND v.version = (SELECT max(version) FROM comment_version WHERE comment_id = c.id)
WHERE v.ended = 'removed'"""

_EXPERTS = """
SELECT e.name,
  (SELECT v.titles FROM statement_version AS v WHERE v.expert_id = e.id ORDER BY v.valid_from DESC, v.id DESC LIMIT 1)
    AS last_called,
  count(DISTINCT s.id) AS statements, count(DISTINCT s.page_id) AS pages, min(v.valid_from) AS first_seen_at,
  max(v.valid_from) AS last_new_words_at, e.id AS expert_id
FROM expert AS e JOIN statement_version AS v ON v.expert_id = e.id JOIN statement AS s ON s.id = v.statement_id
GROUP BY e.id"""



def _differing(side: str, item: str, parts: Sequence[str]) -> str:
    """Those parts of a version that are another in the version on the other side, a blank line between; as `telling` has them.

    `side` is b for before or a for after; `{}` in a part stands for the version.
    """
    here = (part.format(f"{item}{side}") for part in parts)
    pairs = ((part.format(f"{item}b"), part.format(f"{item}a")) for part in parts)
    told = (
        f"iif({before} <> {after} AND {one} <> '', char(10, 10) || {one}, '')"
        for one, (before, after) in zip(here, pairs, strict=True)
    )
    return f"substr({' || '.join(told)}, 3)"


_LINKS = (
    "coalesce((SELECT group_concat('[' || json_extract(value, '$[0]') || '] ' || json_extract(value, '$[1]'), char(10))"
    " FROM json_each({0}.links)), '')"
)
_STATEMENT_PARTS = ("{0}.name", "trim({0}.honorific || '; ' || {0}.titles, '; ')", "{0}.text", _LINKS)
_COMMENT_PARTS = ("{0}.author", "{0}.title", "{0}.text")
_LISTED = "'{name}: ' || coalesce((SELECT group_concat(value, ' / ') FROM json_each({{0}}.{name})), '')"
_PAGE_PARTS = tuple(
    _LISTED.format(name=name) if name in ("questions", "captions", "tags") else f"'{name}: ' || {{0}}.{name}"
    for name in ("title", "questions", "lede", "captions", "editor", "published_at", "tags", "article")
)


def _words(side: str) -> str:
    """What a row of `changes` says on one side: of what came, went or returned its words, else what is another."""
    return f"""CASE
    WHEN c.kind NOT IN ('edited', 'retitled', 'reattributed') THEN coalesce(s{side}.text, c{side}.text, p{side}.title)
    WHEN c.item = 'statement' THEN {_differing(side, "s", _STATEMENT_PARTS)}
    WHEN c.item = 'comment' THEN {_differing(side, "c", _COMMENT_PARTS)}
    WHEN c.kind = 'retitled' THEN p{side}.title
    ELSE {_differing(side, "p", _PAGE_PARTS)} END"""


_CHANGES = f"""
SELECT c.at, c.kind, c.item, coalesce(sa.name, sb.name, ca.author, cb.author, pa.title) AS who, p.title AS page,
  {_words("b")} AS before,
  {_words("a")} AS after, c.cause,
  c.id AS change_id, c.statement_id, c.comment_id, c.page_id, r.capture_id, c.run_id
FROM change_log AS c JOIN page AS p ON p.id = c.page_id JOIN reading AS r ON r.id = c.reading_id
  LEFT JOIN statement_version AS sb ON c.item = 'statement' AND sb.id = c.before_id
  LEFT JOIN statement_version AS sa ON c.item = 'statement' AND sa.id = c.after_id
  LEFT JOIN comment_version AS cb ON c.item = 'comment' AND cb.id = c.before_id
  LEFT JOIN comment_version AS ca ON c.item = 'comment' AND ca.id = c.after_id
  LEFT JOIN page_version AS pb ON c.item = 'page' AND pb.id = c.before_id
  LEFT JOIN page_version AS pa ON c.item = 'page' AND pa.id = c.after_id"""

_DROPPED = """
SELECT coalesce(d.rule, 'left over') AS rule, d.text, d.place, p.title AS page, p.host,
  p.id AS page_id
FROM dropped AS d JOIN page AS p ON p.id = d.page_id"""

_PAGE_HISTORY = """
SELECT coalesce(p.title, f.url) AS page, f.at, f.outcome, f.status, f.error,
  (SELECT count(*) FROM change_log AS c JOIN reading AS r ON r.id = c.reading_id
    WHERE f.outcome = 'captured' AND r.capture_id = f.capture_id AND c.cause <> 'parser') AS changes,
  f.bytes, f.id AS fetch_id, f.capture_id, f.page_id, f.run_id
FROM fetch AS f LEFT JOIN page AS p ON p.id = f.page_id"""

_HEALTH = """
SELECT p.host, count(*) AS pages,
  (SELECT max(f.at) FROM fetch AS f JOIN page AS q ON q.id = f.page_id WHERE q.host = p.host AND f.outcome <> 'error')
    AS last_answer_at,
  (SELECT f.at FROM fetch AS f JOIN page AS q ON q.id = f.page_id WHERE q.host = p.host AND f.outcome = 'error'
    ORDER BY f.id DESC LIMIT 1) AS last_failure_at,
  (SELECT f.error FROM fetch AS f JOIN page AS q ON q.id = f.page_id WHERE q.host = p.host AND f.outcome = 'error'
    ORDER BY f.id DESC LIMIT 1) AS last_failure,
  sum(p.reading_id IS NULL) AS never_read,
  sum(p.verdict = 'not_roundup' AND EXISTS (SELECT 1 FROM statement AS s WHERE s.page_id = p.id)) AS no_longer_read_as_roundup
FROM page AS p GROUP BY p.host"""

#: name → SELECT, in an order in which each may use those before it.
VIEWS: dict[str, str] = {
    "roundups": _ROUNDUPS,
    "statements_now": _STATEMENTS_NOW,
    "experts": _EXPERTS,
    "comments_now": _COMMENTS_NOW,
    "changes": _CHANGES,
    "removed_statements": _REMOVED_STATEMENTS,
    "removed_comments": _REMOVED_COMMENTS,
    "other_pages": _OTHER_PAGES,
    "what_was_dropped": _DROPPED,
    "page_history": _PAGE_HISTORY,
    "health": _HEALTH,
}

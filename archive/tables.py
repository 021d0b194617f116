"""The tables, as SQL. What each is for is told to people in `docs/archive.md` and in `browse/`.

Three kinds: evidence (run to fetch), claims (parser to dropped), and history (page_version to change_log), which is derived
from both. Times are ISO 8601, UTC, to the second; intervals are half open.
"""

from __future__ import annotations

APPLICATION_ID = 0x524E4455  #: "RNDU": by this `file` and we tell our archives from other SQLite files
NEWEST = 5  #: `PRAGMA user_version` after all migrations (`schema.py`)

EVIDENCE = """
CREATE TABLE run (
  id INTEGER PRIMARY KEY, label TEXT NOT NULL, command TEXT NOT NULL,
  started_at TEXT NOT NULL, ended_at TEXT, status TEXT NOT NULL DEFAULT 'running',
  pid INTEGER, host TEXT, counts TEXT
) STRICT;
CREATE TABLE page (
  id INTEGER PRIMARY KEY, title TEXT NOT NULL, url TEXT NOT NULL, host TEXT NOT NULL,
  verdict TEXT, confidence REAL, comments_status TEXT, platform TEXT, language TEXT,
  first_seen_at TEXT, read_at TEXT, reading_id INTEGER REFERENCES reading(id), etag TEXT, last_modified TEXT
) STRICT;
CREATE INDEX page_host ON page(host);
CREATE TABLE page_url (
  key TEXT PRIMARY KEY, page_id INTEGER NOT NULL REFERENCES page(id), url TEXT NOT NULL,
  reason TEXT NOT NULL CHECK (reason IN ('own', 'redirect', 'canonical', 'elsewhere'))
) STRICT, WITHOUT ROWID;
CREATE INDEX page_url_page ON page_url(page_id);

CREATE TABLE blob (
  id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, size INTEGER NOT NULL,
  codec TEXT NOT NULL, base_id INTEGER REFERENCES blob(id), stored_size INTEGER NOT NULL,
  CHECK ((codec = 'zstd-patch') = (base_id IS NOT NULL))
) STRICT;
CREATE INDEX blob_base ON blob(base_id) WHERE base_id IS NOT NULL;
CREATE TABLE blob_data (blob_id INTEGER PRIMARY KEY REFERENCES blob(id), data BLOB NOT NULL) STRICT;
CREATE TABLE header_set (id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, headers TEXT NOT NULL) STRICT;
CREATE TABLE capture (
  id INTEGER PRIMARY KEY, label TEXT NOT NULL, page_id INTEGER REFERENCES page(id), role TEXT NOT NULL,
  url TEXT NOT NULL, url_key TEXT NOT NULL, final_url TEXT NOT NULL, captured_at TEXT, approximate INTEGER NOT NULL,
  status INTEGER NOT NULL, origin TEXT NOT NULL, blob_id INTEGER NOT NULL REFERENCES blob(id),
  header_set_id INTEGER REFERENCES header_set(id), header_values TEXT NOT NULL, ignored_robots INTEGER NOT NULL
) STRICT;
CREATE INDEX capture_page ON capture(page_id, role);
CREATE INDEX capture_key ON capture(url_key, role);
CREATE TABLE fetch (
  id INTEGER PRIMARY KEY, page_id INTEGER REFERENCES page(id), run_id INTEGER REFERENCES run(id), at TEXT,
  outcome TEXT NOT NULL CHECK (outcome IN ('captured', 'same-bytes', 'not-modified', 'error')),
  status INTEGER, capture_id INTEGER REFERENCES capture(id), bytes INTEGER,
  url TEXT, error_kind TEXT, error TEXT, later INTEGER, ignored_robots INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX fetch_page ON fetch(page_id, at);
"""

CLAIMS = """
CREATE TABLE parser (id INTEGER PRIMARY KEY, label TEXT NOT NULL UNIQUE, first_used_at TEXT NOT NULL) STRICT;
CREATE TABLE reading (
  id INTEGER PRIMARY KEY, label TEXT NOT NULL, page_id INTEGER NOT NULL REFERENCES page(id),
  capture_id INTEGER NOT NULL REFERENCES capture(id), parser_id INTEGER NOT NULL REFERENCES parser(id),
  run_id INTEGER REFERENCES run(id), at TEXT NOT NULL,
  cause TEXT NOT NULL CHECK (cause IN ('page', 'parser', 'either')), folded INTEGER NOT NULL, notes TEXT NOT NULL,
  verdict TEXT NOT NULL, confidence REAL NOT NULL, reasons TEXT NOT NULL, comments_status TEXT NOT NULL,
  statements INTEGER NOT NULL, comments INTEGER NOT NULL, statement_order TEXT NOT NULL,
  words INTEGER NOT NULL, words_claimed INTEGER NOT NULL, words_dropped INTEGER NOT NULL, words_left_over INTEGER NOT NULL,
  content_sha256 TEXT NOT NULL, papers_sha256 TEXT NOT NULL
) STRICT;
CREATE INDEX reading_page ON reading(page_id);
CREATE INDEX reading_capture ON reading(capture_id);
CREATE TABLE reading_extra (
  reading_id INTEGER NOT NULL REFERENCES reading(id), place INTEGER NOT NULL,
  capture_id INTEGER NOT NULL REFERENCES capture(id), PRIMARY KEY (reading_id, place)
) STRICT, WITHOUT ROWID;
CREATE TABLE dropped (
  id INTEGER PRIMARY KEY, page_id INTEGER NOT NULL REFERENCES page(id), place INTEGER NOT NULL, rule TEXT, text TEXT NOT NULL
) STRICT;
CREATE INDEX dropped_page ON dropped(page_id);
CREATE INDEX dropped_rule ON dropped(rule);
"""

HISTORY = """
CREATE TABLE page_version (
  id INTEGER PRIMARY KEY, label TEXT NOT NULL, page_id INTEGER NOT NULL REFERENCES page(id), version INTEGER NOT NULL,
  title TEXT NOT NULL, questions TEXT NOT NULL, lede TEXT NOT NULL, captions TEXT NOT NULL, editor TEXT NOT NULL,
  published_at TEXT NOT NULL, tags TEXT NOT NULL, article TEXT NOT NULL,
  reading_id INTEGER NOT NULL REFERENCES reading(id), valid_from TEXT NOT NULL, valid_to TEXT,
  ended TEXT CHECK (ended IN ('edited')), UNIQUE (page_id, version), CHECK ((valid_to IS NULL) = (ended IS NULL))
) STRICT;
CREATE TABLE question (
  id INTEGER PRIMARY KEY, text TEXT NOT NULL, page_id INTEGER NOT NULL REFERENCES page(id), key TEXT NOT NULL,
  source TEXT NOT NULL, UNIQUE (page_id, key)
) STRICT;
CREATE TABLE expert (id INTEGER PRIMARY KEY, name TEXT NOT NULL, name_key TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE statement (
  id INTEGER PRIMARY KEY, label TEXT NOT NULL, page_id INTEGER NOT NULL REFERENCES page(id),
  expert_id INTEGER REFERENCES expert(id), question_id INTEGER REFERENCES question(id), key TEXT NOT NULL,
  position INTEGER NOT NULL, place TEXT NOT NULL
) STRICT;
CREATE INDEX statement_page ON statement(page_id);
CREATE INDEX statement_expert ON statement(expert_id);
CREATE INDEX statement_question ON statement(question_id);
CREATE TABLE statement_version (
  id INTEGER PRIMARY KEY, label TEXT NOT NULL, statement_id INTEGER NOT NULL REFERENCES statement(id),
  version INTEGER NOT NULL, expert_id INTEGER REFERENCES expert(id), name TEXT NOT NULL, honorific TEXT NOT NULL,
  titles TEXT NOT NULL, text TEXT NOT NULL,
  byline TEXT NOT NULL, how TEXT NOT NULL, expert_url TEXT NOT NULL, links TEXT NOT NULL, words INTEGER NOT NULL,
  reading_id INTEGER NOT NULL REFERENCES reading(id), valid_from TEXT NOT NULL, valid_to TEXT,
  ended TEXT CHECK (ended IN ('edited', 'removed')),
  UNIQUE (statement_id, version), CHECK ((valid_to IS NULL) = (ended IS NULL))
) STRICT;
CREATE UNIQUE INDEX statement_open ON statement_version(statement_id) WHERE valid_to IS NULL;
CREATE INDEX statement_version_expert ON statement_version(expert_id);
CREATE TABLE position (
  id INTEGER PRIMARY KEY, statement_version_id INTEGER NOT NULL REFERENCES statement_version(id), place INTEGER NOT NULL,
  expert_id INTEGER REFERENCES expert(id), role TEXT NOT NULL, affiliation TEXT NOT NULL
) STRICT;
CREATE INDEX position_version ON position(statement_version_id);
CREATE INDEX position_expert ON position(expert_id);
CREATE INDEX position_affiliation ON position(affiliation);
CREATE TABLE comment (
  id INTEGER PRIMARY KEY, label TEXT NOT NULL, page_id INTEGER NOT NULL REFERENCES page(id),
  parent_id INTEGER REFERENCES comment(id), key TEXT NOT NULL, kind TEXT NOT NULL, posted_at TEXT NOT NULL,
  approximate INTEGER NOT NULL, permalink TEXT NOT NULL, author_url TEXT NOT NULL
) STRICT;
CREATE INDEX comment_page ON comment(page_id);
CREATE INDEX comment_parent ON comment(parent_id);
CREATE TABLE comment_version (
  id INTEGER PRIMARY KEY, label TEXT NOT NULL, comment_id INTEGER NOT NULL REFERENCES comment(id), version INTEGER NOT NULL,
  author TEXT NOT NULL, title TEXT NOT NULL, text TEXT NOT NULL,
  reading_id INTEGER NOT NULL REFERENCES reading(id), valid_from TEXT NOT NULL, valid_to TEXT,
  ended TEXT CHECK (ended IN ('edited', 'removed')),
  UNIQUE (comment_id, version), CHECK ((valid_to IS NULL) = (ended IS NULL))
) STRICT;
CREATE UNIQUE INDEX comment_open ON comment_version(comment_id) WHERE valid_to IS NULL;
CREATE TABLE change_log (
  id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, page_id INTEGER NOT NULL REFERENCES page(id),
  item TEXT NOT NULL CHECK (item IN ('page', 'statement', 'comment')), kind TEXT NOT NULL,
  cause TEXT NOT NULL CHECK (cause IN ('page', 'parser', 'either')),
  statement_id INTEGER REFERENCES statement(id), comment_id INTEGER REFERENCES comment(id),
  before_id INTEGER, after_id INTEGER, reading_id INTEGER NOT NULL REFERENCES reading(id), run_id INTEGER REFERENCES run(id)
) STRICT;
CREATE INDEX change_page ON change_log(page_id);
CREATE INDEX change_statement ON change_log(statement_id) WHERE statement_id IS NOT NULL;
CREATE INDEX change_comment ON change_log(comment_id) WHERE comment_id IS NOT NULL;
"""

#: What is indexed for search: table → columns, in the order of the FTS table's columns.
SEARCHED = {
    "page_version": ("title", "lede", "questions", "article"),
    "statement_version": ("name", "titles", "text"),
    "comment_version": ("author", "title", "text"),
}
#: Tables whose rows never change and never go. Versions may be closed, nothing more.
APPEND_ONLY = ("blob", "blob_data", "header_set", "capture", "fetch", "change_log")

"""The tables of the working book: what is watched, the hosts' turns, what is wrong. Pure.

They hold no evidence. Rows change, and losing them would cost requests and no history.
"""

BOOK = """
CREATE TABLE watch (
  id INTEGER PRIMARY KEY, url TEXT NOT NULL, source TEXT NOT NULL, host TEXT NOT NULL, key TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('page', 'listing')), due TEXT, why TEXT NOT NULL,
  found TEXT NOT NULL, published TEXT, visits INTEGER NOT NULL, changes INTEGER NOT NULL, quiet INTEGER NOT NULL,
  last_visit TEXT, last_good TEXT, last_change TEXT, failures INTEGER NOT NULL, error TEXT NOT NULL,
  gone_since TEXT, moved_to TEXT NOT NULL, moved_since TEXT, state TEXT NOT NULL,
  etag TEXT NOT NULL DEFAULT '', last_modified TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE UNIQUE INDEX watch_key ON watch(kind, key, CASE kind WHEN 'listing' THEN source ELSE '' END);
CREATE INDEX watch_due ON watch(kind, due) WHERE due IS NOT NULL;
CREATE INDEX watch_source ON watch(source, kind);
CREATE INDEX watch_last ON watch(last_visit);
CREATE TABLE backfill (
  source TEXT NOT NULL, key TEXT NOT NULL, url TEXT NOT NULL, place INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'read', 'failed')), PRIMARY KEY (source, key)
) STRICT, WITHOUT ROWID;
CREATE TABLE host (name TEXT PRIMARY KEY, last TEXT, last_page TEXT, not_before TEXT) STRICT, WITHOUT ROWID;
CREATE TABLE incident (
  id INTEGER PRIMARY KEY, about TEXT NOT NULL, words TEXT NOT NULL, opened TEXT NOT NULL, closed TEXT,
  told INTEGER NOT NULL DEFAULT 0, recovery_told INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX incident_open ON incident(about) WHERE closed IS NULL;
"""

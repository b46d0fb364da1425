-- The ledger proper: one row an entry, never changed. docs/ledger.md says how `hash` is made.
CREATE TABLE entry (
    seq      INTEGER PRIMARY KEY,
    at       TEXT NOT NULL,
    kind     TEXT NOT NULL,
    body     TEXT NOT NULL,
    previous TEXT NOT NULL CHECK (length(previous) = 64),
    hash     TEXT NOT NULL CHECK (length(hash) = 64)
) STRICT;

-- Refuses whatever does not follow on the last entry; it also keeps INSERT OR REPLACE from replacing one.
CREATE TRIGGER entry_follows BEFORE INSERT ON entry
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM entry)
  OR NEW.previous IS NOT coalesce(
         (SELECT hash FROM entry ORDER BY seq DESC LIMIT 1),
         '0000000000000000000000000000000000000000000000000000000000000000')
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: an entry must follow on the last one');
END;

CREATE TRIGGER entry_stays BEFORE DELETE ON entry
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: an entry cannot be removed');
END;

CREATE TRIGGER entry_is_final BEFORE UPDATE ON entry
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: an entry cannot be changed');
END;

-- From here on: what the entries say, in columns. All of it can be made again from `entry.body`.
CREATE TABLE run (
    entry          INTEGER PRIMARY KEY REFERENCES entry (seq),
    id             TEXT NOT NULL,
    article_path   TEXT NOT NULL,
    article_sha256 TEXT NOT NULL,
    title          TEXT,
    language       TEXT NOT NULL,
    started        TEXT NOT NULL,
    finished       TEXT NOT NULL,
    interrupted    INTEGER NOT NULL,
    UNIQUE (id, article_path)
) STRICT;

CREATE INDEX run_by_article ON run (article_path, entry);

CREATE TABLE source (
    entry          INTEGER NOT NULL REFERENCES run (entry),
    id             TEXT NOT NULL,
    run            TEXT NOT NULL,
    url            TEXT NOT NULL,
    state          TEXT NOT NULL,
    reason         TEXT NOT NULL,
    status         INTEGER,
    final_url      TEXT,
    checked        TEXT,
    payload_sha256 TEXT,
    warc           TEXT,
    warc_offset    INTEGER,
    PRIMARY KEY (entry, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX source_by_url ON source (url, entry);

CREATE TABLE claim (
    entry   INTEGER NOT NULL REFERENCES run (entry),
    id      TEXT NOT NULL,
    run     TEXT NOT NULL,
    text    TEXT NOT NULL,
    verdict TEXT NOT NULL,
    PRIMARY KEY (entry, id)
) STRICT, WITHOUT ROWID;

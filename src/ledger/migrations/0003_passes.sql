-- One row a pass of the scheduled job that asked sources: its manifest vouches for the captures.
CREATE TABLE pass (
    entry           INTEGER PRIMARY KEY REFERENCES entry (seq),
    run             TEXT NOT NULL UNIQUE,
    job             TEXT NOT NULL,
    asked           INTEGER NOT NULL,
    folder          TEXT NOT NULL,
    manifest_sha256 TEXT NOT NULL
) STRICT;

-- What the scheduled job found out. As all tables but `entry`: made from the bodies, and can be made again from them.

-- One row a recheck: an article whose due sources were asked again, or that was taken up.
CREATE TABLE recheck (
    entry        INTEGER PRIMARY KEY REFERENCES entry (seq),
    run          TEXT NOT NULL,
    job          TEXT NOT NULL,
    article_path TEXT NOT NULL,
    baseline     INTEGER NOT NULL REFERENCES run (entry)
) STRICT;

CREATE INDEX recheck_by_article ON recheck (article_path, baseline);

CREATE TABLE observation (
    entry          INTEGER NOT NULL REFERENCES recheck (entry),
    source         TEXT NOT NULL,
    run            TEXT NOT NULL,
    article_path   TEXT NOT NULL,
    url            TEXT NOT NULL,
    state          TEXT NOT NULL,
    reason         TEXT NOT NULL,
    status         INTEGER,
    final_url      TEXT,
    checked        TEXT,
    payload_sha256 TEXT,
    warc           TEXT,
    warc_offset    INTEGER,
    standing       TEXT NOT NULL,
    unchanged      INTEGER NOT NULL,
    failed_days    INTEGER NOT NULL,
    next_due       TEXT NOT NULL,
    PRIMARY KEY (entry, source)
) STRICT, WITHOUT ROWID;

CREATE INDEX observation_by_url ON observation (url, entry);

-- The latest observation of each source of each article: what is due is read from here alone.
CREATE TABLE standing (
    article_path TEXT NOT NULL,
    url          TEXT NOT NULL,
    entry        INTEGER NOT NULL,
    source       TEXT NOT NULL,
    next_due     TEXT NOT NULL,
    PRIMARY KEY (article_path, url),
    FOREIGN KEY (entry, source) REFERENCES observation (entry, source)
) STRICT, WITHOUT ROWID;

CREATE INDEX standing_by_due ON standing (next_due);

CREATE TABLE alarm (
    id           TEXT PRIMARY KEY,
    entry        INTEGER NOT NULL REFERENCES recheck (entry),
    kind         TEXT NOT NULL,
    article_path TEXT NOT NULL,
    url          TEXT NOT NULL,
    source       TEXT NOT NULL,
    claim        TEXT,
    claim_text   TEXT,
    before       TEXT,
    after        TEXT,
    message      TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX alarm_by_entry ON alarm (entry);
CREATE INDEX alarm_by_article ON alarm (article_path, entry);

CREATE TABLE acknowledgement (
    entry INTEGER NOT NULL REFERENCES entry (seq),
    alarm TEXT NOT NULL REFERENCES alarm (id),
    by    TEXT NOT NULL,
    note  TEXT,
    PRIMARY KEY (entry, alarm)
) STRICT, WITHOUT ROWID;

CREATE INDEX acknowledgement_by_alarm ON acknowledgement (alarm);

CREATE TABLE told (
    entry   INTEGER NOT NULL REFERENCES entry (seq),
    alarm   TEXT NOT NULL REFERENCES alarm (id),
    channel TEXT NOT NULL,
    PRIMARY KEY (entry, alarm)
) STRICT, WITHOUT ROWID;

CREATE INDEX told_by_alarm ON told (alarm, channel);

CREATE TABLE sign_off (
    entry        INTEGER PRIMARY KEY REFERENCES entry (seq),
    dossier      INTEGER NOT NULL REFERENCES run (entry),
    article_path TEXT NOT NULL,
    claim        TEXT NOT NULL,
    claim_text   TEXT NOT NULL,
    decision     TEXT NOT NULL,
    by           TEXT NOT NULL,
    note         TEXT
) STRICT;

CREATE INDEX sign_off_by_article ON sign_off (article_path, entry);

-- Views over the bodies, for questions that need no row of their own.
CREATE VIEW article AS
SELECT article_path, article_sha256, min(started) AS first_run, max(started) AS last_run, count(*) AS runs
FROM run GROUP BY article_path, article_sha256;

CREATE VIEW citation AS
SELECT entry.seq AS entry, source.value ->> 'id' AS source, source.value ->> 'url' AS url, source.value ->> 'written' AS written,
       place.value ->> 'line' AS line, place.value ->> 'column' AS "column", place.value ->> 'page' AS page
FROM entry, json_each(entry.body, '$.dossier.citations') AS source, json_each(source.value, '$.places') AS place
WHERE entry.kind = 'dossier';

CREATE VIEW exchange AS
SELECT entry.seq AS entry, source.value ->> 'id' AS source, hop.key AS number, hop.value ->> 'url' AS url,
       hop.value ->> 'status' AS status
FROM entry, json_each(entry.body, '$.dossier.citations') AS source, json_each(source.value, '$.hops') AS hop
WHERE entry.kind = 'dossier'
UNION ALL
SELECT entry.seq, source.value ->> 'id', json_array_length(source.value, '$.hops'), source.value ->> 'final_url',
       source.value ->> 'status'
FROM entry, json_each(entry.body, '$.dossier.citations') AS source
WHERE entry.kind = 'dossier' AND source.value ->> 'status' IS NOT NULL;

CREATE VIEW capture AS
SELECT entry.seq AS entry, source.value ->> 'id' AS source, source.value ->> 'url' AS url,
       source.value ->> '$.capture.warc' AS warc, source.value ->> '$.capture.offset' AS "offset",
       source.value ->> '$.capture.length' AS length, source.value ->> '$.capture.record' AS record,
       source.value ->> '$.capture.digest' AS digest, source.value ->> '$.capture.date' AS date,
       source.value ->> '$.capture.revisit' AS revisit
FROM entry, json_each(entry.body, CASE entry.kind WHEN 'dossier' THEN '$.dossier.citations' ELSE '$.observed' END) AS source
WHERE entry.kind IN ('dossier', 'check') AND source.value ->> '$.capture.warc' IS NOT NULL;

CREATE VIEW atom AS
SELECT entry.seq AS entry, claim.value ->> 'id' AS claim, atom.value ->> 'kind' AS kind, atom.value ->> 'text' AS text,
       atom.value ->> 'outcome' AS outcome, atom.value ->> 'found' AS found, atom.value ->> 'citation' AS source
FROM entry, json_each(entry.body, '$.dossier.claims') AS claim, json_each(claim.value, '$.atoms') AS atom
WHERE entry.kind = 'dossier';

CREATE VIEW evidence AS
SELECT entry.seq AS entry, claim.value ->> 'id' AS claim, evidence.key AS rank, evidence.value ->> 'citation' AS source,
       evidence.value ->> 'passage' AS passage, evidence.value ->> 'score' AS score, evidence.value ->> 'margin' AS margin,
       evidence.value ->> 'link' AS link
FROM entry, json_each(entry.body, '$.dossier.claims') AS claim, json_each(claim.value, '$.evidence') AS evidence
WHERE entry.kind = 'dossier';

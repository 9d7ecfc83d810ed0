-- +goose Up
-- Instants are milliseconds since 1970 in UTC, 0 for "has not happened".
-- Dates are texts such as 2026-10-19, '' for none. Identifiers are UUIDs of 16 bytes.

CREATE TABLE municipalities (
    code           TEXT    NOT NULL PRIMARY KEY,
    name           TEXT    NOT NULL,
    county_code    TEXT    NOT NULL,
    county         TEXT    NOT NULL,
    population     INTEGER NOT NULL,
    skr_group_code TEXT    NOT NULL,
    skr_group      TEXT    NOT NULL,
    size_class     TEXT    NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE rounds (
    id           BLOB    NOT NULL PRIMARY KEY,
    code         TEXT    NOT NULL UNIQUE,
    revision     INTEGER NOT NULL,
    stage        TEXT    NOT NULL,
    period_from  TEXT    NOT NULL,
    period_to    TEXT    NOT NULL,
    label        TEXT    NOT NULL,
    design       TEXT    NOT NULL, -- JSON, without the questions
    calendar     TEXT    NOT NULL, -- JSON
    publication  TEXT    NOT NULL, -- JSON
    version      INTEGER NOT NULL,
    stamp        INTEGER NOT NULL, -- a new random number with every write of the round or its questions
    seed         INTEGER NOT NULL,
    planned_at   INTEGER NOT NULL,
    started_at   INTEGER NOT NULL,
    closed_at    INTEGER NOT NULL,
    published_at INTEGER NOT NULL
) STRICT;

CREATE TABLE questions (
    round_id      BLOB    NOT NULL REFERENCES rounds (id),
    code          TEXT    NOT NULL,
    position      INTEGER NOT NULL,
    area          TEXT    NOT NULL,
    phone_text    TEXT    NOT NULL,
    email_subject TEXT    NOT NULL,
    email_text    TEXT    NOT NULL,
    answer_key    TEXT    NOT NULL,
    anchor_good   TEXT    NOT NULL,
    anchor_fair   TEXT    NOT NULL,
    anchor_poor   TEXT    NOT NULL,
    PRIMARY KEY (round_id, code)
) STRICT, WITHOUT ROWID;

CREATE TABLE participants (
    round_id       BLOB    NOT NULL REFERENCES rounds (id),
    code           TEXT    NOT NULL,
    name           TEXT    NOT NULL,
    county_code    TEXT    NOT NULL,
    county         TEXT    NOT NULL,
    population     INTEGER NOT NULL,
    skr_group_code TEXT    NOT NULL,
    skr_group      TEXT    NOT NULL,
    size_class     TEXT    NOT NULL,
    phone          TEXT    NOT NULL,
    email          TEXT    NOT NULL,
    opens          INTEGER NOT NULL, -- minutes after midnight; opens = closes = 0: the round's calendar
    closes         INTEGER NOT NULL,
    PRIMARY KEY (round_id, code)
) STRICT, WITHOUT ROWID;

CREATE TABLE evaluators (
    round_id       BLOB    NOT NULL REFERENCES rounds (id),
    email          TEXT    NOT NULL,
    name           TEXT    NOT NULL,
    from_date      TEXT    NOT NULL,
    to_date        TEXT    NOT NULL,
    calls_per_day  INTEGER NOT NULL,
    emails_per_day INTEGER NOT NULL,
    absent         TEXT    NOT NULL, -- dates with spaces between
    weekdays       TEXT    NOT NULL, -- digits, 0 is Sunday
    PRIMARY KEY (round_id, email)
) STRICT, WITHOUT ROWID;

CREATE TABLE assignments (
    round_id     BLOB NOT NULL REFERENCES rounds (id),
    area         TEXT NOT NULL,
    evaluator    TEXT NOT NULL,
    municipality TEXT NOT NULL, -- '' means all
    PRIMARY KEY (round_id, area, evaluator, municipality)
) STRICT, WITHOUT ROWID;

CREATE TABLE contacts (
    id                BLOB    NOT NULL PRIMARY KEY,
    round_id          BLOB    NOT NULL REFERENCES rounds (id),
    municipality      TEXT    NOT NULL,
    channel           TEXT    NOT NULL,
    area              TEXT    NOT NULL,
    question          TEXT    NOT NULL,
    replicate         INTEGER NOT NULL,
    evaluator         TEXT    NOT NULL,
    planned_at        INTEGER NOT NULL,
    planned_day       TEXT    NOT NULL, -- of planned_at in Europe/Stockholm
    state             TEXT    NOT NULL,
    disposition       TEXT    NOT NULL,
    attempts          TEXT    NOT NULL, -- the calls, packed: see store/attempt.go
    sent_at           INTEGER NOT NULL,
    auto_reply_at     INTEGER NOT NULL,
    first_reply_at    INTEGER NOT NULL,
    complete_reply_at INTEGER NOT NULL,
    bounced_at        INTEGER NOT NULL,
    sender            INTEGER NOT NULL, -- bits: name 1, title 2, phone 4
    answer            TEXT    NOT NULL, -- ratings of the e-mail
    information       TEXT    NOT NULL,
    interest          TEXT    NOT NULL,
    treatment         TEXT    NOT NULL,
    mail_note         TEXT    NOT NULL,
    suspected         INTEGER NOT NULL,
    suspected_why     TEXT    NOT NULL,
    review_note       TEXT    NOT NULL,
    reviewed_by       TEXT    NOT NULL,
    submitted_at      INTEGER NOT NULL,
    version           INTEGER NOT NULL
) STRICT;

-- The natural key, and the order in which a whole round is read.
CREATE UNIQUE INDEX contacts_by_key ON contacts (round_id, municipality, channel, question, replicate);
-- The list of all contacts as planned.
CREATE INDEX contacts_by_plan ON contacts (round_id, planned_at, municipality, channel, question, replicate);
-- An evaluator's list: what is open is told from the index alone.
CREATE INDEX contacts_by_evaluator ON contacts (round_id, evaluator, planned_at, state);
-- What an evaluator finished today.
CREATE INDEX contacts_by_submission ON contacts (round_id, evaluator, submitted_at);
-- Counts read one of these two and never the rows.
CREATE INDEX contacts_by_place ON contacts (round_id, municipality, area, channel, state, disposition);
CREATE INDEX contacts_by_day ON contacts (round_id, evaluator, planned_day, channel, state, disposition);
-- E-mails that await a reply: the check-list and the timed work look for them often.
CREATE INDEX contacts_by_state ON contacts (round_id, state, channel, sent_at);

CREATE TABLE waivers (
    round_id BLOB    NOT NULL REFERENCES rounds (id),
    revision INTEGER NOT NULL,
    item     TEXT    NOT NULL,
    reason   TEXT    NOT NULL,
    given_by TEXT    NOT NULL,
    given_at INTEGER NOT NULL,
    PRIMARY KEY (round_id, revision, item)
) STRICT, WITHOUT ROWID;

CREATE TABLE closings (
    round_id  BLOB    NOT NULL REFERENCES rounds (id),
    revision  INTEGER NOT NULL,
    closed_at INTEGER NOT NULL,
    closed_by TEXT    NOT NULL,
    waivers   TEXT    NOT NULL, -- JSON
    checksum  TEXT    NOT NULL,
    frozen    BLOB    NOT NULL,
    PRIMARY KEY (round_id, revision)
) STRICT;

CREATE TABLE history (
    id         INTEGER NOT NULL PRIMARY KEY,
    at         INTEGER NOT NULL,
    actor      TEXT    NOT NULL,
    action     TEXT    NOT NULL,
    detail     TEXT    NOT NULL,
    round_id   BLOB, -- NULL where it concerns no round
    contact_id BLOB
) STRICT;

CREATE INDEX history_by_round ON history (round_id, id);

-- The ids of forms received, so that a resend does nothing twice.
CREATE TABLE forms (
    id TEXT    NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE users (
    id            BLOB    NOT NULL PRIMARY KEY,
    email         TEXT    NOT NULL UNIQUE, -- lower case
    name          TEXT    NOT NULL,
    role          TEXT    NOT NULL,
    municipality  TEXT    NOT NULL,
    password_hash TEXT    NOT NULL,
    disabled      INTEGER NOT NULL,
    created_at    INTEGER NOT NULL,
    changed_at    INTEGER NOT NULL
) STRICT;

CREATE TABLE sessions (
    token_hash BLOB    NOT NULL PRIMARY KEY,
    user_id    BLOB    NOT NULL REFERENCES users (id),
    started_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX sessions_by_user ON sessions (user_id);

-- What SQLite's planner should believe about the contacts: the figures of a
-- full round (ANALYZE on 69,600). Without them it lets an evaluator's list
-- read the whole plan to save a sort, and plans would depend on when somebody
-- last ran ANALYZE. PostgreSQL keeps such figures by itself.
ANALYZE;
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('contacts', 'sqlite_autoindex_contacts_1', '69600 1'),
    ('contacts', 'contacts_by_key', '69600 69600 240 120 2 1'),
    ('contacts', 'contacts_by_plan', '69600 69600 16 2 1 1 1'),
    ('contacts', 'contacts_by_evaluator', '69600 69600 1740 2 2'),
    ('contacts', 'contacts_by_submission', '69600 69600 1740 3'),
    ('contacts', 'contacts_by_place', '69600 69600 240 24 12 6 6'),
    ('contacts', 'contacts_by_day', '69600 69600 1740 70 35 35 35'),
    ('contacts', 'contacts_by_state', '69600 69600 13920 6960 2');
ANALYZE sqlite_schema;

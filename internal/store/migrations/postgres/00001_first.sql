-- +goose Up
-- Instants are milliseconds since 1970 in UTC, 0 for "has not happened".
-- Dates are texts such as 2026-10-19, '' for none. Every text sorts by its bytes,
-- as in SQLite: Swedish order is made in Go.

CREATE TABLE municipalities (
    code           TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    name           TEXT COLLATE "C" NOT NULL,
    county_code    TEXT COLLATE "C" NOT NULL,
    county         TEXT COLLATE "C" NOT NULL,
    population     BIGINT NOT NULL,
    skr_group_code TEXT COLLATE "C" NOT NULL,
    skr_group      TEXT COLLATE "C" NOT NULL,
    size_class     TEXT COLLATE "C" NOT NULL
);

CREATE TABLE rounds (
    id           UUID NOT NULL PRIMARY KEY,
    code         TEXT COLLATE "C" NOT NULL UNIQUE,
    revision     BIGINT NOT NULL,
    stage        TEXT COLLATE "C" NOT NULL,
    period_from  TEXT COLLATE "C" NOT NULL,
    period_to    TEXT COLLATE "C" NOT NULL,
    label        TEXT COLLATE "C" NOT NULL,
    design       TEXT COLLATE "C" NOT NULL, -- JSON, without the questions
    calendar     TEXT COLLATE "C" NOT NULL, -- JSON
    publication  TEXT COLLATE "C" NOT NULL, -- JSON
    version      BIGINT NOT NULL,
    stamp        BIGINT NOT NULL, -- a new random number with every write of the round or its questions
    seed         BIGINT NOT NULL,
    planned_at   BIGINT NOT NULL,
    started_at   BIGINT NOT NULL,
    closed_at    BIGINT NOT NULL,
    published_at BIGINT NOT NULL
);

CREATE TABLE questions (
    round_id      UUID NOT NULL REFERENCES rounds (id),
    code          TEXT COLLATE "C" NOT NULL,
    position      BIGINT NOT NULL,
    area          TEXT COLLATE "C" NOT NULL,
    phone_text    TEXT COLLATE "C" NOT NULL,
    email_subject TEXT COLLATE "C" NOT NULL,
    email_text    TEXT COLLATE "C" NOT NULL,
    answer_key    TEXT COLLATE "C" NOT NULL,
    anchor_good   TEXT COLLATE "C" NOT NULL,
    anchor_fair   TEXT COLLATE "C" NOT NULL,
    anchor_poor   TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (round_id, code)
);

CREATE TABLE participants (
    round_id       UUID NOT NULL REFERENCES rounds (id),
    code           TEXT COLLATE "C" NOT NULL,
    name           TEXT COLLATE "C" NOT NULL,
    county_code    TEXT COLLATE "C" NOT NULL,
    county         TEXT COLLATE "C" NOT NULL,
    population     BIGINT NOT NULL,
    skr_group_code TEXT COLLATE "C" NOT NULL,
    skr_group      TEXT COLLATE "C" NOT NULL,
    size_class     TEXT COLLATE "C" NOT NULL,
    phone          TEXT COLLATE "C" NOT NULL,
    email          TEXT COLLATE "C" NOT NULL,
    opens          BIGINT NOT NULL, -- minutes after midnight; opens = closes = 0: the round's calendar
    closes         BIGINT NOT NULL,
    PRIMARY KEY (round_id, code)
);

CREATE TABLE evaluators (
    round_id       UUID NOT NULL REFERENCES rounds (id),
    email          TEXT COLLATE "C" NOT NULL,
    name           TEXT COLLATE "C" NOT NULL,
    from_date      TEXT COLLATE "C" NOT NULL,
    to_date        TEXT COLLATE "C" NOT NULL,
    calls_per_day  BIGINT NOT NULL,
    emails_per_day BIGINT NOT NULL,
    absent         TEXT COLLATE "C" NOT NULL, -- dates with spaces between
    weekdays       TEXT COLLATE "C" NOT NULL, -- digits, 0 is Sunday
    PRIMARY KEY (round_id, email)
);

CREATE TABLE assignments (
    round_id     UUID NOT NULL REFERENCES rounds (id),
    area         TEXT COLLATE "C" NOT NULL,
    evaluator    TEXT COLLATE "C" NOT NULL,
    municipality TEXT COLLATE "C" NOT NULL, -- '' means all
    PRIMARY KEY (round_id, area, evaluator, municipality)
);

CREATE TABLE contacts (
    id                UUID NOT NULL PRIMARY KEY,
    round_id          UUID NOT NULL REFERENCES rounds (id),
    municipality      TEXT COLLATE "C" NOT NULL,
    channel           TEXT COLLATE "C" NOT NULL,
    area              TEXT COLLATE "C" NOT NULL,
    question          TEXT COLLATE "C" NOT NULL,
    replicate         BIGINT NOT NULL,
    evaluator         TEXT COLLATE "C" NOT NULL,
    planned_at        BIGINT NOT NULL,
    planned_day       TEXT COLLATE "C" NOT NULL, -- of planned_at in Europe/Stockholm
    state             TEXT COLLATE "C" NOT NULL,
    disposition       TEXT COLLATE "C" NOT NULL,
    attempts          TEXT COLLATE "C" NOT NULL, -- the calls, packed: see store/attempt.go
    sent_at           BIGINT NOT NULL,
    auto_reply_at     BIGINT NOT NULL,
    first_reply_at    BIGINT NOT NULL,
    complete_reply_at BIGINT NOT NULL,
    bounced_at        BIGINT NOT NULL,
    sender            BIGINT NOT NULL, -- bits: name 1, title 2, phone 4
    answer            TEXT COLLATE "C" NOT NULL, -- ratings of the e-mail
    information       TEXT COLLATE "C" NOT NULL,
    interest          TEXT COLLATE "C" NOT NULL,
    treatment         TEXT COLLATE "C" NOT NULL,
    mail_note         TEXT COLLATE "C" NOT NULL,
    suspected         BOOLEAN NOT NULL,
    suspected_why     TEXT COLLATE "C" NOT NULL,
    review_note       TEXT COLLATE "C" NOT NULL,
    reviewed_by       TEXT COLLATE "C" NOT NULL,
    submitted_at      BIGINT NOT NULL,
    version           BIGINT NOT NULL
);

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
    round_id UUID NOT NULL REFERENCES rounds (id),
    revision BIGINT NOT NULL,
    item     TEXT COLLATE "C" NOT NULL,
    reason   TEXT COLLATE "C" NOT NULL,
    given_by TEXT COLLATE "C" NOT NULL,
    given_at BIGINT NOT NULL,
    PRIMARY KEY (round_id, revision, item)
);

CREATE TABLE closings (
    round_id  UUID NOT NULL REFERENCES rounds (id),
    revision  BIGINT NOT NULL,
    closed_at BIGINT NOT NULL,
    closed_by TEXT COLLATE "C" NOT NULL,
    waivers   TEXT COLLATE "C" NOT NULL, -- JSON
    checksum  TEXT COLLATE "C" NOT NULL,
    frozen    BYTEA NOT NULL,
    PRIMARY KEY (round_id, revision)
);

CREATE TABLE history (
    id         BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at         BIGINT NOT NULL,
    actor      TEXT COLLATE "C" NOT NULL,
    action     TEXT COLLATE "C" NOT NULL,
    detail     TEXT COLLATE "C" NOT NULL,
    round_id   UUID , -- NULL where it concerns no round
    contact_id UUID
);

CREATE INDEX history_by_round ON history (round_id, id);

-- The ids of forms received, so that a resend does nothing twice.
CREATE TABLE forms (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL
);

CREATE TABLE users (
    id            UUID NOT NULL PRIMARY KEY,
    email         TEXT COLLATE "C" NOT NULL UNIQUE, -- lower case
    name          TEXT COLLATE "C" NOT NULL,
    role          TEXT COLLATE "C" NOT NULL,
    municipality  TEXT COLLATE "C" NOT NULL,
    password_hash TEXT COLLATE "C" NOT NULL,
    disabled      BOOLEAN NOT NULL,
    created_at    BIGINT NOT NULL,
    changed_at    BIGINT NOT NULL
);

CREATE TABLE sessions (
    token_hash BYTEA NOT NULL PRIMARY KEY,
    user_id    UUID NOT NULL REFERENCES users (id),
    started_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);

CREATE INDEX sessions_by_user ON sessions (user_id);

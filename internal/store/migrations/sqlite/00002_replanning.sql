-- +goose Up
-- What changes while the fieldwork goes on: hours, late and leaving
-- municipalities, withdrawn questions, appointments, contacts handed out, and
-- the steps by which the plan was changed.

ALTER TABLE questions ADD COLUMN withdrawn INTEGER NOT NULL DEFAULT 0;

ALTER TABLE participants ADD COLUMN joined TEXT NOT NULL DEFAULT ''; -- first day, '' for the period's
ALTER TABLE participants ADD COLUMN left_on TEXT NOT NULL DEFAULT ''; -- first day without contacts

ALTER TABLE evaluators ADD COLUMN opens INTEGER NOT NULL DEFAULT 0; -- own hours, as those of participants
ALTER TABLE evaluators ADD COLUMN closes INTEGER NOT NULL DEFAULT 0;

ALTER TABLE contacts ADD COLUMN call_back_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE contacts ADD COLUMN held_by TEXT NOT NULL DEFAULT '';
ALTER TABLE contacts ADD COLUMN held_until INTEGER NOT NULL DEFAULT 0;

-- What an evaluator has begun, been handed out and sent, and what all have
-- still to begin: the next contact, and what stands still, is found in these.
CREATE INDEX contacts_begun ON contacts (round_id, evaluator)
    WHERE state = 'begun' AND channel = 'phone' AND disposition = '';
CREATE INDEX contacts_held ON contacts (round_id, held_by) WHERE held_by <> '';
CREATE INDEX contacts_sent ON contacts (round_id, evaluator, sent_at) WHERE sent_at > 0;
CREATE INDEX contacts_bounced ON contacts (round_id, bounced_at, municipality)
    WHERE bounced_at <> 0 AND disposition <> 'void';
CREATE INDEX contacts_to_begin ON contacts (round_id, planned_at, planned_day, municipality, area, channel, evaluator)
    WHERE state = 'planned' AND disposition = '';

-- The indexes that count now also count per day and to the minute, and what
-- is made by the hour.
DROP INDEX contacts_by_place;
CREATE INDEX contacts_by_place
    ON contacts (round_id, municipality, area, channel, state, disposition, planned_day, planned_at);
DROP INDEX contacts_by_day;
CREATE INDEX contacts_by_day
    ON contacts (round_id, evaluator, planned_day, channel, state, disposition, area, planned_at);
DROP INDEX contacts_by_state;
CREATE INDEX contacts_by_state ON contacts (round_id, state, channel, sent_at, submitted_at, disposition);

CREATE TABLE plan_steps (
    round_id    BLOB    NOT NULL REFERENCES rounds (id),
    number      INTEGER NOT NULL,
    state       TEXT    NOT NULL,
    made_by     TEXT    NOT NULL,
    proposed_at INTEGER NOT NULL,
    applied_at  INTEGER NOT NULL,
    undone_at   INTEGER NOT NULL,
    basis       INTEGER NOT NULL, -- the round's version
    reasons     TEXT    NOT NULL, -- JSON
    notes       TEXT    NOT NULL, -- JSON
    unavoidable INTEGER NOT NULL,
    last_before TEXT    NOT NULL, -- last day with a contact to be begun
    last_after  TEXT    NOT NULL,
    figures     TEXT    NOT NULL, -- JSON
    changes     TEXT    NOT NULL, -- JSON
    PRIMARY KEY (round_id, number)
) STRICT, WITHOUT ROWID;

-- As in 00001: what SQLite's planner should believe in the middle of a round.
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('contacts', 'contacts_begun', '400 400 10'),
    ('contacts', 'contacts_held', '64 64 2'),
    ('contacts', 'contacts_sent', '17000 17000 425 1'),
    ('contacts', 'contacts_bounced', '300 300 1 1'),
    ('contacts', 'contacts_to_begin', '34800 34800 16 16 2 2 1 1'),
    ('contacts', 'contacts_by_place', '69600 69600 240 24 12 6 6 1 1'),
    ('contacts', 'contacts_by_day', '69600 69600 1740 70 35 35 35 9 1'),
    ('contacts', 'contacts_by_state', '69600 69600 13920 6960 2 2 2');
ANALYZE sqlite_schema;

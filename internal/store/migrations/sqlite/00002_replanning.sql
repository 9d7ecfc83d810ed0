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

-- +goose Up
-- What changes while the fieldwork goes on: hours, late and leaving
-- municipalities, withdrawn questions, appointments, contacts handed out, and
-- the steps by which the plan was changed.

ALTER TABLE questions ADD COLUMN withdrawn BOOLEAN NOT NULL DEFAULT FALSE;

ALTER TABLE participants ADD COLUMN joined TEXT COLLATE "C" NOT NULL DEFAULT ''; -- first day, '' for the period's
ALTER TABLE participants ADD COLUMN left_on TEXT COLLATE "C" NOT NULL DEFAULT ''; -- first day without contacts

ALTER TABLE evaluators ADD COLUMN opens BIGINT NOT NULL DEFAULT 0; -- own hours, as those of participants
ALTER TABLE evaluators ADD COLUMN closes BIGINT NOT NULL DEFAULT 0;

ALTER TABLE contacts ADD COLUMN call_back_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE contacts ADD COLUMN held_by TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE contacts ADD COLUMN held_until BIGINT NOT NULL DEFAULT 0;

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
    round_id    UUID NOT NULL REFERENCES rounds (id),
    number      BIGINT NOT NULL,
    state       TEXT COLLATE "C" NOT NULL,
    made_by     TEXT COLLATE "C" NOT NULL,
    proposed_at BIGINT NOT NULL,
    applied_at  BIGINT NOT NULL,
    undone_at   BIGINT NOT NULL,
    basis       BIGINT NOT NULL, -- the round's version
    reasons     TEXT COLLATE "C" NOT NULL, -- JSON
    notes       TEXT COLLATE "C" NOT NULL, -- JSON
    unavoidable BIGINT NOT NULL,
    last_before TEXT COLLATE "C" NOT NULL, -- last day with a contact to be begun
    last_after  TEXT COLLATE "C" NOT NULL,
    figures     TEXT COLLATE "C" NOT NULL, -- JSON
    changes     TEXT COLLATE "C" NOT NULL, -- JSON
    PRIMARY KEY (round_id, number)
);

-- +goose Up
-- The workbench: what was pressed, what is filled in and not reported, the
-- text of replies, practice, everybody's own keys, and when contacts were returned.

ALTER TABLE users ADD COLUMN keys TEXT NOT NULL DEFAULT ''; -- '' for the keys as they come

ALTER TABLE contacts ADD COLUMN returned_at INTEGER NOT NULL DEFAULT 0; -- last, 0 for never
UPDATE contacts SET returned_at = COALESCE((SELECT MAX(at) FROM history
    WHERE round_id = contacts.round_id AND contact_id = contacts.id AND action = 'contact.return'), submitted_at)
WHERE state = 'returned';

-- What was done to the phases of calls. Nothing here is ever changed, and like
-- the history it outlives its contact.
CREATE TABLE presses (
    id          INTEGER NOT NULL PRIMARY KEY,
    contact_id  BLOB    NOT NULL,
    attempt     INTEGER NOT NULL, -- the dial, from 1
    phase       TEXT    NOT NULL,
    kind        TEXT    NOT NULL,
    at          INTEGER NOT NULL, -- the phase's instant after it, 0 for none
    was         INTEGER NOT NULL, -- and before it
    received_at INTEGER NOT NULL,
    made_by     TEXT    NOT NULL,
    reason      TEXT    NOT NULL
) STRICT;

CREATE INDEX presses_by_contact ON presses (contact_id, id);

-- What is filled in about contacts. Those of contacts that a new plan has
-- removed are forgotten in time: references would make every plan check them.
CREATE TABLE draft_forms (
    contact_id BLOB    NOT NULL,
    made_by    TEXT    NOT NULL,
    attempt    INTEGER NOT NULL,
    fields     TEXT    NOT NULL, -- JSON
    writer     TEXT    NOT NULL, -- the opened page that saved it
    revision   INTEGER NOT NULL,
    saved_at   INTEGER NOT NULL,
    PRIMARY KEY (contact_id, made_by)
) STRICT, WITHOUT ROWID;

-- What municipalities wrote, masked. Contacts with a reply are never removed.
CREATE TABLE reply_texts (
    contact_id BLOB NOT NULL,
    kind       TEXT NOT NULL,
    text       TEXT NOT NULL,
    PRIMARY KEY (contact_id, kind)
) STRICT, WITHOUT ROWID;

-- Made-up or borrowed contacts to practise on, with their key.
CREATE TABLE practice_contacts (
    id          BLOB    NOT NULL PRIMARY KEY,
    round_id    BLOB    NOT NULL REFERENCES rounds (id),
    position    INTEGER NOT NULL,
    channel     TEXT    NOT NULL,
    question    TEXT    NOT NULL, -- code
    title       TEXT    NOT NULL,
    story       TEXT    NOT NULL, -- what is said or written
    outcome     TEXT    NOT NULL, -- the key, from here on
    greeting    INTEGER NOT NULL, -- bits as of contacts
    sender      INTEGER NOT NULL,
    answer      TEXT    NOT NULL,
    information TEXT    NOT NULL,
    interest    TEXT    NOT NULL,
    treatment   TEXT    NOT NULL,
    reasons     TEXT    NOT NULL, -- JSON: why each is so
    borrowed    INTEGER NOT NULL, -- made from a reviewed contact
    retired     INTEGER NOT NULL, -- no longer given to anybody
    version     INTEGER NOT NULL
) STRICT;

CREATE INDEX practice_contacts_by_round ON practice_contacts (round_id, position);

CREATE TABLE practice_answers (
    practice_id BLOB    NOT NULL REFERENCES practice_contacts (id),
    evaluator   TEXT    NOT NULL,
    outcome     TEXT    NOT NULL,
    greeting    INTEGER NOT NULL,
    sender      INTEGER NOT NULL,
    answer      TEXT    NOT NULL,
    information TEXT    NOT NULL,
    interest    TEXT    NOT NULL,
    treatment   TEXT    NOT NULL,
    answered_at INTEGER NOT NULL,
    PRIMARY KEY (practice_id, evaluator)
) STRICT, WITHOUT ROWID;

-- +goose Up
-- The workbench: what was pressed, what is filled in and not reported, the
-- text of replies, practice, everybody's own keys, and when contacts were returned.

ALTER TABLE users ADD COLUMN keys TEXT COLLATE "C" NOT NULL DEFAULT ''; -- '' for the keys as they come

ALTER TABLE contacts ADD COLUMN returned_at BIGINT NOT NULL DEFAULT 0; -- last, 0 for never
UPDATE contacts SET returned_at = COALESCE((SELECT MAX(at) FROM history
    WHERE round_id = contacts.round_id AND contact_id = contacts.id AND action = 'contact.return'), submitted_at)
WHERE state = 'returned';

-- What was done to the phases of calls. Nothing here is ever changed, and like
-- the history it outlives its contact.
CREATE TABLE presses (
    id          BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    contact_id  UUID NOT NULL,
    attempt     BIGINT NOT NULL, -- the dial, from 1
    phase       TEXT COLLATE "C" NOT NULL,
    kind        TEXT COLLATE "C" NOT NULL,
    at          BIGINT NOT NULL, -- the phase's instant after it, 0 for none
    was         BIGINT NOT NULL, -- and before it
    received_at BIGINT NOT NULL,
    made_by     TEXT COLLATE "C" NOT NULL,
    reason      TEXT COLLATE "C" NOT NULL
);

CREATE INDEX presses_by_contact ON presses (contact_id, id);

-- What is filled in about contacts. Those of contacts that a new plan has
-- removed are forgotten in time: references would make every plan check them.
CREATE TABLE draft_forms (
    contact_id UUID NOT NULL,
    made_by    TEXT COLLATE "C" NOT NULL,
    attempt    BIGINT NOT NULL,
    fields     TEXT COLLATE "C" NOT NULL, -- JSON
    writer     TEXT COLLATE "C" NOT NULL, -- the opened page that saved it
    revision   BIGINT NOT NULL,
    saved_at   BIGINT NOT NULL,
    PRIMARY KEY (contact_id, made_by)
);

-- What municipalities wrote, masked. Contacts with a reply are never removed.
CREATE TABLE reply_texts (
    contact_id UUID NOT NULL,
    kind       TEXT COLLATE "C" NOT NULL,
    text       TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (contact_id, kind)
);

-- Made-up or borrowed contacts to practise on, with their key.
CREATE TABLE practice_contacts (
    id          UUID NOT NULL PRIMARY KEY,
    round_id    UUID NOT NULL REFERENCES rounds (id),
    position    BIGINT NOT NULL,
    channel     TEXT COLLATE "C" NOT NULL,
    question    TEXT COLLATE "C" NOT NULL, -- code
    title       TEXT COLLATE "C" NOT NULL,
    story       TEXT COLLATE "C" NOT NULL, -- what is said or written
    outcome     TEXT COLLATE "C" NOT NULL, -- the key, from here on
    greeting    BIGINT NOT NULL, -- bits as of contacts
    sender      BIGINT NOT NULL,
    answer      TEXT COLLATE "C" NOT NULL,
    information TEXT COLLATE "C" NOT NULL,
    interest    TEXT COLLATE "C" NOT NULL,
    treatment   TEXT COLLATE "C" NOT NULL,
    reasons     TEXT COLLATE "C" NOT NULL, -- JSON: why each is so
    borrowed    BOOLEAN NOT NULL, -- made from a reviewed contact
    retired     BOOLEAN NOT NULL, -- no longer given to anybody
    version     BIGINT NOT NULL
);

CREATE INDEX practice_contacts_by_round ON practice_contacts (round_id, position);

CREATE TABLE practice_answers (
    practice_id UUID NOT NULL REFERENCES practice_contacts (id),
    evaluator   TEXT COLLATE "C" NOT NULL,
    outcome     TEXT COLLATE "C" NOT NULL,
    greeting    BIGINT NOT NULL,
    sender      BIGINT NOT NULL,
    answer      TEXT COLLATE "C" NOT NULL,
    information TEXT COLLATE "C" NOT NULL,
    interest    TEXT COLLATE "C" NOT NULL,
    treatment   TEXT COLLATE "C" NOT NULL,
    answered_at BIGINT NOT NULL,
    PRIMARY KEY (practice_id, evaluator)
);

-- +goose Up
-- How far the fieldwork has come is counted to the minute, and what is made
-- by the hour, from the indexes that count already. What stands still and
-- what has bounced is little: an index of that alone finds it.
DROP INDEX contacts_by_place;
CREATE INDEX contacts_by_place ON contacts (round_id, municipality, area, channel, state, disposition, planned_day, planned_at);
DROP INDEX contacts_by_day;
CREATE INDEX contacts_by_day ON contacts (round_id, evaluator, planned_day, channel, state, disposition, area, planned_at);
DROP INDEX contacts_by_state;
CREATE INDEX contacts_by_state ON contacts (round_id, state, channel, sent_at, submitted_at, disposition);
CREATE INDEX contacts_due ON contacts (round_id, planned_at, planned_day, municipality, area, channel, evaluator, state, disposition)
    WHERE state = 'planned' AND disposition <> 'void';
CREATE INDEX contacts_bounced ON contacts (round_id, bounced_at, municipality) WHERE bounced_at <> 0 AND disposition <> 'void';
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('contacts', 'contacts_by_place', '69600 69600 240 24 12 6 6 1 1'),
    ('contacts', 'contacts_by_day', '69600 69600 1740 70 35 35 35 9 1'),
    ('contacts', 'contacts_by_state', '69600 69600 13920 6960 2 2 2'),
    ('contacts', 'contacts_due', '35000 35000 16 16 2 2 1 1 1 1'),
    ('contacts', 'contacts_bounced', '300 300 1 1');
ANALYZE sqlite_schema;

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

-- +goose Up
-- The plan's calendar counts a page of municipalities per day from the index
-- that counts them already.
DROP INDEX contacts_by_place;
CREATE INDEX contacts_by_place ON contacts (round_id, municipality, area, channel, state, disposition, planned_day);

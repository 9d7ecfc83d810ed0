-- +goose Up
-- What is left to do, by who is to do it when: the index shrinks with it.
CREATE INDEX contacts_to_make ON contacts (round_id, evaluator, planned_day, channel, area)
    WHERE state = 'planned' AND disposition = '';
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ('contacts', 'contacts_to_make', '69600 69600 1740 70 35 12');
ANALYZE sqlite_schema;

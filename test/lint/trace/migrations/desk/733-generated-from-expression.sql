-- schema: desk.sql
-- rows: desk-rows.sql
ALTER TABLE subscriptions ADD COLUMN period daterange GENERATED ALWAYS AS (daterange(starts_on, ends_on)) STORED;

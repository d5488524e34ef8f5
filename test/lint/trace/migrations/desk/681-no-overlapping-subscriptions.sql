-- schema: desk.sql
-- rows: desk-rows.sql
ALTER TABLE subscriptions ADD CONSTRAINT ex_subscriptions EXCLUDE USING gist (daterange(starts_on, ends_on) WITH &&);

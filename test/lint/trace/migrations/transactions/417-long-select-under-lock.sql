ALTER TABLE settings ADD COLUMN note text;
CREATE TEMP TABLE counts AS SELECT user_id, count(*) FROM orders GROUP BY user_id;

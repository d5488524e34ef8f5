-- schema: desk.sql
-- rows: desk-rows.sql
LOCK TABLE agents IN ACCESS EXCLUSIVE MODE NOWAIT;
ALTER TABLE agents ADD COLUMN locale varchar(10);

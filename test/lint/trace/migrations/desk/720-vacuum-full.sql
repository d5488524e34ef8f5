-- schema: desk.sql
-- rows: desk-rows.sql
-- transaction: none
VACUUM FULL jobs;

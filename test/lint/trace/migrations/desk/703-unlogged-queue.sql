-- schema: desk.sql
-- rows: desk-rows.sql
ALTER TABLE jobs SET UNLOGGED;

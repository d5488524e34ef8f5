-- schema: desk.sql
-- rows: desk-rows.sql
-- transaction: none
DELETE FROM jobs WHERE id <= 1000;

-- schema: desk.sql
-- rows: desk-rows.sql
-- transaction: none
BEGIN;
CREATE TABLE presence_copy (LIKE presence INCLUDING ALL) PARTITION BY RANGE (minute);
CREATE TABLE presence_copy_all PARTITION OF presence_copy DEFAULT;
INSERT INTO presence_copy SELECT * FROM presence;
COMMIT;

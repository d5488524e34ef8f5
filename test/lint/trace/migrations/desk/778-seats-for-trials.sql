-- schema: desk.sql
-- rows: desk-rows.sql
UPDATE accounts SET seats = 3 WHERE status = 'trial' AND seats < 3;

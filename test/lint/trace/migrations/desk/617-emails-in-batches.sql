-- schema: desk.sql
-- rows: desk-rows.sql
-- transaction: none
BEGIN;
UPDATE customers SET email = lower(email) WHERE id BETWEEN 1 AND 1400 AND email <> lower(email);
COMMIT;
BEGIN;
UPDATE customers SET email = lower(email) WHERE id BETWEEN 1401 AND 2800 AND email <> lower(email);
COMMIT;
BEGIN;
UPDATE customers SET email = lower(email) WHERE id BETWEEN 2801 AND 4200 AND email <> lower(email);
COMMIT;

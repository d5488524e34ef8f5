-- schema: desk.sql
-- rows: desk-rows.sql
-- transaction: none
DO $$
DECLARE
  done integer;
BEGIN
  LOOP
    UPDATE customers SET phone = trim(phone) WHERE id IN (
      SELECT id FROM customers WHERE phone LIKE ' %' ORDER BY id LIMIT 200
    );
    GET DIAGNOSTICS done = ROW_COUNT;
    EXIT WHEN done = 0;
    COMMIT;
  END LOOP;
END $$;

-- title: Batches in one transaction are none
DO $$
DECLARE
  last bigint := 0;
  next bigint;
BEGIN
  LOOP
    SELECT max(id) INTO next FROM (SELECT id FROM users WHERE id > last ORDER BY id LIMIT 100) batch;
    EXIT WHEN next IS NULL;
    UPDATE users SET locale = lower(locale) WHERE id > last AND id <= next;
    last := next;
  END LOOP;
END $$;

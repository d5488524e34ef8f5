-- schema: desk.sql
-- rows: desk-rows.sql
DO $$
BEGIN
  IF (SELECT count(*) FROM plans) < 100 THEN
    RAISE EXCEPTION 'too few plans';
  END IF;
END $$;

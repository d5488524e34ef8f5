-- schema: market.sql
-- rows: market-rows.sql
-- shown: market.sql
-- transaction: none
DO $$
DECLARE done integer;
BEGIN
  LOOP
    UPDATE "Listing" SET "currency" = 'EUR' WHERE "id" IN (SELECT "id" FROM "Listing" WHERE "currency" <> 'EUR' LIMIT 100);
    GET DIAGNOSTICS done = ROW_COUNT;
    EXIT WHEN done = 0;
    COMMIT;
  END LOOP;
END $$;

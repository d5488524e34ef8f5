-- transaction: none
-- title: A procedure that commits between its batches
CREATE PROCEDURE fill_titles() LANGUAGE plpgsql AS $$
DECLARE
  first bigint := 0;
BEGIN
  WHILE first < 12000 LOOP
    UPDATE docs SET title = trim(title) WHERE id > first AND id <= first + 2000;
    COMMIT;
    first := first + 2000;
  END LOOP;
END $$;
CALL fill_titles();
DROP PROCEDURE fill_titles();

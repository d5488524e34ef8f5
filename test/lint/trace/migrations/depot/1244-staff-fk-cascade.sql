-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
-- transaction: none
ALTER TABLE payouts DROP CONSTRAINT payouts_staff_id_fkey, ADD CONSTRAINT payouts_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff (id) ON DELETE CASCADE NOT VALID;
ALTER TABLE payouts VALIDATE CONSTRAINT payouts_staff_id_fkey;

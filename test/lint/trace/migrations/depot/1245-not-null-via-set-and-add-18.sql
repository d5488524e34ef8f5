-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
-- transaction: none
-- since: 18
ALTER TABLE shippers ADD CONSTRAINT shippers_email_nn NOT NULL contact_email NOT VALID;

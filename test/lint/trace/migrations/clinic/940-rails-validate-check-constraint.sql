-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
-- transaction: none
ALTER TABLE "bills" ADD CONSTRAINT "chk_due" CHECK (due_on IS NULL OR issued_on IS NULL OR due_on >= issued_on) NOT VALID;
ALTER TABLE "bills" VALIDATE CONSTRAINT "chk_due";

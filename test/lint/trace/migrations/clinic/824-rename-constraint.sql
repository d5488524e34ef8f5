-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
ALTER TABLE insurers RENAME CONSTRAINT insurers_kind_check TO ck_insurers_kind;

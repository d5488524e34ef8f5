-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
ALTER TABLE scans DETACH PARTITION scans_2025h1;
ALTER TABLE scans_2025h1 SET SCHEMA archive;

-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
CREATE TABLE scans_2026h2 PARTITION OF scans FOR VALUES FROM ('2026-07-01') TO ('2027-01-01');

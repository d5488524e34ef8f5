-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
ALTER TABLE archive.shipments ADD PRIMARY KEY (id);

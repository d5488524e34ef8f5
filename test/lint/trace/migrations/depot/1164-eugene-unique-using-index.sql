-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
-- transaction: none
CREATE UNIQUE INDEX CONCURRENTLY bins_id_depot_uq ON bins (id, depot_id);
ALTER TABLE bins ADD CONSTRAINT bins_id_depot_key UNIQUE USING INDEX bins_id_depot_uq;

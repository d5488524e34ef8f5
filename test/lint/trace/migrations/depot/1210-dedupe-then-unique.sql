-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
DELETE FROM payouts a USING payouts b WHERE a.external_id = b.external_id AND a.id > b.id;
CREATE UNIQUE INDEX payouts_external_id_key ON payouts (external_id);

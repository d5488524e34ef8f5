-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
CREATE TABLE claim_kinds (kind text PRIMARY KEY, label text NOT NULL);
INSERT INTO claim_kinds (kind, label) SELECT DISTINCT kind, initcap(kind) FROM claims;
ALTER TABLE claims ADD CONSTRAINT claims_kind_fkey FOREIGN KEY (kind) REFERENCES claim_kinds (kind);

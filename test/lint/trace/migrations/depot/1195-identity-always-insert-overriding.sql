-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
INSERT INTO depots (id, tenant_id, code, name, opened_on) OVERRIDING SYSTEM VALUE SELECT 500000, id, 'HQ', 'Head office', DATE '2026-06-01' FROM tenants LIMIT 1;

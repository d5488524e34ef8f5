-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
DELETE FROM outbox WHERE published_at < now() - interval '30 days';

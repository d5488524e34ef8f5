-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
CREATE SEQUENCE outbox_big_seq AS bigint OWNED BY outbox.id;
SELECT setval('outbox_big_seq', (SELECT max(id) FROM outbox));
ALTER TABLE outbox ALTER COLUMN id SET DEFAULT nextval('outbox_big_seq');

-- schema: desk.sql
-- rows: desk-rows.sql
-- transaction: none
BEGIN;

-- Running upgrade a1b2c3d4e5f6 -> f202

COMMIT;

CREATE INDEX CONCURRENTLY ix_ticket_messages_sent_at ON ticket_messages (sent_at);

BEGIN;

UPDATE alembic_version SET version_num='f202' WHERE alembic_version.version_num = 'a1b2c3d4e5f6';

COMMIT;

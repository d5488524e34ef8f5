-- schema: desk.sql
-- rows: desk-rows.sql
-- transaction: none
-- changeset anna:12 runInTransaction:false
CREATE INDEX CONCURRENTLY idx_tickets_number ON tickets (account_id, number);
-- changeset anna:13
ALTER TABLE tickets ADD COLUMN external_ref varchar(64);
-- changeset anna:14
COMMENT ON COLUMN tickets.external_ref IS 'Of the integration';

-- schema: desk.sql
-- rows: desk-rows.sql
COMMENT ON TABLE customers IS 'Who writes to us';
COMMENT ON COLUMN customers.external_id IS 'As the account''s own system knows them';
COMMENT ON INDEX ix_tickets_open IS 'For the SLA job';

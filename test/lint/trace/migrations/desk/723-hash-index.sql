-- schema: desk.sql
-- rows: desk-rows.sql
CREATE INDEX ix_attachments_checksum ON attachments USING hash (checksum);

-- schema: desk.sql
-- rows: desk-rows.sql
ALTER TABLE tickets DISABLE TRIGGER tickets_modified;
UPDATE tickets SET custom_fields = custom_fields - 'region';
ALTER TABLE tickets ENABLE TRIGGER tickets_modified;

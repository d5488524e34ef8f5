-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
CREATE UNIQUE INDEX shippers_contact_email_key ON shippers (tenant_id, (contact_email::citext));

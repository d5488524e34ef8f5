ALTER TABLE audit_log SET SCHEMA archive;
CREATE VIEW public.audit_log AS SELECT * FROM archive.audit_log;

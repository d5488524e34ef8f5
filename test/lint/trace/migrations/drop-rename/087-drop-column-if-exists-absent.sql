-- title: Long gone on the installations that were made last year
ALTER TABLE users DROP COLUMN IF EXISTS legacy_permissions;

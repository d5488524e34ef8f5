CREATE DOMAIN zip_code AS text CHECK (VALUE ~ '^[0-9]{5}$');
DROP DOMAIN zip_code;

ALTER TABLE organizations ALTER COLUMN country_code TYPE varchar(2);

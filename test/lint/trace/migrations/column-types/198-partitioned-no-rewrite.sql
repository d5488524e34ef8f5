ALTER TABLE payments ALTER COLUMN reference TYPE varchar(128);

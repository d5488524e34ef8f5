-- title: VALIDATE is harmless, but not under the lock of the line before
ALTER TABLE users ADD COLUMN fax varchar(30);
ALTER TABLE users VALIDATE CONSTRAINT users_phone_not_null;

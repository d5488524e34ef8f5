-- transaction: none
-- title: The CHECK waits until the type is changed
ALTER TABLE users DROP CONSTRAINT users_locale_format, ALTER COLUMN locale TYPE varchar(35),
  ADD CONSTRAINT users_locale_format CHECK (locale <> '') NOT VALID;
ALTER TABLE users VALIDATE CONSTRAINT users_locale_format;

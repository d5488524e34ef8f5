-- title: An index by a function that is made here
CREATE FUNCTION normal_phone(phone text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT replace(phone, ' ', '') $$;
CREATE INDEX users_normal_phone_idx ON users (normal_phone(phone));

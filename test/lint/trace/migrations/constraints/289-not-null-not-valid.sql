-- since: 18
-- transaction: none
-- title: NOT NULL in two steps, as PostgreSQL 18 has it
ALTER TABLE users ADD CONSTRAINT users_phone_set NOT NULL phone NOT VALID;
ALTER TABLE users VALIDATE CONSTRAINT users_phone_set;

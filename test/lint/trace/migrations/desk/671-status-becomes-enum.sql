-- schema: desk.sql
-- rows: desk-rows.sql
CREATE TYPE account_status AS ENUM ('trial', 'active', 'suspended');
ALTER TABLE accounts ALTER COLUMN status DROP DEFAULT;
ALTER TABLE accounts ALTER COLUMN status TYPE account_status USING status::account_status;
ALTER TABLE accounts ALTER COLUMN status SET DEFAULT 'trial';

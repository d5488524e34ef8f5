-- title: The way back: the enum without its newer values
UPDATE users SET status = 'inactive' WHERE status = 'deleted';
ALTER TYPE user_status RENAME TO user_status_old;
CREATE TYPE user_status AS ENUM ('active', 'inactive');
ALTER TABLE users
  ALTER COLUMN status TYPE user_status
  USING status::text::user_status;
DROP TYPE user_status_old;

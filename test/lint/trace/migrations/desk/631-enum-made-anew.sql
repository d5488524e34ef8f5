-- schema: desk.sql
-- rows: desk-rows.sql
CREATE TYPE channel_new AS ENUM ('email', 'chat', 'phone', 'social');
ALTER TABLE tickets ALTER COLUMN channel DROP DEFAULT;
ALTER TABLE tickets ALTER COLUMN channel TYPE channel_new USING channel::text::channel_new;
ALTER TABLE tickets ALTER COLUMN channel SET DEFAULT 'email';
DROP TYPE channel;
ALTER TYPE channel_new RENAME TO channel;

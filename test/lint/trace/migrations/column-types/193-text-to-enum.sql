CREATE TYPE event_kind AS ENUM ('login', 'view', 'buy');
ALTER TABLE events ALTER COLUMN kind TYPE event_kind USING kind::event_kind;

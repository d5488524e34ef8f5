-- title: A lock timeout does not make a long build short
SET lock_timeout = '3s';
SET statement_timeout = '10min';
CREATE INDEX users_last_seen_idx ON users (last_seen);

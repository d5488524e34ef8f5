-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
ALTER TABLE messages ADD COLUMN pinned boolean NOT NULL DEFAULT false;
CREATE MATERIALIZED VIEW recent_messages AS
  SELECT id, patient_id, subject,
    round(10000 * log(greatest(1, length(body) + 3)) / power(extract(epoch FROM (now() - sent_at)) / 3600 + 2, 1.8)) AS rank
  FROM messages WHERE sent_at IS NOT NULL;
CREATE INDEX recent_messages_rank_idx ON recent_messages (rank DESC);

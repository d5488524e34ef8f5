-- schema: desk.sql
-- rows: desk-rows.sql
CREATE TABLE ticket_ratings (
  ticket_id bigint PRIMARY KEY REFERENCES tickets (id) ON DELETE CASCADE,
  score smallint NOT NULL,
  rated_at timestamptz NOT NULL DEFAULT now()
);
INSERT INTO ticket_ratings (ticket_id, score) SELECT id, satisfaction FROM tickets WHERE satisfaction IS NOT NULL;

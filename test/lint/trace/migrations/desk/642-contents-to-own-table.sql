-- schema: desk.sql
-- rows: desk-rows.sql
-- classes: -data-loss because what is NULL needs no row in the new table
CREATE TABLE attachment_contents (
  attachment_id uuid PRIMARY KEY REFERENCES attachments (id) ON DELETE CASCADE,
  content bytea NOT NULL
);
INSERT INTO attachment_contents (attachment_id, content) SELECT id, content FROM attachments WHERE content IS NOT NULL;
ALTER TABLE attachments DROP COLUMN content;

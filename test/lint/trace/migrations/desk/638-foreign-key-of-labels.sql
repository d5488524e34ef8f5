-- schema: desk.sql
-- rows: desk-rows.sql
ALTER TABLE ticket_labels ADD CONSTRAINT fk_ticket_labels_label_id_labels FOREIGN KEY (label_id) REFERENCES labels (id) ON DELETE CASCADE;

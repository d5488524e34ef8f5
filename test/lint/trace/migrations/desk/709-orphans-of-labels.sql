-- schema: desk.sql
-- rows: desk-rows.sql
DELETE FROM ticket_labels WHERE label_id NOT IN (SELECT id FROM labels);
ALTER TABLE ticket_labels ADD CONSTRAINT fk_ticket_labels_label FOREIGN KEY (label_id) REFERENCES labels (id) NOT VALID;

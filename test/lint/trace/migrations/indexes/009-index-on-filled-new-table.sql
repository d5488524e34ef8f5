-- title: The new table is filled first; what it reads from is not locked
CREATE TABLE order_notes AS SELECT id AS order_id, note FROM orders WHERE note IS NOT NULL;
CREATE INDEX order_notes_order_id_idx ON order_notes (order_id);

-- transaction: none
-- title: Filled first, then the key in two steps
CREATE TABLE order_notes (order_id bigint PRIMARY KEY, note text NOT NULL);
INSERT INTO order_notes SELECT id, note FROM orders WHERE note IS NOT NULL;
ALTER TABLE order_notes ADD CONSTRAINT order_notes_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders (id) NOT VALID;
ALTER TABLE order_notes VALIDATE CONSTRAINT order_notes_order_id_fkey;

-- title: The new table has its key while it is filled: nobody can write orders meanwhile
CREATE TABLE order_notes (
  order_id bigint PRIMARY KEY REFERENCES orders (id),
  note text NOT NULL
);
INSERT INTO order_notes SELECT id, note FROM orders WHERE note IS NOT NULL;

-- title: A lookup table in place of an enum
CREATE TABLE order_states (name text PRIMARY KEY);
INSERT INTO order_states SELECT unnest(enum_range(NULL::order_status))::text;
ALTER TABLE orders ADD COLUMN state text REFERENCES order_states (name);

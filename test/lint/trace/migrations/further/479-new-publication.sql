CREATE PUBLICATION order_changes FOR TABLE orders WITH (publish = 'insert, update');

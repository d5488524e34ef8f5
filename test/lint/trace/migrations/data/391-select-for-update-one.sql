SELECT id FROM orders WHERE id = 7000 FOR UPDATE;
UPDATE orders SET priority = 9 WHERE id = 7000;

-- title: Everybody waits until the numbers are given
SELECT id FROM orders ORDER BY id FOR UPDATE;

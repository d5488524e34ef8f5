-- title: Of a moment the day is left
ALTER TABLE orders ADD COLUMN shipped_on date;
UPDATE orders SET shipped_on = shipped_at;
ALTER TABLE orders DROP COLUMN shipped_at;

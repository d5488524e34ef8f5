-- title: updated_at stays what it was
ALTER TABLE orders DISABLE TRIGGER orders_touch;
UPDATE orders SET priority = 1 WHERE status = 'paid';
ALTER TABLE orders ENABLE TRIGGER orders_touch;

-- title: Cancelled orders and their items
DELETE FROM invoices WHERE order_id IN (SELECT id FROM orders WHERE status = 'cancelled');
DELETE FROM orders WHERE status = 'cancelled';

-- title: The scan runs under the lock of ADD COLUMN
ALTER TABLE invoices VALIDATE CONSTRAINT invoices_order_id_fkey, ADD COLUMN due_on date;

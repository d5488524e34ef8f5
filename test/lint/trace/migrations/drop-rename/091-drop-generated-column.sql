ALTER TABLE invoices DROP COLUMN gross;

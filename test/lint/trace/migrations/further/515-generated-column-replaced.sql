ALTER TABLE invoices DROP COLUMN gross;
ALTER TABLE invoices ADD COLUMN gross numeric(12,2) GENERATED ALWAYS AS (round(net * 1.19, 2)) STORED;

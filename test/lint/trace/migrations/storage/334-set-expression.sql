-- since: 17
ALTER TABLE invoices ALTER COLUMN gross SET EXPRESSION AS (net + vat + 0);

-- title: invoices.number was an integer
ALTER TABLE invoices ALTER COLUMN number TYPE bigint;
ALTER SEQUENCE invoice_seq AS bigint;

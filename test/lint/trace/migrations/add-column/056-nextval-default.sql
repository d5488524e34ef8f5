-- title: Numbers for all invoices
CREATE SEQUENCE order_public_seq START 100000;
ALTER TABLE orders ADD COLUMN public_no bigint NOT NULL DEFAULT nextval('order_public_seq');

-- title: A value may be used at once where the type is new
CREATE TYPE invoice_state AS ENUM ('open', 'paid');
ALTER TYPE invoice_state ADD VALUE 'overdue';
ALTER TABLE invoices ADD COLUMN state invoice_state DEFAULT 'overdue';

-- title: What the last release added is validated
ALTER TABLE invoices VALIDATE CONSTRAINT invoices_order_id_fkey;

-- title: The default of invoices goes with it
DROP SEQUENCE invoice_seq CASCADE;

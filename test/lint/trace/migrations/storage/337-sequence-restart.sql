SELECT setval('invoice_seq', (SELECT max(number) FROM invoices));

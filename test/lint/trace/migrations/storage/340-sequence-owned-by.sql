ALTER SEQUENCE invoice_seq OWNED BY invoices.number;

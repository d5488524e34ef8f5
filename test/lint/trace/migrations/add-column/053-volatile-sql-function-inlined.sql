-- title: Declared volatile, but a constant once it is inlined
ALTER TABLE products ADD COLUMN currency text NOT NULL DEFAULT default_currency();

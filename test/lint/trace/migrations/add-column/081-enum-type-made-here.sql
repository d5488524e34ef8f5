CREATE TYPE payment_method AS ENUM ('card', 'invoice', 'paypal');
ALTER TABLE orders ADD COLUMN payment_method payment_method NOT NULL DEFAULT 'card';

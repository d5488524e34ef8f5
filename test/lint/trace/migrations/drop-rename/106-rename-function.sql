ALTER FUNCTION shipping_cents(integer) RENAME TO shipping_fee_cents;

DROP FUNCTION shipping_cents(integer);

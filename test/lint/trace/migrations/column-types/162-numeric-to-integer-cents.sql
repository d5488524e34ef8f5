-- title: Prices in cents
-- classes: +breaks-old-code because the old application reads cents where it expects euros
ALTER TABLE order_items ALTER COLUMN unit_price TYPE integer USING (unit_price * 100)::integer;

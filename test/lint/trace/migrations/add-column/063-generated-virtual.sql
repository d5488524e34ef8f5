-- since: 18
ALTER TABLE order_items ADD COLUMN reduced_price numeric GENERATED ALWAYS AS (unit_price * (1 - coalesce(discount, 0) / 100)) VIRTUAL;

-- schema: desk.sql
-- rows: desk-rows.sql
ALTER TABLE subscriptions ADD COLUMN amount_cents bigint;
UPDATE subscriptions SET amount_cents = round(amount * 100);
ALTER TABLE subscriptions ALTER COLUMN amount_cents SET NOT NULL;

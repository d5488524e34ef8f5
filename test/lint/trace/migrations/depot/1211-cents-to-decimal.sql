-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
-- classes: -data-loss because each amount is in the new column, in other units
ALTER TABLE payouts ADD COLUMN amount numeric(12,2);
UPDATE payouts SET amount = amount_cents / 100.0;
ALTER TABLE payouts DROP COLUMN amount_cents;

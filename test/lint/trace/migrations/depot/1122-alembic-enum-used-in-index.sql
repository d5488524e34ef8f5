-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
ALTER TYPE payout_state ADD VALUE 'failed';
CREATE INDEX ix_payouts_failed ON payouts (staff_id) WHERE state = 'failed';

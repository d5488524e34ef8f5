-- schema: desk.sql
-- rows: desk-rows.sql
CREATE UNIQUE INDEX ix_subscriptions_one_running ON subscriptions (account_id) WHERE ends_on IS NULL AND NOT canceled;

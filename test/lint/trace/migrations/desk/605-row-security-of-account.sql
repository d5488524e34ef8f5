-- schema: desk.sql
-- rows: desk-rows.sql
ALTER TABLE customers ENABLE ROW LEVEL SECURITY;
CREATE POLICY customers_of_account ON customers TO shop_app
  USING (account_id = coalesce(nullif(current_setting('desk.account', true), '')::uuid, account_id));

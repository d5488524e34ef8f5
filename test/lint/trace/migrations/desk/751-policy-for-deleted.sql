-- schema: desk.sql
-- rows: desk-rows.sql
CREATE POLICY tickets_not_closed ON tickets AS RESTRICTIVE FOR SELECT TO shop_app USING (state <> 'closed');

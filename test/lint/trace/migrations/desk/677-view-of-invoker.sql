-- schema: desk.sql
-- rows: desk-rows.sql
-- since: 15
ALTER VIEW open_tickets SET (security_invoker = true);

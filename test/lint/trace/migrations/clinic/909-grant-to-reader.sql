-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
GRANT SELECT ON open_bills, upcoming_appointments TO shop_app;

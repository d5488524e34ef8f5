-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
-- transaction: none
REFRESH MATERIALIZED VIEW CONCURRENTLY revenue_by_month;

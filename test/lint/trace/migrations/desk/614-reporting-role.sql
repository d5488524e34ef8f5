-- schema: desk.sql
-- rows: desk-rows.sql
CREATE ROLE desk_reporting NOLOGIN;
GRANT USAGE ON SCHEMA public TO desk_reporting;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO desk_reporting;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO desk_reporting;

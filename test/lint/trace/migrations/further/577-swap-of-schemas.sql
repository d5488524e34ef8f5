-- title: A new version of the schema takes the name of the old one
CREATE SCHEMA archive_next;
CREATE TABLE archive_next.orders_2023 (LIKE archive.orders_2023 INCLUDING ALL);
ALTER SCHEMA archive RENAME TO archive_old;
ALTER SCHEMA archive_next RENAME TO archive;
GRANT USAGE ON SCHEMA archive TO shop_app;
GRANT ALL ON ALL TABLES IN SCHEMA archive TO shop_app;

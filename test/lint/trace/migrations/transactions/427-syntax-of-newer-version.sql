-- title: Works from PostgreSQL 15 on
CREATE UNIQUE INDEX settings_value_key ON wishlists (user_id, title) NULLS NOT DISTINCT;

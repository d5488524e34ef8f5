-- transaction: none
-- title: Not every theme is a number
CREATE INDEX CONCURRENTLY users_theme_idx ON users (((preferences ->> 'theme')::integer));

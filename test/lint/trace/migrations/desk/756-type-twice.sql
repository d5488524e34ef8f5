-- schema: desk.sql
-- rows: desk-rows.sql
CREATE TYPE channel AS ENUM ('email', 'chat');

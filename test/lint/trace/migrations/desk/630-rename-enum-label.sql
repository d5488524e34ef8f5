-- schema: desk.sql
-- rows: desk-rows.sql
ALTER TYPE channel RENAME VALUE 'phone' TO 'voice';

-- title: The default has to be dropped first, as for Rails enums
ALTER TABLE products ALTER COLUMN active TYPE integer USING CASE WHEN active THEN 1 ELSE 0 END;

-- title: Values become lists
ALTER TABLE settings ALTER COLUMN value TYPE text[] USING string_to_array(value, ',');

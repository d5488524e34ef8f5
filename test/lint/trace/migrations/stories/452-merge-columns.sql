-- title: Two columns become one, the old ones go
-- classes: +data-loss because street and zip cannot be told apart any more
ALTER TABLE warehouse_addresses NOT OF;
ALTER TABLE warehouse_addresses ADD COLUMN full_address text;
UPDATE warehouse_addresses SET full_address = street || ', ' || zip || ' ' || coalesce(city, '');
ALTER TABLE warehouse_addresses DROP COLUMN street, DROP COLUMN zip;

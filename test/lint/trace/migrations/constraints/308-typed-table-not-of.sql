ALTER TABLE warehouse_addresses NOT OF;

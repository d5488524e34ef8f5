ALTER TABLE warehouse_addresses ADD PRIMARY KEY (city);

-- title: A copy for the analysts, nothing is changed
CREATE TABLE archive.orders_2025 AS SELECT * FROM orders WHERE placed_at < '2026-01-01';
ALTER TABLE archive.orders_2025 ADD PRIMARY KEY (id);

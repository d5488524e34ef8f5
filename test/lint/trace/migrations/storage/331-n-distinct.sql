ALTER TABLE orders ALTER COLUMN user_id SET (n_distinct = -0.2);

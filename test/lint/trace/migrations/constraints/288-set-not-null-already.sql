-- title: It is NOT NULL already
ALTER TABLE orders ALTER COLUMN user_id SET NOT NULL;

ALTER TYPE order_status ADD VALUE 'draft' BEFORE 'new';
ALTER TABLE orders ALTER COLUMN status SET DEFAULT 'draft';

-- title: alembic upgrade --sql
BEGIN;

-- Running upgrade a1b2c3 -> d4e5f6

ALTER TABLE products ADD CONSTRAINT fk_products_category FOREIGN KEY(category_id) REFERENCES categories (id) ON DELETE SET NULL;

COMMIT;

-- transaction: none
ALTER TABLE orders ADD CONSTRAINT orders_category_id_fkey FOREIGN KEY (category_id) REFERENCES categories (id) NOT VALID;
ALTER TABLE docs ADD CONSTRAINT docs_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES users (id) NOT VALID;
ALTER TABLE orders VALIDATE CONSTRAINT orders_category_id_fkey;
ALTER TABLE docs VALIDATE CONSTRAINT docs_owner_id_fkey;

-- transaction: none
ALTER TABLE orders ADD CONSTRAINT orders_user_id_fkey1 FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE NOT VALID;
ALTER TABLE orders VALIDATE CONSTRAINT orders_user_id_fkey1;
ALTER TABLE orders DROP CONSTRAINT orders_user_id_fkey;
ALTER TABLE orders RENAME CONSTRAINT orders_user_id_fkey1 TO orders_user_id_fkey;

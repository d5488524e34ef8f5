-- transaction: none
-- title: The key is checked without blocking
ALTER TABLE orders ADD COLUMN organization_id bigint;
ALTER TABLE orders ADD CONSTRAINT orders_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations (id) NOT VALID;
ALTER TABLE orders VALIDATE CONSTRAINT orders_organization_id_fkey;

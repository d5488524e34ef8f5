-- transaction: none
-- title: The same, as strong_migrations wants it
ALTER TABLE "products" ADD "organization_id" bigint;
CREATE INDEX CONCURRENTLY "index_products_on_organization_id" ON "products" ("organization_id");
ALTER TABLE "products" ADD CONSTRAINT "fk_rails_1a2b3c4d5e" FOREIGN KEY ("organization_id") REFERENCES "organizations" ("id") NOT VALID;
ALTER TABLE "products" VALIDATE CONSTRAINT "fk_rails_1a2b3c4d5e";

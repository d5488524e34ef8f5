-- title: add_reference with an index and a foreign key
ALTER TABLE "products" ADD "organization_id" bigint;
CREATE INDEX "index_products_on_organization_id" ON "products" ("organization_id");
ALTER TABLE "products" ADD CONSTRAINT "fk_rails_1a2b3c4d5e" FOREIGN KEY ("organization_id") REFERENCES "organizations" ("id");

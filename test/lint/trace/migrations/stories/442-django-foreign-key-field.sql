-- title: A foreign key field: column, key and index
ALTER TABLE "docs" ADD COLUMN "category_id" integer NULL CONSTRAINT "docs_category_id_fk" REFERENCES "categories"("id") DEFERRABLE INITIALLY DEFERRED;
SET CONSTRAINTS "docs_category_id_fk" IMMEDIATE;
CREATE INDEX "docs_category_id_idx" ON "docs" ("category_id");

-- schema: market.sql
-- rows: market-rows.sql
-- shown: market.sql
ALTER TABLE "Listing" DROP CONSTRAINT "Listing_categoryId_fkey";
ALTER TABLE "Listing" ALTER COLUMN "categoryId" TYPE bigint;
ALTER TABLE "Category" ALTER COLUMN "id" TYPE bigint;
ALTER TABLE "Category" ALTER COLUMN "parentId" TYPE bigint;
ALTER TABLE "Listing" ADD CONSTRAINT "Listing_categoryId_fkey" FOREIGN KEY ("categoryId") REFERENCES "Category"("id") ON DELETE SET NULL;

-- schema: market.sql
-- rows: market-rows.sql
-- shown: market.sql
/*
  Warnings:

  - Added the required column `slug` to the `Listing` table without a default value. This is not possible if the table is not empty.

*/
-- AlterTable
ALTER TABLE "Listing" ADD COLUMN     "slug" TEXT NOT NULL;

-- CreateIndex
CREATE UNIQUE INDEX "Listing_slug_key" ON "Listing"("slug");

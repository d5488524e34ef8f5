-- schema: market.sql
-- rows: market-rows.sql
-- shown: market.sql
ALTER TYPE "ListingStatus" ADD VALUE 'PENDING_REVIEW';
ALTER TABLE "Listing" ALTER COLUMN "status" SET DEFAULT 'PENDING_REVIEW';

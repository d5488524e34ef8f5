-- schema: market.sql
-- rows: market-rows.sql
-- shown: market.sql
ALTER TABLE "_ListingToTag" ADD CONSTRAINT "_ListingToTag_AB_pkey" PRIMARY KEY ("A", "B");
DROP INDEX "_ListingToTag_AB_unique";

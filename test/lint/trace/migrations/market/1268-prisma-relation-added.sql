-- schema: market.sql
-- rows: market-rows.sql
-- shown: market.sql market-rows.sql
ALTER TABLE "Review" ADD CONSTRAINT "Review_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

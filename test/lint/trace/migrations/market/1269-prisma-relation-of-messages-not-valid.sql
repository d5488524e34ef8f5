-- schema: market.sql
-- rows: market-rows.sql
-- shown: market.sql
-- transaction: none
ALTER TABLE "Message" ADD CONSTRAINT "Message_senderId_fkey" FOREIGN KEY ("senderId") REFERENCES "User"("id") ON DELETE CASCADE NOT VALID;
ALTER TABLE "Message" VALIDATE CONSTRAINT "Message_senderId_fkey";

-- schema: market.sql
-- rows: market-rows.sql
-- shown: market.sql
UPDATE "User" a SET "phone" = NULL FROM "User" b WHERE a."phone" = b."phone" AND a."id" > b."id";
CREATE UNIQUE INDEX "User_phone_key" ON "User"("phone");

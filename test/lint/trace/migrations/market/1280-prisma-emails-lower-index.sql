-- schema: market.sql
-- rows: market-rows.sql
-- shown: market.sql
CREATE UNIQUE INDEX "User_email_lower_key" ON "User"(LOWER("email"));

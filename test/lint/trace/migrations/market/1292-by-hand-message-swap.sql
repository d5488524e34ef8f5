-- schema: market.sql
-- rows: market-rows.sql
-- shown: market.sql
CREATE TABLE "MessageCopy" (LIKE "Message" INCLUDING ALL);
INSERT INTO "MessageCopy" SELECT * FROM "Message";
ALTER TABLE "Message" RENAME TO "MessageOld";
ALTER TABLE "MessageCopy" RENAME TO "Message";

-- schema: market.sql
-- rows: market-rows.sql
-- shown: market.sql
CREATE TABLE "Profile" (
    "id" SERIAL NOT NULL,
    "userId" TEXT NOT NULL,
    "phone" TEXT,
    "country" VARCHAR(2),
    CONSTRAINT "Profile_pkey" PRIMARY KEY ("id")
);
INSERT INTO "Profile" ("userId", "phone", "country") SELECT "id", "phone", "country" FROM "User";
ALTER TABLE "User" DROP COLUMN "phone", DROP COLUMN "country";
CREATE UNIQUE INDEX "Profile_userId_key" ON "Profile"("userId");
ALTER TABLE "Profile" ADD CONSTRAINT "Profile_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

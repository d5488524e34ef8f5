-- schema: desk.sql
-- rows: desk-rows.sql
-- AlterTable
ALTER TABLE "customers" ADD COLUMN     "locale" TEXT NOT NULL DEFAULT 'en',
ALTER COLUMN "vip" SET DEFAULT false;

-- CreateIndex
CREATE INDEX "customers_company_idx" ON "customers"("company");

-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
/*
  Warnings:

  - You are about to drop the column `dose` on the `prescriptions` table. All the data in the column will be lost.
  - Added the required column `dosage` to the `prescriptions` table without a default value. This is not possible if the table is not empty.

*/
-- AlterTable
ALTER TABLE "prescriptions" DROP COLUMN "dose",
ADD COLUMN     "dosage" TEXT NOT NULL;

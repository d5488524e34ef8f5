-- title: Prisma warns of it in a comment
/*
  Warnings:

  - Added the required column `vatId` to the `organizations` table without a default value. This is not possible if the table is not empty.

*/
-- AlterTable
ALTER TABLE "organizations" ADD COLUMN     "vatId" TEXT NOT NULL;

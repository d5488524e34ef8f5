-- schema: market.sql
-- rows: market-rows.sql
-- shown: market.sql
-- AlterEnum
-- This migration adds more than one value to an enum.
ALTER TYPE "Role" ADD VALUE 'SUPPORT';
ALTER TYPE "Role" ADD VALUE 'AUDITOR';

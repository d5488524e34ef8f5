-- schema: market.sql
-- rows: market-rows.sql
-- shown: market.sql
ALTER TABLE Listing ADD COLUMN featured boolean NOT NULL DEFAULT false;

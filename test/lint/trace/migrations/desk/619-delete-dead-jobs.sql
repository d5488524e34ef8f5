-- schema: desk.sql
-- rows: desk-rows.sql
DELETE FROM jobs WHERE attempts >= 3 AND failed_reason IS NOT NULL;

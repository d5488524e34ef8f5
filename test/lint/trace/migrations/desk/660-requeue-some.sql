-- schema: desk.sql
-- rows: desk-rows.sql
UPDATE jobs SET locked_at = NULL, attempts = attempts + 1
WHERE id IN (SELECT id FROM jobs WHERE locked_at < now() - interval '1 hour' ORDER BY id LIMIT 40 FOR UPDATE SKIP LOCKED);

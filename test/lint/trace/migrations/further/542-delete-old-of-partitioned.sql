DELETE FROM events WHERE created_at < '2026-01-01';

-- title: Sessions that are over
DELETE FROM sessions WHERE expires_at < '2025-11-01 00:00+00';

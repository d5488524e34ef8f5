-- transaction: none
-- since: 14
ALTER TABLE events DETACH PARTITION events_2025 CONCURRENTLY;

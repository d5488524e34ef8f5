-- transaction: none
-- since: 14
ALTER TABLE payments DETACH PARTITION payments_us CONCURRENTLY;

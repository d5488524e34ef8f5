-- classes: +data-loss because the time of day is gone
ALTER TABLE api_tokens ALTER COLUMN expires_at TYPE date;

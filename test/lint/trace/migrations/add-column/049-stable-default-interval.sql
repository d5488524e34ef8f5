ALTER TABLE api_tokens ADD COLUMN last_used_at timestamptz DEFAULT CURRENT_TIMESTAMP - interval '1 day';

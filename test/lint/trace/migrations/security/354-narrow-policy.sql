ALTER POLICY api_tokens_app ON api_tokens USING (expires_at > '2026-06-01');

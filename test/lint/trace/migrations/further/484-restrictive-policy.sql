CREATE POLICY api_tokens_live ON api_tokens AS RESTRICTIVE USING (expires_at IS NOT NULL);

ALTER POLICY api_tokens_app ON api_tokens USING (false) WITH CHECK (false);

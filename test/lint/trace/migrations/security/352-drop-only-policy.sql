DROP POLICY api_tokens_app ON api_tokens;

DROP POLICY api_tokens_app ON api_tokens;
CREATE POLICY api_tokens_app ON api_tokens TO shop_app USING (true) WITH CHECK (token_hash <> '');

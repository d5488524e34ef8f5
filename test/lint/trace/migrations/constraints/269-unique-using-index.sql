-- transaction: none
CREATE UNIQUE INDEX CONCURRENTLY api_tokens_token_hash_key ON api_tokens (token_hash);
ALTER TABLE api_tokens ADD CONSTRAINT api_tokens_token_hash_key UNIQUE USING INDEX api_tokens_token_hash_key;

CREATE UNIQUE INDEX api_tokens_token_hash_idx ON api_tokens (token_hash);

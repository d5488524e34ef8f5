ALTER TABLE api_tokens ADD COLUMN salt text DEFAULT random_token();

-- transaction: none
SET lock_timeout = '2s';
ALTER TABLE api_tokens DROP CONSTRAINT api_tokens_user_id_fkey;
DROP TABLE api_tokens;

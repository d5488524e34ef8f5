ALTER INDEX users_lower_email_idx ALTER COLUMN 1 SET STATISTICS 500;
COMMENT ON INDEX users_lower_email_idx IS 'for the login';

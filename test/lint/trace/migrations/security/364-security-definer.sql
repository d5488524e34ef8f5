CREATE FUNCTION user_email(wanted bigint) RETURNS text LANGUAGE sql SECURITY DEFINER AS
  $$ SELECT email FROM users WHERE id = wanted $$;

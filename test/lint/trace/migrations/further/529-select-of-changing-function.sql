-- title: A function that changes all rows, called by SELECT
CREATE FUNCTION lowercase_emails() RETURNS void LANGUAGE sql AS $$ UPDATE users SET email = lower(email) $$;
SELECT lowercase_emails();
DROP FUNCTION lowercase_emails();

-- title: The e-mail address as a domain that is checked
ALTER TABLE contacts ALTER COLUMN email TYPE email_address;

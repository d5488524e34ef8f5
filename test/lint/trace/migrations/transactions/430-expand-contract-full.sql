-- title: Everything about a new e-mail column in one file
ALTER TABLE contacts ADD COLUMN email_address varchar(255);
UPDATE contacts SET email_address = email;
CREATE INDEX contacts_email_address_idx ON contacts (email_address);
ALTER TABLE contacts DROP COLUMN email;

-- transaction: none
-- title: The column may be NULL: every row is read once more
ALTER TABLE contacts ADD COLUMN contact_no bigint;
CREATE UNIQUE INDEX CONCURRENTLY contacts_contact_no_key ON contacts (contact_no);
ALTER TABLE contacts ADD CONSTRAINT contacts_pkey PRIMARY KEY USING INDEX contacts_contact_no_key;

-- title: No plus sign in addresses
ALTER DOMAIN email_address ADD CONSTRAINT no_billing CHECK (VALUE NOT LIKE 'billing%') NOT VALID;

ALTER TABLE organizations DROP CONSTRAINT organizations_slug_key;

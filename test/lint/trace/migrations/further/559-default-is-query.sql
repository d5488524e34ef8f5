ALTER TABLE users ADD COLUMN organization_count integer DEFAULT (SELECT count(*) FROM organizations);

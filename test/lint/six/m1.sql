ALTER TABLE users ADD COLUMN organization_id uuid;
ALTER TABLE users ADD CONSTRAINT fk_users_organization FOREIGN KEY (organization_id) REFERENCES organizations (id) ON DELETE SET NULL;
UPDATE users
SET organization_id = (SELECT id FROM organizations WHERE is_default = true)
WHERE organization_id IS NULL;

-- title: From a guide's example
ALTER TABLE docs ADD COLUMN organization_id bigint;
ALTER TABLE docs ADD CONSTRAINT fk_docs_organization FOREIGN KEY (organization_id) REFERENCES organizations (id) ON DELETE SET NULL;
UPDATE docs SET organization_id = (SELECT id FROM organizations WHERE is_default) WHERE organization_id IS NULL;

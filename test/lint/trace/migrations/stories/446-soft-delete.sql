-- title: Soft delete and a partial unique index
ALTER TABLE organizations ADD COLUMN deleted_at timestamptz;
CREATE UNIQUE INDEX organizations_live_slug_idx ON organizations (slug) WHERE deleted_at IS NULL;
ALTER TABLE organizations DROP CONSTRAINT organizations_slug_key;

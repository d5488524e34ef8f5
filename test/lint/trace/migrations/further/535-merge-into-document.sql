-- title: Two columns become one document
-- classes: -data-loss because each is in the document by its name
ALTER TABLE docs ADD COLUMN settings jsonb;
UPDATE docs SET settings = jsonb_build_object('body', body, 'owner', owner_id);
ALTER TABLE docs DROP COLUMN body, DROP COLUMN owner_id;

-- title: A second key of another type
ALTER TABLE docs ADD COLUMN uid uuid;
UPDATE docs SET uid = gen_random_uuid();
ALTER TABLE docs ALTER COLUMN uid SET NOT NULL, ALTER COLUMN uid SET DEFAULT gen_random_uuid();
CREATE UNIQUE INDEX docs_uid_key ON docs (uid);

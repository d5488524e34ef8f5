LOCK TABLE docs IN SHARE MODE;
CREATE INDEX docs_owner_idx ON docs (owner_id);

ALTER TABLE docs ADD COLUMN parent_id bigint;
ALTER TABLE docs ADD CONSTRAINT docs_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES docs (id);

ALTER TABLE docs ADD CONSTRAINT docs_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES users (id) NOT VALID;
ALTER TABLE docs VALIDATE CONSTRAINT docs_owner_id_fkey;

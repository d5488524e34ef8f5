-- since: 18
-- transaction: none
ALTER TABLE docs ADD CONSTRAINT docs_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES users (id) NOT ENFORCED;
ALTER TABLE docs ALTER CONSTRAINT docs_owner_id_fkey ENFORCED;

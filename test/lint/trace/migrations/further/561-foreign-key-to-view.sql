ALTER TABLE docs ADD CONSTRAINT docs_owner_fkey FOREIGN KEY (owner_id) REFERENCES active_users (id);

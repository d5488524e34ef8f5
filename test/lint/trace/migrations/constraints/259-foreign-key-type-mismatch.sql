ALTER TABLE sessions ADD CONSTRAINT sessions_sid_fkey FOREIGN KEY (sid) REFERENCES users (id);

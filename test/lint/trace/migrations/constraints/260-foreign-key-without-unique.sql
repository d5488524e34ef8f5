ALTER TABLE sessions ADD CONSTRAINT sessions_user_fkey FOREIGN KEY (sid) REFERENCES users (username);

-- title: Sessions of users who are gone
INSERT INTO sessions (sid, user_id, expires_at) SELECT 'old', 77, now() FROM settings WHERE key = 'shop.name';
ALTER TABLE sessions ADD CONSTRAINT sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id);

-- title: A text becomes an enum, label by label
CREATE TYPE member_role AS ENUM ('admin', 'member');
ALTER TABLE users ADD COLUMN role member_role;
UPDATE users SET role = 'admin' WHERE legacy_role = 'admin';
UPDATE users SET role = 'member' WHERE legacy_role = 'member';
ALTER TABLE users DROP COLUMN legacy_role;
ALTER TABLE users RENAME COLUMN role TO legacy_role;

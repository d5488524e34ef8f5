-- classes: -data-loss because each role is in the new table
CREATE TABLE roles (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL UNIQUE);
INSERT INTO roles (name) SELECT DISTINCT legacy_role FROM users WHERE legacy_role IS NOT NULL;
ALTER TABLE users ADD COLUMN role_id integer REFERENCES roles (id);
UPDATE users SET role_id = roles.id FROM roles WHERE roles.name = users.legacy_role;
ALTER TABLE users DROP COLUMN legacy_role;

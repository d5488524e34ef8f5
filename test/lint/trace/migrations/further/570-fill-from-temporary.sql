CREATE TEMPORARY TABLE named AS SELECT id, name FROM users WHERE name IS NOT NULL;
UPDATE users SET name = initcap(named.name) FROM named WHERE named.id = users.id;
DROP TABLE named;
